internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `audit`: who changed a path or moved the branch, and when.
struct AuditCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .audit, "Lists who changed a path, or the branch, and when.",
    usage: """
      wasmstore audit [PATH] [-n COUNT] [--author TEXT] [--since DATE] [--until DATE] [--first-parent]
      wasmstore audit [PATH] --moves [-n COUNT] [--author TEXT] [--since DATE] [--until DATE]
      """,
    examples: """
        wasmstore audit app.wasm
        wasmstore audit --author ann@example.com --since yesterday
        wasmstore audit --moves
        wasmstore audit app.wasm --moves --until 2026-11-24T12:00 -n 1
      """,
    notes: """
      --author shows only changes by authors whose NAME <MAIL> contains the text. With --moves, each line is a move of \
      the branch, by a command or by plain git: a promotion, a rollback, a push.
      """)
  static let filtersByAuthor = true

  @Argument(
    "path", help: "The module or directory. (default: all)", completion: .custom(StoreCompletion.modules))
  var path: String?
  @OptionGroup var limit = CountLimit()
  @OptionGroup var history = HistoryOptions()
  @Flag("moves", help: "Show who moved the branch, and by which command.") var moves = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard !(moves && history.firstParent) else {
      throw Failure.usage("--moves and --first-parent cannot be used together")
    }
    let path = try path.map { path throws(StoreError) in try ModulePath(path) }
    let filter = history.filter(author: common.author, session)
    let store = try session.store
    if moves {
      let moves = try store.moves(of: path, limit: limit.maxCount, filter: filter)
      return try session.console.emit(table: moves.map { MoveLine(move: $0, path: path) })
    }
    let commits = try store.audit(
      path, limit: limit.maxCount, filter: filter, isFirstParent: history.firstParent)
    try session.console.emit(table: commits.map(AuditLine.init))
  }
}

private struct AuditLine: TableRow {
  let commit: Commit

  func row(_ style: Style) -> [String] {
    [commit.time.asctime, style.foreign(commit.author.name), style.identifier(style.short(commit.id))]
  }

  var json: JSONValue {
    .object(
      [
        ("commit", .text(commit.id.hex)), ("author", .text(commit.author.name)), commit.author.mailMember,
        ("message", .text(commit.message)),
      ] + commit.time.jsonMembers)
  }
}

/// A move of the branch: time, author, commits before and after, and operation.
private struct MoveLine: TableRow {
  let move: BranchMove
  /// The requested path.
  let path: ModulePath?

  static let endsWithText = true

  /// The fields; on a terminal the command, which may be long, is the last.
  func row(_ style: Style) -> [String] {
    let start = [
      move.time?.asctime ?? "-", move.maker.map { style.foreign($0.name) } ?? "-",
      arrow(move.before.map { style.short($0) }, move.after.map { style.short($0) }),
    ]
    let command = [move.command.map { style.foreign(move.isByWasmstore ? $0 : "git: \($0)") } ?? "-"]
    let change = move.change.map { change in
      [arrow(change.old.map { style.short($0) }, change.new.map { style.short($0) })]
    }
    return start + (style.isTerminal ? (change ?? []) + command : command + (change ?? []))
  }

  private func arrow(_ before: String?, _ after: String?) -> String {
    "\(before ?? "none") → \(after ?? "none")"
  }

  var json: JSONValue {
    var members = move.jsonMembers
    if let path {
      members += [
        ("path", .text(path.description)), ("old", .optional(move.change?.old?.hex)),
        ("new", .optional(move.change?.new?.hex)),
      ]
    }
    return .object(members)
  }
}
