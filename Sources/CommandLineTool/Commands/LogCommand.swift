internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `log`: the history of a branch.
struct LogCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .log, "Shows the commits of a revision, the newest first.",
    usage: """
      wasmstore log [REV | A..B] [PATH] [-n COUNT] [--skip N] [--author TEXT] [--since DATE] [--until DATE]
                    [--first-parent] [--reverse] [--oneline] [--graph] [--stat] [--plain] [--pager PROG]
      """,
    examples: """
        wasmstore log --oneline --graph
        wasmstore log /plugins/a.wasm --stat
        wasmstore log v1..main --oneline
        wasmstore log v1 -n 1 --json
      """,
    notes: """
      A..B shows the commits that B has and A does not have; an omitted A or B means the branch. With PATH, only the commits \
      that changed it are shown. --author shows only commits whose NAME <MAIL> contains the text. A \
      pager runs only on a terminal.
      """)
  static let filtersByAuthor = true

  @Argument(
    "rev", help: "A revision or a range A..B, then a path.",
    completion: .custom(StoreCompletion.revisions))
  var words: [String] = []
  @OptionGroup var limit = CountLimit()
  @Option("skip", value: "n", in: 0..., help: "Leave out the first N commits.") var skip = 0
  @OptionGroup var history = HistoryOptions()
  @Flag("reverse", help: "Show the oldest first.") var reverse = false
  @Flag("oneline", help: "Show one line per commit: the id and the first line of the message.") var oneline =
    false
  @Flag("graph", help: "Draw the graph of the commits.") var graph = false
  @Flag("stat", help: "Show what each commit changed.") var stat = false
  @Flag("plain", help: "Use neither pager nor colour.") var plain = false
  @Option("pager", value: "prog", help: "The pager to use on a terminal.") var pager: String?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let store = try session.store
    let operands = try RevisionsAndPath(words, atMost: 1, in: store)
    let filter = history.filter(author: common.author, session)
    guard !graph || (operands.path == nil && !reverse && filter == HistoryFilter()) else {
      throw Failure.usage("--graph cannot be used with --reverse, --author, --since, --until or a PATH")
    }
    var request = LogRequest()
    request.revision = operands.revisions.first
    request.excluded = operands.excluded
    request.path = operands.path
    request.limit = limit.maxCount
    request.skip = skip
    request.isReversed = reverse
    request.showsChanges = stat
    request.isTopological = graph
    request.filter = filter
    request.isFirstParent = history.firstParent
    let console = session.console
    if !plain { try console.startPager(pager) }
    var lanes = graph ? GraphLanes() : nil
    var failure: (any Error)?
    try store.log(request) { entry in
      do {
        let line = LogLine(entry: entry, isShort: oneline, isPlain: plain)
        try console.emit(line) { style in
          lanes?.draw(entry.commit.id, entry.commit.parents, line.text(style)) ?? line.text(style)
        }
        return true
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
  }
}

/// A commit in the output of `log`.
private struct LogLine: Presentable {
  let entry: LogEntry
  let isShort: Bool
  let isPlain: Bool

  func text(_ style: Style) -> String {
    let style = isPlain ? Style(isTerminal: style.isTerminal, hasColor: false) : style
    let commit = entry.commit
    let refs =
      style.isTerminal && !entry.references.isEmpty
      ? " (\(style.foreign(entry.references.joined(separator: ", "))))" : ""
    let changes = entry.changes?.text(style) ?? ""
    if isShort {
      let title = style.foreign(String(commit.message.prefix { $0 != "\n" && $0 != "\r\n" }))
      return "\(style.identifier(style.short(commit.id)))\(refs) \(title)\n\(changes)"
    }
    var message = style.foreign(commit.message, keeping: "\n\t")
    while message.hasSuffix("\n") { message.removeLast() }
    return style.identifier("commit \(commit.id.hex)") + refs + "\n"
      + "Author: \(style.foreign(commit.author.name))\nDate: \(commit.time.asctime)\n\n\(message)\n\n"
      + (changes.isEmpty ? "" : changes + "\n")
  }

  var json: JSONValue { .object(entry.jsonMembers + [entry.commit.author.mailMember]) }
}
