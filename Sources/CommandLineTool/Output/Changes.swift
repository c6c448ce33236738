internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// A difference between two trees at one path: a line of `diff`, and of a dry run.
extension Change: TableRow {
  func row(_ style: Style) -> [String] { row(style, isDryRun: false, hasSizes: growth != nil) }

  /// The fields of the line: the kind of change, the path, the module before and after, and the change of its size. On
  /// a terminal the path is the last.
  ///
  /// - Parameters:
  ///   - style: The style of the output.
  ///   - isDryRun: Whether the change is not made.
  ///   - hasSizes: Whether any line of the table has a change of the size.
  /// - Returns: The fields.
  fileprivate func row(_ style: Style, isDryRun: Bool, hasSizes: Bool) -> [String] {
    let modules =
      switch (old.map { style.short($0) }, new.map { style.short($0) }) {
      case (let before?, let after?): "\(before) → \(after)"
      case (let id?, nil), (nil, let id?): id
      case (nil, nil): "-"
      }
    let size = growth.map { growth in
      (growth > 0 ? "+" : "") + (style.isTerminal ? byteCount(growth) : String(growth))
    }
    let verb = isDryRun ? wouldVerb : colored(style)
    guard style.isTerminal else { return [verb, path.spelled, modules] + (size.map { [$0] } ?? []) }
    return [verb, modules] + (hasSizes ? [size ?? ""] : []) + [path.spelled]
  }

  /// The change of the module's size, in bytes; nil if there is no module before or after.
  fileprivate var growth: Int? {
    guard kind == .updated, let oldSize, let newSize else { return nil }
    return newSize - oldSize
  }

  private func colored(_ style: Style) -> String {
    switch kind {
    case .added: style.added(kind.rawValue)
    case .updated: style.identifier(kind.rawValue)
    case .removed: style.removed(kind.rawValue)
    }
  }

  private var wouldVerb: String {
    switch kind {
    case .added: "would add"
    case .updated: "would update"
    case .removed: "would remove"
    }
  }
}

extension Style {
  /// A module's hash: abbreviated for people, full in a pipe.
  func short(_ digest: ModuleDigest) -> String { isTerminal ? digest.abbreviated() : digest.hex }

  /// A commit's id: abbreviated for people, full in a pipe.
  func short(_ commit: CommitID) -> String { isTerminal ? commit.abbreviated() : commit.hex }

  /// The key of a published value, which may end with a hash: abbreviated for people, full in a pipe.
  func short(key: String) -> String {
    guard isTerminal else { return key }
    let digits = key.suffix(ModuleDigest.digitCount)
    guard let digest = ModuleDigest(hex: digits) else { return visible(key) }
    return visible(String(key.dropLast(digits.count))) + short(digest)
  }
}

extension Collection<Change> {
  /// The changes as lines, in columns on a terminal.
  func text(_ style: Style, isDryRun: Bool = false) -> String {
    let hasSizes = contains { $0.growth != nil }
    var table = Table(style)
    for change in self { table.append(change.row(style, isDryRun: isDryRun, hasSizes: hasSizes)) }
    return table.text
  }

  /// The number of changed paths by kind, such as `1 added, 2 removed`.
  var tally: String {
    let counts = [ChangeKind.added, .updated, .removed].compactMap { kind in
      let count = count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }
    return counts.isEmpty ? "nothing changed" : counts.joined(separator: ", ")
  }
}

/// The result of a command that changes a branch, or of its dry run: no text, except for a dry run.
struct WriteReport: Presentable {
  /// The change, such as `merged test into main`; the tally of the changes follows.
  let summary: String
  let branch: BranchName
  let commit: CommitID?
  let changes: [Change]
  let isDryRun: Bool
  /// The text of a dry run before the changes, such as `would move main to 4f0c77e`.
  var prelude: String?
  /// Further members of the JSON object.
  var members: [(String, JSONValue)] = []

  func text(_ style: Style) -> String {
    guard isDryRun else { return "" }
    let lines = changes.text(style, isDryRun: true)
    let first = prelude.map { $0 + "\n" } ?? ""
    return first.isEmpty && lines.isEmpty ? "would change nothing\n" : first + lines
  }

  var json: JSONValue {
    .object(
      [
        ("branch", .text(branch.name)), ("commit", .optional(commit?.hex)),
        ("changes", .array(changes.map(\.json))), ("dry_run", .boolean(isDryRun)),
      ] + members)
  }
}

extension WriteReport {
  /// The most paths that a sentence names.
  private static let mostNames = 3

  /// What was changed, in a sentence. It names the first paths: as many as the width of a terminal has room for, but the
  /// only one always.
  func sentence(fitting width: Int?) -> String {
    let counts =
      changes.count > 1 ? Array(0...min(changes.count, Self.mostNames)).reversed() : [changes.count]
    let sentences = counts.lazy.map(sentence(naming:))
    return sentences.first { $0.terminalWidth <= width ?? .max } ?? sentence(naming: counts.last ?? 0)
  }

  private func sentence(naming count: Int) -> String {
    let paths = changes.prefix(count).map(\.path.spelled) + (changes.count > count ? ["…"] : [])
    let names = count == 0 ? "" : " (\(paths.joined(separator: ", ")))"
    let made = changes.isEmpty ? "" : commit.map { "; commit \($0.abbreviated())" } ?? ""
    return "\(summary): \(changes.tally)\(names)\(made)"
  }
}

extension Console {
  /// Prints a change that was made: nothing on standard output, a line on standard error for people.
  func emit(written report: WriteReport) throws {
    try emit(report)
    guard !report.isDryRun else { return }
    note(report.sentence(fitting: errorStyle.width))
  }
}

/// The result of a command that moves a branch, a tag or a setting, or of its dry run.
struct ActionReport: Presentable {
  /// The action, such as `delete branch test`.
  let infinitive: String
  /// The completed action, such as `deleted branch test`.
  let past: String
  let isDryRun: Bool
  let members: [(String, JSONValue)]

  func text(_ style: Style) -> String { isDryRun ? "would \(style.foreign(infinitive))\n" : "" }

  var json: JSONValue { .object(members + [("dry_run", .boolean(isDryRun))]) }
}

extension Console {
  /// Prints an action: nothing on standard output, a line on standard error for people.
  func emit(done report: ActionReport) throws {
    try emit(report)
    if !report.isDryRun { note(report.past) }
  }
}
