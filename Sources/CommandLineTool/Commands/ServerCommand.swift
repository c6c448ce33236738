internal import ArgumentParser
internal import HTTPServing
internal import Logging
internal import ModuleStore
internal import StoreJSON
internal import StoreServer
internal import SystemPackage

/// `server`: serve the store over HTTP.
struct ServerCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .server, "Serves the store over HTTP.",
    usage: """
      wasmstore server [[--host HOST] [--port PORT] | --socket PATH] [--auth-file FILE | --auth KEYS]
                       [--tls KEY,CERT] [--cors] [--cors-origin ORIGIN ...] [--read-only]
                       [--max-body SIZE] [--access-log FILE|-]
      """,
    examples: """
        wasmstore server
        wasmstore server --host 0.0.0.0 --auth-file keys --tls key.pem,chain.pem
        wasmstore server --socket /run/wasmstore/socket
        wasmstore server --port 8080 --read-only --cors-origin https://example.com
      """,
    notes: """
      Runs until SIGTERM or SIGINT; running requests are completed first. Without keys, every request is allowed. \
      SIGHUP reloads the certificate. The file of keys is reloaded when it changes. The store is created if it does not \
      exist. Documentation/http-api.md describes the routes.
      """)

  @Option("host", value: "host", help: "The address to listen on. (default: WASMSTORE_HOST or localhost)")
  var host: String?
  @Option("port", value: "port", help: "The port; 0 means any free port. (default: WASMSTORE_PORT or 6384)")
  var port: UInt16?
  @Option(
    "socket", value: "path",
    help: "Listen on a Unix socket instead; only the user and the group can connect.", completion: .file())
  var socket: String?
  @Option(
    "auth-file", value: "file",
    help: "The file of keys, made by 'auth add'. (default: the setting server.authFile)",
    completion: .file())
  var authFile: String?
  @Option(
    "auth", value: "keys",
    help:
      "KEY:METHOD,METHOD;KEY:METHOD; other users can see it in the list of processes. (default: WASMSTORE_AUTH)"
  )
  var auth: String?
  @Option(
    "tls", value: "key,cert",
    help: "The files of the private key and of the certificates. (default: WASMSTORE_TLS)",
    completion: .file())
  var tls: String?
  @Flag("cors", help: "Allow web pages of all origins to use the server.") var cors = false
  @Option(
    "cors-origin", value: "origin", help: "Allow web pages of this origin to use the server; may be repeated."
  )
  var origins: [String] = []
  @Flag("read-only", help: "Refuse every change.") var readOnly = false
  @Option("max-body", value: "size", help: "The maximum size of a request body. (default: 1 GiB)")
  var maxBody: ByteSize?
  @Option(
    "access-log", value: "file", help: "Write a line of JSON per request to this file; - is standard error.",
    completion: .file())
  var accessLog: String?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  /// The port of the older tool's server.
  private static let defaultPort: UInt16 = 6384

  func run(_ session: Session) throws {
    guard !cors || origins.isEmpty else {
      throw Failure.usage("--cors and --cors-origin cannot be used together")
    }
    guard socket == nil || host == nil && port == nil else {
      throw Failure.usage("--socket cannot be used with --host or --port")
    }
    let host = host ?? session.settings.host ?? "localhost"
    let addresses = try addresses(host, session)
    session.keepsConnection = true
    let opened = try session.openOrCreateStore()
    var settings = ServerSettings()
    settings.branch = try session.namedBranch
    settings.author = try session.author
    settings.isReadOnly = readOnly
    if let maxBody { settings.bodyLimit = maxBody.bytes }
    settings.crossOrigin = cors ? .any : origins.isEmpty ? .none : .origins(Set(origins))
    if addresses.allSatisfy(\.isLoopback) { settings.ownHost = host }
    settings.accessLog = accessLog.map { $0 == "-" ? .standardError : .file(FilePath($0)) }
    settings.certificate = try certificate(session)
    settings.work.now = session.settings.clock
    try addKeys(to: &settings, opened, session)
    let security = settings.certificate != nil
    let (store, console, cors) = (opened.connection.store, session.console, settings.crossOrigin != .none)
    try waitFor { [settings] in
      let logger = Logger(label: "wasmstore", factory: { StreamLogHandler.standardError(label: $0) })
      let server = try await StoreService(of: store, listeningAt: addresses, settings, logger: logger)
      try await server.run {
        let address = server.addresses[0]
        let place = address.path?.string ?? "\(host):\(address.port)"
        console.tell("Starting server on \(place), cors=\(cors), tls=\(security)")
      }
    }
  }

  /// The addresses to listen on.
  private func addresses(_ host: String, _ session: Session) throws -> [ListeningAddress] {
    if let socket { return [try ListeningAddress.unix(FilePath(socket))] }
    let port = try port ?? session.settings.portNumber ?? ServerCommand.defaultPort
    return try ListeningAddress.named(host, port: port)
  }

  private func addKeys(
    to settings: inout ServerSettings, _ store: StoreSession, _ session: Session
  ) throws {
    guard auth == nil || authFile == nil else {
      throw Failure.usage("--auth and --auth-file cannot be used together")
    }
    if auth != nil {
      session.console.warn(
        "other users can see the keys of --auth in the list of processes; use --auth-file instead")
    }
    if let text = auth ?? (authFile == nil ? session.settings.keys : nil) {
      settings.keys = try AccessKeys(specification: text)
    } else if let file = try authFile ?? store.setting("server.authFile")?.value {
      settings.keyFile = AccessFile(at: FilePath(file))
    }
  }

  private func certificate(_ session: Session) throws -> ServerCertificate? {
    guard let text = tls ?? session.settings.certificate else { return nil }
    let files = text.split(separator: ",", omittingEmptySubsequences: false)
    guard files.count == 2, files.allSatisfy({ !$0.isEmpty }) else {
      throw Failure.usage("--tls must be two files, KEY,CERT, not '\(text)'")
    }
    return ServerCertificate(key: String(files[0]), chain: String(files[1]))
  }
}
