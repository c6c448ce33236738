internal import ArgumentParser
internal import ClientConnections
internal import HTTPServing
internal import JSONText
internal import ModuleStore
internal import NetworkSelfTest
internal import StoreJSON

/// `self-test`: whether this machine's network works as our servers and clients need.
struct SelfTestCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .selfTest, "Tests whether the network of this machine works.",
    usage: """
      wasmstore self-test network [URL...] [--ca-file FILE]
      wasmstore self-test server [--host HOST] [--port PORT]
      """,
    examples: """
        wasmstore self-test network
        wasmstore self-test network https://example.com
        wasmstore self-test server --port 8080
      """,
    notes:
      "Uses no store. network tests loopback, names, certificates and URLs; server answers requests until SIGTERM."
  )

  @Argument("action", help: "What to test.") var action: Action
  @Argument("url", help: "With network: the URLs to request.") var urls: [String] = []
  @Option(
    "ca-file", value: "file", help: "With network: trust the certificates of this file only.",
    completion: .file())
  var caFile: String?
  @Option("host", value: "host", help: "With server: the address to listen on. (default: localhost)")
  var host: String?
  @Option("port", value: "port", help: "With server: the port. (default: any free port)") var port: UInt16?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  /// The tests.
  enum Action: String, CaseIterable, ArgumentValue {
    case network, server
  }

  func run(_ session: Session) throws {
    switch action {
    case .network:
      guard host == nil, port == nil else {
        throw Failure.usage("--host and --port can be used only with server")
      }
      try testNetwork(session)
    case .server:
      guard urls.isEmpty, caFile == nil else {
        throw Failure.usage("a URL and --ca-file can be used only with network")
      }
      try serve(session)
    }
  }

  private func testNetwork(_ session: Session) throws {
    let probe = NetworkProbe(urls: urls, trusting: caFile.map { .file($0) } ?? .system)
    let findings = try waitFor { await probe.findings() }
    try session.console.emit(
      table: findings.map { FindingLine(finding: $0) }, header: ["PART", "", "DETAIL"])
    guard findings.allSatisfy(\.works) else { throw ExitStatus(code: Failure.Code.failed.status) }
  }

  private func serve(_ session: Session) throws {
    let addresses = try ListeningAddress.named(host ?? "localhost", port: port ?? 0)
    let console = session.console
    try waitFor {
      try await EchoServer.serve(at: addresses) { addresses in
        try console.emit(list: addresses.map { AddressLine(url: "http://\($0)") })
        try console.flush()
      }
    }
  }
}

private struct FindingLine: TableRow {
  let finding: NetworkFinding

  static let endsWithText = true

  func row(_ style: Style) -> [String] {
    [finding.name, finding.works ? "ok" : style.error("failed"), finding.detail]
  }

  var json: JSONValue {
    .object([
      ("name", .text(finding.name)), ("works", .boolean(finding.works)), ("detail", .text(finding.detail)),
    ])
  }
}

private struct AddressLine: Presentable {
  let url: String

  func text(_ style: Style) -> String { url + "\n" }
  var json: JSONValue { .object([("url", .text(url))]) }
}
