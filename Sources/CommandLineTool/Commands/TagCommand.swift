internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `tag`: list, make and delete tags.
struct TagCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .tag, "Lists, makes or deletes tags.",
    usage: """
      wasmstore tag
      wasmstore tag NAME [REV] [-m MSG] [--dry-run]
      wasmstore tag NAME --delete [--dry-run]
      """,
    examples: """
        wasmstore tag v1
        wasmstore tag v0 main~4 -m 'the last one without plugins'
        wasmstore tag v0 --delete
      """,
    notes: "A tag keeps its commit, whatever becomes of the branches.")

  @Argument("name", help: "The tag.", completion: .custom(StoreCompletion.tags)) var name: String?
  @Argument(
    "rev", help: "What to tag, else the branch's head.",
    completion: .custom(StoreCompletion.revisions))
  var revision: String?
  @Flag("delete", help: "Delete the tag.") var delete = false
  @OptionGroup var message = CommitMessage()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard let name else {
      guard !delete else { throw Failure.usage("--delete needs the name of a tag") }
      return try session.console.emit(list: session.store.tags())
    }
    let tag = try TagName(name)
    let deed: Deed
    if delete {
      guard revision == nil else { throw Failure.usage("--delete takes one tag") }
      try session.store.deleteTag(tag, dryRun: dryRun.dryRun)
      deed = Deed(
        infinitive: "delete tag \(tag)", past: "deleted tag \(tag)", isDryRun: dryRun.dryRun,
        members: [("tag", .text(tag.name))])
    } else {
      try session.store.createTag(tag, at: revision, message: message.message, dryRun: dryRun.dryRun)
      deed = Deed(
        infinitive: "make tag \(tag)", past: "made tag \(tag)", isDryRun: dryRun.dryRun,
        members: [("tag", .text(tag.name))])
    }
    try session.console.emit(done: deed)
  }
}

extension Tag: Presentable {
  func text(_ style: Style) -> String { "\(style.foreign(name.name))\t\(style.short(commit))\n" }
}
