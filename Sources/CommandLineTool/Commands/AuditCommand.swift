internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `audit`: who changed a path, and when.
struct AuditCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .audit, "Lists who changed a path, or the branch, and when.",
    usage: "wasmstore audit [PATH] [-n COUNT] [--since DATE]",
    examples: """
        wasmstore audit app.wasm
        wasmstore audit --since yesterday
        wasmstore audit app.wasm -n 1 --json
      """)

  @Argument("path", help: "The module, else every commit.", completion: .custom(StoreCompletion.modules))
  var path: String?
  @OptionGroup var limit = CountLimit()
  @Option("since", value: "date", help: "Only what came later, such as 2026-11-01 or '2 hours ago'.")
  var since: DateExpression?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let path = try path.map { path throws(StoreError) in try ModulePath(path) }
    let commits = try session.store.audit(
      path, limit: limit.maxCount, since: since?.timestamp(now: session.now))
    try session.console.emit(list: commits.map(AuditLine.init))
  }
}

private struct AuditLine: Presentable {
  let commit: Commit

  func text(_ style: Style) -> String {
    "\(commit.time.asctime)\t\(style.foreign(commit.author.name))\t\(commit.id.hex)\n"
  }

  var json: JSONValue {
    .object(
      [
        ("commit", .text(commit.id.hex)), ("author", .text(commit.author.name)),
        ("message", .text(commit.message)),
      ] + commit.time.jsonMembers)
  }
}
