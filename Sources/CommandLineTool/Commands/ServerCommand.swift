internal import ArgumentParser
internal import HTTPServing
internal import Logging
internal import ModuleStore
internal import StoreServer

/// `server`: the store over HTTP.
struct ServerCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .server, "Serves the store over HTTP.",
    usage: """
      wasmstore server [--host HOST] [--port PORT] [--read-only] [--max-body SIZE]
      """,
    examples: """
        wasmstore server
        wasmstore server --host 0.0.0.0 --port 8080 --read-only
      """,
    notes: """
      Answers until SIGTERM or SIGINT; requests in flight are answered first. The routes are described in \
      Documentation/http-api.md. The store is made where it is missing.
      """)

  @Option("host", value: "host", help: "The address to listen on, else WASMSTORE_HOST, else localhost.")
  var host: String?
  @Option("port", value: "port", help: "The port, else WASMSTORE_PORT, else 6384; 0 takes a free one.")
  var port: UInt16?
  @Flag("read-only", help: "Refuse every change.") var readOnly = false
  @Option("max-body", value: "size", help: "The largest body of a request, else 1 GiB.") var maxBody:
    ByteSize?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  /// The port of the older tool's server.
  private static let defaultPort: UInt16 = 6384

  func run(_ session: Session) throws {
    let host = host ?? session.settings.host ?? "localhost"
    let addresses = try ListeningAddress.named(
      host, port: port ?? session.settings.portNumber ?? Self.defaultPort)
    session.keepsConnection = true
    let opened = try session.openOrCreateStore()
    var settings = ServerSettings()
    settings.branch = try session.namedBranch
    settings.author = try session.author
    settings.isReadOnly = readOnly
    if let maxBody { settings.bodyLimit = Int(clamping: maxBody.bytes) }
    settings.work.now = session.settings.clock
    let (store, console) = (opened.connection.store, session.console)
    try waitFor { [settings] in
      let logger = Logger(label: "wasmstore", factory: { StreamLogHandler.standardError(label: $0) })
      let server = try await StoreService(of: store, listeningAt: addresses, settings, logger: logger)
      try await server.run {
        console.tell("Starting server on \(host):\(server.addresses[0].port), cors=false, tls=false")
      }
    }
  }
}
