public import ClientConnections

/// The settings of a client's connection.
public struct NATSOptions: Sendable {
  /// When a connection uses TLS.
  public enum TLSMode: Sendable, Hashable {
    /// If the server requires it.
    case whereRequired
    /// Always, after the server's greeting.
    case required
    /// Always, before the server's greeting (`handshake_first`).
    case first
  }

  /// The client's own certificate.
  public struct ClientCertificate: Sendable, Hashable {
    /// The file of certificates in PEM, the client's own certificate first.
    public let chainFile: String
    /// The file of the private key in PEM.
    public let keyFile: String

    /// Creates a certificate from its files.
    public init(chainFile: String, keyFile: String) {
      self.chainFile = chainFile
      self.keyFile = keyFile
    }
  }

  /// The servers, which are tried one after the other.
  public var servers: [NATSServerAddress]
  /// The name of this client, which the server shows to its operators.
  public var name = "wasmstore"
  /// The prefix of the subjects at which the client receives replies, without the dot.
  ///
  /// An account may permit only prefixes other than the default.
  public var inboxPrefix = "_INBOX"
  /// The identity of the client.
  public var authentication = NATSAuthentication.nobody
  /// When TLS is used.
  public var tls = TLSMode.whereRequired
  /// The certificate authorities that are trusted.
  public var authorities = TrustedAuthorities.system
  /// The client's own certificate; nil if the server requires none.
  public var clientCertificate: ClientCertificate?
  /// The time limit for connecting to one server.
  public var connectTimeout = Duration.seconds(5)
  /// The time limit for the reply to a request.
  public var requestTimeout = Duration.seconds(5)
  /// The interval between pings. After two pings without a response, the connection is lost.
  public var pingInterval = Duration.seconds(60)
  /// Whether the client reconnects after it lost a connection.
  public var reconnects = true
  /// The longest wait between two rounds of attempts to reconnect.
  public var reconnectWait = Duration.seconds(4)
  /// How long the client tries to reconnect before it gives up; nil for no limit.
  public var reconnectLimit: Duration?
  /// Receives events of the connection, on the client's event loop.
  public var onEvent: (@Sendable (NATSEvent) -> Void)?

  /// Creates options for servers, with defaults for all other settings.
  public init(_ servers: [NATSServerAddress]) { self.servers = servers }

  /// Creates options for the servers of URLs that are separated by commas, such as `nats://127.0.0.1:4222`.
  ///
  /// `tls://` requires TLS. The host may be preceded by a user and password, or by a token.
  ///
  /// - Throws: `NATSError.invalidURL`.
  public init(urls: String) throws(NATSError) {
    servers = []
    for text in urls.split(separator: ",") {
      let url = try NATSServerURL(String(text))
      servers.append(url.address)
      if url.isSecure { tls = .required }
      if let login = url.authentication { authentication = login }
    }
    guard !servers.isEmpty else { throw .invalidURL(urls) }
  }
}

/// An event of a connection.
public enum NATSEvent: Sendable, Hashable {
  /// The connection was lost.
  case disconnected(NATSError)
  /// The connection is established again: the host and port of the server.
  case reconnected(String)
  /// The server will shut down soon, and the client connects to another one.
  case lameDuck
  /// The server reported an error that ended no request.
  case reported(String)
  /// A subscription dropped messages: its subject, and the total number so far.
  case slowConsumer(String, dropped: Int)
}
