internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `snapshot`: the present commit of the branch.
struct SnapshotCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .snapshot, "Prints the id of the branch's last commit.",
    usage: "wasmstore snapshot [--short]",
    examples: """
        before=$(wasmstore snapshot)
        wasmstore snapshot --branch test --short
      """)

  @Flag("short", help: "Print the shortest unique abbreviation.") var short = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let store = try session.store
    let head = try store.existingHead()
    let name = short ? store.abbreviate(head) : head.hex
    try session.console.emit(Snapshot(branch: store.branch, commit: head, name: name))
  }

  private struct Snapshot: Presentable {
    let branch: BranchName
    let commit: CommitID
    let name: String

    func text(_ style: Style) -> String { name + "\n" }
    var json: JSONValue { .object([("branch", .text(branch.name)), ("commit", .text(commit.hex))]) }
  }
}
