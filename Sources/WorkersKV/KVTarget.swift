/// Where is published: a namespace of Workers KV, or of a server that speaks as it does, and what keeps its heads.
public struct KVTarget: Hashable, Sendable {
  /// The URL of the namespaces of the account, without a slash at its end.
  public let namespaces: String
  /// The namespace: its id, or its title.
  public let namespace: String
  /// What the routes of the heads begin with.
  public let heads: String

  /// Whether it is Cloudflare's own service, which counts requests.
  public var isCloudflare: Bool { namespaces.hasPrefix(KVTarget.cloudflare) }

  private static let cloudflare = "https://api.cloudflare.com/client/v4"

  /// Reads a target: `http://HOST:PORT/NAMESPACE` or `https://…` of a `kv-server`, or `workers://ACCOUNT/NAMESPACE`.
  ///
  /// - Parameters:
  ///   - text: The target.
  ///   - head: The URL of a Worker that keeps the heads; nil for the server of the target itself.
  /// - Throws: `KVError.invalidTarget`.
  public init(_ text: String, head: String? = nil) throws(KVError) {
    guard let (scheme, rest) = KVTarget.parts(text) else {
      throw .invalidTarget(text, reason: "it has no scheme")
    }
    let names = rest.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard names.count == 2, names.allSatisfy({ !$0.isEmpty }) else {
      throw .invalidTarget(text, reason: "it has to be SCHEME://HOST/NAMESPACE")
    }
    guard !rest.contains("@") else {
      throw .invalidTarget(scheme + "://…", reason: "a token must not stand in a URL")
    }
    namespace = names[1]
    switch scheme {
    case "http", "https":
      namespaces = "\(scheme)://\(names[0])/client/v4/accounts/local/storage/kv/namespaces"
      heads = head ?? "\(scheme)://\(names[0])/\(names[1])"
    case "workers":
      guard let head else { throw .invalidTarget(text, reason: "workers:// needs --head") }
      namespaces = "\(KVTarget.cloudflare)/accounts/\(names[0])/storage/kv/namespaces"
      heads = head
    default: throw .invalidTarget(text, reason: "\(scheme) is no known scheme")
    }
  }

  private static func parts(_ text: String) -> (String, String)? {
    guard let colon = text.firstRange(of: "://") else { return nil }
    return (String(text[..<colon.lowerBound]).lowercased(), String(text[colon.upperBound...]))
  }

  /// Whether the namespace is an id: 32 hexadecimal digits.
  public var hasID: Bool { namespace.utf8.count == 32 && namespace.allSatisfy(\.isHexDigit) }
}
