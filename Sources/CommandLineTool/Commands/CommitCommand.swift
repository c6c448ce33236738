internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `commit`: show a commit.
struct CommitCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .commit, "Prints a commit and its changes as a JSON object.",
    usage: "wasmstore commit REV",
    examples: """
        wasmstore commit main
        wasmstore commit "$(wasmstore snapshot)" | jq -r .author
      """,
    notes: "With --json, the object is on one line.")

  @Argument("rev", help: "The commit.", completion: .custom(StoreCompletion.revisions))
  var revision: String
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let store = try session.store
    let commit = try store.commit(try store.resolve(revision))
    try session.console.emit(Description(commit: commit, changes: store.changes(in: commit.id)))
  }

  private struct Description: Presentable {
    let commit: Commit
    let changes: [Change]

    func text(_ style: Style) -> String { json.indented + "\n" }

    var json: JSONValue {
      .object(
        commit.jsonMembers + [commit.author.mailMember, ("changes", .array(changes.map(\.json)))])
    }
  }
}
