internal import ArgumentParser
internal import HTTPServing
internal import KVServer
internal import Logging
internal import StoreJSON
internal import SystemPackage

/// `kv-server`: serve values and heads over HTTP, with the interface of Workers KV.
struct KVServerCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .kvServer, "Runs a server with the interface of Workers KV.",
    usage: "wasmstore kv-server [--host HOST] [--port PORT] [--data FILE] [--token-file FILE]",
    examples: """
        wasmstore kv-server --data kv.db
        wasmstore kv-server --host 0.0.0.0 --data kv.db --token-file tokens
      """,
    notes: """
      Uses no store. Serves the REST interface of Workers KV below /client/v4, for any account, and the routes of heads \
      below /NAMESPACE/.wasmstore/v1, until SIGTERM or SIGINT. Without --data, all data is in memory. Without --token-file, \
      every request is allowed, so it listens on loopback only. See Documentation/cli.md.
      """)

  @Option("host", value: "host", help: "The address to listen on. (default: localhost)") var host: String?
  @Option("port", value: "port", help: "The port; 0 means any free port. (default: 6385)") var port: UInt16?
  @Option(
    "data", value: "file", help: "The SQLite database of the data. (default: memory)", completion: .file())
  var data: String?
  @Option(
    "token-file", value: "file", help: "A file of tokens, one per line; each request must have one of them.",
    completion: .file())
  var tokenFile: String?
  @Option("faults", value: "list", help: "For tests: simulate these failures.") var faults: String?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  private static let defaultPort: UInt16 = 6385

  func run(_ session: Session) throws {
    let addresses = try ListeningAddress.named(host ?? "localhost", port: port ?? KVServerCommand.defaultPort)
    let tokens = try tokenFile.map { file throws(KVServerError) in
      try AccessTokens(readingFile: FilePath(file))
    }
    guard tokens != nil || addresses.allSatisfy(\.isLoopback) else {
      throw Failure.usage("without --token-file, the server listens on loopback only")
    }
    let plan = try faults.map { text throws(Failure) in
      guard let plan = FaultPlan(text) else { throw .usage("--faults must be \(FaultPlan.form)") }
      return plan
    }
    let (data, console) = (data.map { FilePath($0) }, session.console)
    try waitFor {
      let logger = Logger(label: "wasmstore", factory: { StreamLogHandler.standardError(label: $0) })
      let server = try await KVService(
        of: data, tokens: tokens, faults: plan, listeningAt: addresses, logger: logger)
      try await server.run { console.tell("Listening on http://\(server.addresses[0])") }
    }
  }
}
