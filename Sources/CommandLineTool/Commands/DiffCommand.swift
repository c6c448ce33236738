internal import ArgumentParser
internal import ModuleStore

/// `diff`: the differences between two revisions.
struct DiffCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .diff, "Compares the trees of two revisions.",
    usage: "wasmstore diff [REV [REV]] [PATH]",
    examples: """
        wasmstore diff
        wasmstore diff v1 main /plugins
        wasmstore diff main~3
      """,
    notes: """
      Without REV, compares the parent of the branch's last commit with that commit. With one REV, compares it with the \
      branch. PATH begins with a slash, or is not a revision.
      """)

  @Argument(
    "rev", help: "Up to two revisions, then a path.",
    completion: .custom(StoreCompletion.revisions))
  var words: [String] = []
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let store = try session.store
    let operands = try RevisionsAndPath(words, atMost: 2, in: store)
    let revisions = operands.revisions
    let changes = try store.diff(
      from: revisions.first, to: revisions.count == 2 ? revisions[1] : nil, below: operands.path)
    try session.console.emit(list: changes) { style in changes.text(style) }
  }
}
