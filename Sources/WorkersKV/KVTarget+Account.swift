extension KVTarget {
  /// The same namespace at another service than Cloudflare's own.
  ///
  /// - Parameter service: What the routes of the interface begin with; nil for Cloudflare's own.
  /// - Returns: The target; one that is not at Cloudflare's stays as it is.
  /// - Throws: `KVError.invalidTarget`.
  public func served(by service: String?) throws(KVError) -> KVTarget {
    guard var service, isCloudflare else { return self }
    guard ["https://", "http://"].contains(where: { service.hasPrefix($0) }), !service.contains("@") else {
      throw .invalidTarget(service.prefix { $0 != ":" } + "://…", reason: "it is no URL of http or https")
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
