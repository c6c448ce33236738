internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `tag`: list, create and delete tags.
struct TagCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .tag, "Lists, creates or deletes tags.",
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
    notes: "A tag keeps its commit, even if the branches change.")

  @Argument("name", help: "The tag.", completion: .custom(StoreCompletion.tags)) var name: String?
  @Argument(
    "rev", help: "The revision to tag. (default: the branch's head)",
    completion: .custom(StoreCompletion.revisions))
  var revision: String?
  @Flag("delete", help: "Delete the tag.") var delete = false
  @OptionGroup var message = CommitMessage()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard let name else {
      guard !delete else { throw Failure.usage("--delete requires the name of a tag") }
      return try printList(session)
    }
    let tag = try TagName(name)
    let report: ActionReport
    if delete {
      guard revision == nil else { throw Failure.usage("--delete can be used only with one tag") }
      try session.store.deleteTag(tag, dryRun: dryRun.dryRun)
      report = ActionReport(
        infinitive: "delete tag \(tag)", past: "deleted tag \(tag)", isDryRun: dryRun.dryRun,
        members: [("tag", .text(tag.name))])
    } else {
      try session.store.createTag(tag, at: revision, message: message.message, dryRun: dryRun.dryRun)
      report = ActionReport(
        infinitive: "make tag \(tag)", past: "made tag \(tag)", isDryRun: dryRun.dryRun,
        members: [("tag", .text(tag.name))])
    }
    try session.console.emit(done: report)
  }

  private func printList(_ session: Session) throws {
    try session.console.emit(table: session.store.tags(consultingRecord: true).map(TagLine.init))
  }
}

/// A tag in a list: its name, its commit, when and by whom it was created, and the first line of its message.
private struct TagLine: TableRow {
  let tag: Tag

  static let endsWithText = true

  func row(_ style: Style) -> [String] {
    let time = style.isTerminal ? tag.time?.short : tag.time?.rfc3339
    let title = tag.message.map { String($0.prefix { $0 != "\n" && $0 != "\r\n" }) } ?? "-"
    return [
      style.foreign(tag.name.name), style.short(tag.commit), time ?? "-",
      tag.maker.map { style.foreign($0.name) } ?? "-", style.foreign(title),
    ]
  }

  var json: JSONValue {
    .object([
      ("name", .text(tag.name.name)), ("commit", .text(tag.commit.hex)),
      ("message", .optional(tag.message)), ("author", .optional(tag.maker?.name)),
      ("mail", .optional(tag.maker.flatMap { $0.mail.isEmpty ? nil : $0.mail })),
      ("date", tag.time.map { .number($0.seconds) } ?? .null), ("time", .optional(tag.time?.rfc3339)),
    ])
  }
}
