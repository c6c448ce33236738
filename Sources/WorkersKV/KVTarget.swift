/// The target of a publish: a namespace of Workers KV or of a server with the same interface, and the service of its
/// heads.
public struct KVTarget: Hashable, Sendable {
  /// The URL of the namespaces of the account, without a slash at its end.
  public let namespaces: String
  /// The namespace: its id, or its title.
  public let namespace: String
  /// The base URL of the routes of the heads; nil if heads are stored as values.
  public let heads: String?

  /// Whether it is Cloudflare's service, which limits requests.
  public var isCloudflare: Bool { namespaces.hasPrefix(KVTarget.cloudflare) }

  static let cloudflare = "https://api.cloudflare.com/client/v4"

  /// Parses a target: `http://HOST:PORT/NAMESPACE` or `https://…` of a `kv-server`, or `workers://ACCOUNT/NAMESPACE`.
  ///
  /// - Parameters:
  ///   - text: The target.
  ///   - head: The URL of a Worker that stores the heads, or `kv` for heads as values; nil for the server of the target
  ///     itself.
  /// - Throws: `KVError.invalidTarget`.
  public init(_ text: String, head: String? = nil) throws(KVError) {
    guard let (scheme, rest) = KVTarget.parts(text) else {
      throw .invalidTarget(text, reason: "it has no scheme")
    }
    let names = rest.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard names.count == 2, names.allSatisfy({ !$0.isEmpty }) else {
      throw .invalidTarget(text, reason: "it does not have the form SCHEME://HOST/NAMESPACE")
    }
    guard !rest.contains("@") else {
      throw .invalidTarget(scheme + "://…", reason: "a URL must not contain a token")
    }
    namespace = names[1]
    if let head, head != KVTarget.headsInValues {
      guard let (scheme, rest) = KVTarget.parts(head), ["http", "https"].contains(scheme), !rest.isEmpty
      else {
        throw .invalidTarget(head, reason: "--head must be kv, or an http or https URL")
      }
      guard !rest.contains("@") else {
        throw .invalidTarget(scheme + "://…", reason: "a URL must not contain a token")
      }
    }
    let heads = head.map { $0 == KVTarget.headsInValues ? nil : KVTarget.withoutSlash($0) }
    switch scheme {
    case "http", "https":
      namespaces = "\(scheme)://\(names[0])/client/v4/accounts/local/storage/kv/namespaces"
      self.heads = heads ?? "\(scheme)://\(names[0])/\(names[1])"
    case "workers":
      guard let heads else { throw .invalidTarget(text, reason: "workers:// requires --head") }
      namespaces = "\(KVTarget.cloudflare)/accounts/\(names[0])/storage/kv/namespaces"
      self.heads = heads
    default: throw .invalidTarget(text, reason: "the scheme \(scheme) is unknown")
    }
  }

  /// Refuses to send tokens unencrypted: over http to another machine.
  ///
  /// - Throws: `KVError.invalidTarget`.
  public func refuseExposure(ofToken hasToken: Bool, ofHeadToken hasHeadToken: Bool) throws(KVError) {
    for (url, isShown) in [(namespaces, hasToken), (heads ?? "", hasHeadToken)]
    where isShown && KVTarget.isExposed(url) {
      throw .invalidTarget(url, reason: "a token is sent to another machine only over https")
    }
  }

  private static func isExposed(_ url: String) -> Bool {
    guard let (scheme, rest) = parts(url), scheme == "http" else { return false }
    let host = rest.prefix { $0 != "/" }
    let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
    return name.lowercased() != "localhost" && name != "[::1]" && !name.hasPrefix("127.")
  }

  /// The value of `--head` for heads as values.
  private static let headsInValues = "kv"

  private static func withoutSlash(_ url: String) -> String {
    url.hasSuffix("/") ? String(url.dropLast()) : url
  }

  private static func parts(_ text: String) -> (String, String)? {
    guard let colon = text.firstRange(of: "://") else { return nil }
    return (String(text[..<colon.lowerBound]).lowercased(), String(text[colon.upperBound...]))
  }

  /// Whether the namespace is an id: 32 hexadecimal digits.
  public var hasID: Bool { namespace.utf8.count == 32 && namespace.allSatisfy(\.isHexDigit) }
}
