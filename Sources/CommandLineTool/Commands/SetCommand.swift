internal import ArgumentParser
internal import Identifiers
internal import ModuleStore

/// `set`: put a stored module at a path.
struct SetCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .set, "Puts a module that the store already has at a path.",
    usage: "wasmstore set HASH PATH [--expect OLDHASH|absent] [-m MSG] [--dry-run]",
    examples: """
        wasmstore set "$HASH" app.wasm
        wasmstore set "$NEW" app.wasm --expect "$OLD"
        wasmstore set "$NEW" app.wasm --expect absent
      """,
    notes: "The module can be on any branch or in any branch's history. Abbreviations are not allowed.")

  @Argument("hash", help: "The full hash of the module.") var hash: String
  @Argument("path", help: "Where to put it.", completion: .custom(StoreCompletion.modules)) var path: String
  @Option(
    "expect", value: "oldhash", help: "Fail unless the path has this module; absent: unless it has none.")
  var expect: PathPrecondition?
  @OptionGroup var message = CommitMessage()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let path = try ModulePath(path)
    let store = try session.store
    let result = try store.set(
      hash, at: path, expecting: expect, message: message.message, dryRun: dryRun.dryRun)
    try session.console.emit(
      written: WriteReport(
        summary: "set \(path) on \(store.branch)", branch: store.branch, commit: result.commit,
        changes: result.changes, isDryRun: dryRun.dryRun))
  }
}

extension PathPrecondition: ArgumentValue {
  static var expected: String { "a full hash or 'absent'" }

  init?(argument: String) {
    if argument == "absent" {
      self = .absent
    } else if let digest = ModuleDigest(argument) {
      self = .oneOf([digest])
    } else {
      return nil
    }
  }
}
