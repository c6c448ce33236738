internal import JSONText

/// The server's description of itself (`INFO`).
public struct ServerInfo: Sendable, Hashable {
  /// Its id.
  public var id = ""
  /// Its name.
  public var name = ""
  /// Its version. Features are never derived from the version; the client asks the server for them.
  public var version = ""
  /// The size limit of a message with its headers, in bytes.
  public var maximumPayload = 1 << 20
  /// Whether the server supports headers.
  public var hasHeaders = false
  /// Whether the server requires TLS.
  public var requiresTLS = false
  /// Whether the server supports TLS.
  public var offersTLS = false
  /// The text that a client with a key has to sign; nil if no key is required.
  public var nonce: String?
  /// Other servers of the cluster, as `host:port`.
  public var otherServers: [String] = []
  /// Whether the server will shut down soon, so that clients have to connect to another one.
  public var isLameDuck = false
  /// Whether the server has JetStream.
  public var hasJetStream = false

  /// Creates an empty description.
  init() {}

  /// Parses the JSON.
  init(parsing bytes: [UInt8]) throws(ProtocolViolation) {
    guard let json = JSONValue(parsing: bytes), case .object = json else {
      throw ProtocolViolation("its greeting is not valid JSON")
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
