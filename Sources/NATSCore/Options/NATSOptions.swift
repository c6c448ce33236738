public import ClientConnections

/// How a client connects.
public struct NATSOptions: Sendable {
  /// When a connection is secured with TLS.
  public enum TLSMode: Sendable, Hashable {
    /// Where the server wants it.
    case whereRequired
    /// Always, after the server's greeting.
    case required
    /// Always, before the server's greeting (`handshake_first`).
    case first
  }

  /// Our own certificate.
  public struct ClientCertificate: Sendable, Hashable {
    /// The file of certificates in PEM, our own first.
    public let chainFile: String
    /// The file of the private key in PEM.
    public let keyFile: String

    /// Names the files.
    public init(chainFile: String, keyFile: String) {
      self.chainFile = chainFile
      self.keyFile = keyFile
    }
  }

  /// The servers, each of which is tried.
  public var servers: [NATSServerAddress]
  /// What the server shows to its operators as the name of this client.
  public var name = "wasmstore"
  /// Begins the subjects at which the client takes answers, without the dot; an account may let it have others than
  /// the customary ones only.
  public var inboxPrefix = "_INBOX"
  /// Who we are.
  public var authentication = NATSAuthentication.nobody
  /// When TLS is used.
  public var tls = TLSMode.whereRequired
  /// Whose certificates are trusted.
  public var authorities = TrustedAuthorities.system
  /// Our own certificate; nil where the server wants none.
  public var clientCertificate: ClientCertificate?
  /// How long one server may take until it is ready.
  public var connectTimeout = Duration.seconds(5)
  /// How long a request waits for its answer.
  public var requestTimeout = Duration.seconds(5)
  /// How often the server is asked whether it is there; after two questions without an answer the connection is lost.
  public var pingInterval = Duration.seconds(60)
  /// Whether a lost connection is made again.
  public var reconnects = true
  /// The longest wait between two rounds of attempts to connect again.
  public var reconnectWait = Duration.seconds(4)
  /// How long no server may be reachable before the client gives up; nil for ever.
  public var reconnectLimit: Duration?
  /// Takes news of the connection, on the client's event loop.
  public var onEvent: (@Sendable (NATSEvent) -> Void)?

  /// Connects to servers, with nothing else said.
  public init(_ servers: [NATSServerAddress]) { self.servers = servers }

  /// Connects to the servers of URLs that commas separate, as `nats://127.0.0.1:4222`. `tls://` wants TLS; a user and
  /// password, or a token, may stand before the host.
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

/// News of a connection.
public enum NATSEvent: Sendable, Hashable {
  /// The connection was lost.
  case disconnected(NATSError)
  /// It is there again: the host and port of the server.
  case reconnected(String)
  /// The server is about to go away, and we connect elsewhere.
  case lameDuck
  /// The server reported something that ended no request.
  case reported(String)
  /// A subscription dropped messages: its subject, and how many so far.
  case slowConsumer(String, dropped: Int)
}
