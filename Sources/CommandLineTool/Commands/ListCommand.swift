internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `list`: the modules of a branch.
struct ListCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .list, "Lists the modules of a branch: hash, tab, path.",
    usage: "wasmstore list [PREFIX|GLOB] [--rev REV] [-l [--with LIST]] [-0] [--sort path|size|date]",
    examples: """
        wasmstore list
        wasmstore list 'plugins/*.wasm' -l
        wasmstore list -l --with author,imports,exports --json
        wasmstore list -0 plugins | xargs -0 -n1 wasmstore hash
      """)

  @Argument(
    "prefix", help: "A path, a directory, or a pattern with *, ? and [].",
    completion: .custom(StoreCompletion.modules))
  var prefix: String?

  @Option(
    "rev", value: "rev", help: "List this revision, not the branch's head.",
    completion: .custom(StoreCompletion.revisions))
  var rev: String?

  @Flag("long", short: "l", help: "Also show size, kind and date, and files that are not modules.") var long =
    false
  @Flag("null", short: "0", help: "Print only paths, each followed by a NUL byte.") var null =
    false
  @Option(
    "with", value: "list",
    help: "With -l: also show author; with --json, also imports and exports; separated by commas.")
  var details: ListDetails?
  @Option("sort", value: "order", help: "The order: size lists the largest first, date the newest first.")
  var sort = ListSort.path
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    var request = ListRequest()
    request.pattern = prefix
    request.revision = rev
    request.showsAll = long
    request.showsChanges = long
    request.sort = sort
    guard details == nil || long else { throw Failure.usage("--with requires -l") }
    let members = details?.interfaceMembers ?? []
    guard members.isEmpty || common.json else {
      throw Failure.usage("--with imports and --with exports require --json")
    }
    request.showsInterfaces = !members.isEmpty
    let store = try session.store
    let entries = try store.list(request)
    let authors = try details?.hasAuthor == true ? self.authors(of: entries, in: store) : nil
    let lines =
      long ? entries.map { LongListLine(entry: $0, authors: authors, interfaceMembers: members) } : []
    if null, long {
      try session.console.emit(list: lines) { $1 += $0.entry.path.bytes + [0] }
    } else if null {
      try session.console.emit(list: entries) { $1 += $0.path.bytes + [0] }
    } else if long {
      try session.console.emit(list: lines, text: { Self.table(entries, authors, $0) })
    } else if session.console.isForPeople {
      if let prefix, entries.isEmpty {
        let place = try rev ?? session.store.branch.name
        session.console.note("there is nothing at \(prefix) on \(place)")
      }
      try session.console.emit(list: entries) { Self.shortTable(entries, $0) }
    } else {
      try session.console.emit(list: entries) { $0.writeLine(to: &$1) }
    }
  }

  /// The authors of the commits that changed the entries last.
  private func authors(of entries: [ListEntry], in store: StoreSession) throws -> [CommitID: Author] {
    var authors: [CommitID: Author] = [:]
    for case let commit? in entries.map(\.commit) where authors[commit] == nil {
      authors[commit] = try store.commit(commit).author
    }
    return authors
  }

  /// The lines for people: short hashes and paths.
  private static func shortTable(_ entries: [ListEntry], _ style: Style) -> String {
    let digests = ShortNames(entries.compactMap { $0.digest?.hex }, atLeast: 8)
    var table = Table(style)
    for entry in entries {
      table.append([
        style.identifier(entry.digest.map { digests.short($0.hex) } ?? "-"), entry.path.spelled,
      ])
    }
    return table.text
  }

  private static func table(
    _ entries: [ListEntry], _ authors: [CommitID: Author]?, _ style: Style
  ) -> String {
    let digests = ShortNames(entries.compactMap { $0.digest?.hex }, atLeast: 8)
    let author = authors == nil ? [] : ["AUTHOR"]
    var table = Table(style, header: ["HASH", "SIZE", "KIND", "CHANGED"] + author + ["PATH"])
    for entry in entries {
      let changed = entry.changed.map { style.isTerminal ? $0.short : $0.rfc3339 }
      let size = entry.size.map { style.isTerminal ? byteCount($0) : String($0) }
      let name = authors.map { authors in
        [entry.commit.flatMap { authors[$0] }.map { style.foreign($0.name) } ?? "-"]
      }
      table.append(
        [
          entry.digest.map { style.isTerminal ? digests.short($0.hex) : $0.hex } ?? "-", size ?? "-",
          entry.problem == nil ? entry.kind.rawValue : "invalid", changed ?? "-",
        ] + (name ?? []) + [entry.path.spelled])
    }
    return table.text
  }
}

/// An entry of a listing with the time of the last change, or that it is unknown.
private struct LongListLine: Presentable {
  let entry: ListEntry
  /// The authors of the commits; nil if they were not requested.
  let authors: [CommitID: Author]?
  /// The requested members of the module's interface.
  let interfaceMembers: [String]

  func text(_ style: Style) -> String { entry.text(style) }

  var json: JSONValue {
    var members = entry.jsonMembers
    if entry.changed == nil { members += [("date", .null), ("time", .null), ("commit", .null)] }
    if let authors {
      let author = entry.commit.flatMap { authors[$0] }
      members += [("author", .optional(author?.name)), author?.mailMember ?? ("mail", .null)]
    }
    let described = entry.description?.jsonMembers ?? []
    members += interfaceMembers.map { name in (name, described.first { $0.0 == name }?.1 ?? .null) }
    return .object(members)
  }
}

extension ListSort: ArgumentValue {}

extension ListEntry: Presentable {
  func text(_ style: Style) -> String { "\(digest?.hex ?? "-")\t\(path)\n" }

  /// Appends the bytes of `text`. A listing of many thousands does not create each text.
  func writeLine(to bytes: inout [UInt8]) {
    writeFields(to: &bytes)
    bytes.append(0x0a)
  }

  /// Appends the hash, a tab and the path.
  func writeFields(to bytes: inout [UInt8]) {
    if let digest { digest.appendHex(to: &bytes) } else { bytes.append(0x2d) }
    bytes.append(0x09)
    bytes += path.spelledBytes
  }
}
