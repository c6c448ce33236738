extension KVTarget {
  /// Returns the same namespace at another service than Cloudflare's.
  ///
  /// - Parameter service: The base URL of the interface; nil for Cloudflare's.
  /// - Returns: The target; a target that is not at Cloudflare is not changed.
  /// - Throws: `KVError.invalidTarget`.
  public func served(by service: String?) throws(KVError) -> KVTarget {
    guard var service, isCloudflare else { return self }
    guard ["https://", "http://"].contains(where: { service.hasPrefix($0) }), !service.contains("@") else {
      throw .invalidTarget(service.prefix { $0 != ":" } + "://…", reason: "it is not an http or https URL")
    }
    while service.hasSuffix("/") { service.removeLast() }
    return KVTarget(
      namespaces: service + namespaces.dropFirst(KVTarget.cloudflare.count), namespace: namespace,
      heads: heads)
  }

  private init(namespaces: String, namespace: String, heads: String?) {
    self.namespaces = namespaces
    self.namespace = namespace
    self.heads = heads
  }
}
