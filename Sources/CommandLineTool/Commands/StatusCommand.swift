internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `status`: facts about the store.
struct StatusCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .status, "Describes the store: place, branch, sizes, locks.",
    usage: "wasmstore status",
    examples: """
        wasmstore status
        wasmstore status --json
      """)

  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let store = try session.store
    try session.console.emit(StatusReport(root: store.root.string, status: store.status()))
  }
}

extension StoreStatus.MissingPart {
  /// The description and its consequences.
  fileprivate var text: String {
    switch self {
    case .record: "operation record: undo and BRANCH@{DATE} have no earlier operations"
    case .settings: "settings: no branch has a protection or a policy"
    case .hook: "update hook: protection and policies do not apply to pushes of plain git"
    }
  }
}

extension Style {
  /// Two fields in a pipe, one for people.
  fileprivate func joined(_ first: String, _ second: String) -> [String] {
    isTerminal ? ["\(first), \(second)"] : [first, second]
  }
}

private struct StatusReport: Presentable {
  let root: String
  let status: StoreStatus

  func text(_ style: Style) -> String {
    let bytes = { (count: Int64) in style.isTerminal ? byteCount(Int(count)) : String(count) }
    let branch = status.branch == status.defaultBranch ? "" : " (default: \(status.defaultBranch))"
    var table = Table(style, wraps: true)
    table.append(["root", root])
    table.append(["format", status.formatVersion.map { "\($0)" } ?? "none"])
    table.append(["branch", "\(status.branch)\(branch)"])
    table.append(["head", status.head.map { style.short($0) } ?? "no commits"])
    table.append(["commits", "\(status.commits)"])
    table.append(["paths", "\(status.paths)"])
    table.append(["branches", "\(status.branches)"])
    table.append(["tags", "\(status.tags)"])
    for (name, usage) in usages { table.append([name] + style.joined("\(usage.files)", bytes(usage.bytes))) }
    let catalog = status.catalog.map { style.joined($0.path, bytes($0.bytes)) }
    table.append(["catalog"] + (catalog ?? ["none"]))
    for lock in status.staleLocks { table.append(["stale lock", lock]) }
    if status.isBeingWritten { table.append(["locked", "another process is writing"]) }
    for part in status.missing { table.append(["missing", part.text]) }
    return table.text
  }

  private var usages: [(String, StoreStatus.Usage)] {
    [
      ("loose objects", status.looseObjects), ("packs", status.packs), ("raw copies", status.rawCopies),
      ("temporaries", status.temporaries),
    ]
  }

  var json: JSONValue {
    .object([("root", .text(root)), ("build", Self.build)] + status.jsonMembers)
  }

  /// The versions from which the program was built.
  private static var build: JSONValue {
    .object([
      ("wasmstore", .text(Versions.wasmstore)), ("libgit2", .text(Versions.libgit2)),
      ("sqlite", .text(Versions.sqlite)),
    ])
  }
}
