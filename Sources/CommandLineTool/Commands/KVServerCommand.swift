internal import ArgumentParser
internal import HTTPServing
internal import KVServer
internal import Logging
internal import StoreJSON
internal import SystemPackage

/// `kv-server`: serve values and heads over HTTP, with the interface of Workers KV.
struct KVServerCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .kvServer, "Serves values as Workers KV does, for development and closed networks.",
    usage: "wasmstore kv-server [--host HOST] [--port PORT] [--data FILE] [--token-file FILE]",
    examples: """
        wasmstore kv-server --data kv.db
        wasmstore kv-server --host 0.0.0.0 --data kv.db --token-file tokens
      """,
    notes: """
      Uses no store. Answers the REST interface of Workers KV below /client/v4, for any account, and the routes of heads \
      below /NAMESPACE/.wasmstore/v1, until SIGTERM or SIGINT. Without --data all is in memory. Without --token-file \
      everybody may do everything, so it listens on loopback only. Documentation/cli.md says more.
      """)

  @Option("host", value: "host", help: "The address to listen on, else localhost.") var host: String?
  @Option("port", value: "port", help: "The port, else 6385; 0 takes a free one.") var port: UInt16?
  @Option(
    "data", value: "file", help: "The SQLite database that keeps all; else memory.", completion: .file())
  var data: String?
  @Option(
    "token-file", value: "file", help: "Who shows a token of this file, one a line, is let in.",
    completion: .file())
  var tokenFile: String?
  @Option("faults", value: "list", help: "For tests: what goes wrong on purpose.") var faults: String?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  private static let defaultPort: UInt16 = 6385

  func run(_ session: Session) throws {
    let addresses = try ListeningAddress.named(host ?? "localhost", port: port ?? KVServerCommand.defaultPort)
    let tokens = try tokenFile.map { file throws(KVServerError) in
      try AccessTokens(readingFile: FilePath(file))
    }
    guard tokens != nil || addresses.allSatisfy(\.isLoopback) else {
      throw Failure.usage("without --token-file it listens on loopback only")
    }
    let plan = try faults.map { text throws(Failure) in
      guard let plan = FaultPlan(text) else { throw .usage("--faults takes \(FaultPlan.form)") }
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
