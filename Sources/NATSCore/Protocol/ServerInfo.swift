internal import JSONText

/// What a server says of itself (`INFO`).
public struct ServerInfo: Sendable, Hashable {
  /// Its id.
  public var id = ""
  /// Its name.
  public var name = ""
  /// Its version; what it can do is asked for, never read off its version.
  public var version = ""
  /// The largest message with its headers that it takes, in bytes.
  public var maximumPayload = 1 << 20
  /// Whether it takes headers.
  public var hasHeaders = false
  /// Whether it wants TLS.
  public var requiresTLS = false
  /// Whether it can do TLS.
  public var offersTLS = false
  /// What is to be signed by whoever has a key; nil where no key is wanted.
  public var nonce: String?
  /// Other servers of the cluster, as `host:port`.
  public var otherServers: [String] = []
  /// Whether it is about to go away, and clients are to connect elsewhere.
  public var isLameDuck = false
  /// Whether JetStream is there.
  public var hasJetStream = false

  /// Says nothing.
  init() {}

  /// Reads the JSON.
  init(parsing bytes: [UInt8]) throws(ProtocolViolation) {
    guard let json = JSONValue(parsing: bytes), case .object = json else {
      throw ProtocolViolation("its greeting is no JSON")
    }
    func isTrue(_ name: String) -> Bool { if case .boolean(true)? = json[name] { true } else { false } }
    id = json["server_id"]?.text ?? ""
    name = json["server_name"]?.text ?? ""
    version = json["version"]?.text ?? ""
    maximumPayload = json["max_payload"]?.number.flatMap { Int(exactly: $0) } ?? maximumPayload
    hasHeaders = isTrue("headers")
    requiresTLS = isTrue("tls_required")
    offersTLS = isTrue("tls_available")
    nonce = json["nonce"]?.text
    if case .array(let servers)? = json["connect_urls"] { otherServers = servers.compactMap(\.text) }
    isLameDuck = isTrue("ldm")
    hasJetStream = isTrue("jetstream")
  }
}
