internal import ArgumentParser
internal import ClientConnections
internal import HTTPServing
internal import ModuleStore
internal import NetworkSelfTest

/// `self-test`: whether this machine's network does what our servers and clients need.
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
      "Uses no store. network tries loopback, names, certificates and URLs; server answers until SIGTERM.")

  @Argument(help: "network or server.", completion: .list(["network", "server"])) var action: String
  @Argument(help: ArgumentHelp("With network: what to ask for.", valueName: "url")) var urls: [String] = []
  @Option(
    help: ArgumentHelp("With network: trust the certificates of this file only.", valueName: "file"),
    completion: .file())
  var caFile: String?
  @Option(
    help: ArgumentHelp("With server: the address to listen on (default: localhost).", valueName: "host"))
  var host: String?
  @Option(help: ArgumentHelp("With server: the port (default: one that is free).", valueName: "port"))
  var port: Int?
  @OptionGroup(title: "Common options") var common: CommonOptions

  func run(_ session: Session) throws {
    switch action {
    case "network":
      guard host == nil, port == nil else { throw Failure.usage("--host and --port go with server") }
      try testNetwork(session)
    case "server":
      guard urls.isEmpty, caFile == nil else { throw Failure.usage("a URL and --ca-file go with network") }
      try serve(session)
    default:
      let actions = ["network", "server"]
      throw Failure.usage("unknown action '\(action)'" + Suggestion.text(for: action, among: actions))
    }
  }

  private func testNetwork(_ session: Session) throws {
    let probe = NetworkProbe(urls: urls, trusting: caFile.map { .file($0) } ?? .system)
    let findings = try waitFor { await probe.findings() }
    try session.console.emit(list: findings.map { FindingLine(finding: $0) }) { style in
      var table = Table(style, header: ["PART", "", "DETAIL"])
      for finding in findings { table.append(FindingLine(finding: finding).fields(style)) }
      return table.text
    }
    guard findings.allSatisfy(\.works) else { throw ExitStatus(code: Failure.Code.failed.status) }
  }

  private func serve(_ session: Session) throws {
    guard let port = UInt16(exactly: port ?? 0) else {
      throw Failure.usage("--port takes a number from 0 to 65535, not '\(port ?? 0)'")
    }
    let addresses = try ListeningAddress.named(host ?? "localhost", port: port)
    let console = session.console
    try waitFor {
      try await EchoServer.serve(at: addresses) { addresses in
        try console.emit(list: addresses.map { AddressLine(url: "http://\($0)") })
        try console.flush()
      }
    }
  }
}

private struct FindingLine: Presentable {
  let finding: NetworkFinding

  func fields(_ style: Style) -> [String] {
    [finding.name, finding.works ? "ok" : style.error("failed"), finding.detail]
  }

  func text(_ style: Style) -> String { fields(style).joined(separator: "\t") + "\n" }

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
