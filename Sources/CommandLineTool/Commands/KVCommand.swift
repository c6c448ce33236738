internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import KVSync
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `kv`: what is published, and back to what was.
struct KVCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .kv, "Shows what is published, and goes back to what was.",
    usage: """
      wasmstore kv list TARGET [--head URL] [--name STORE]
      wasmstore kv get TARGET PATH [--head URL] [--name STORE]
      wasmstore kv log TARGET [-n COUNT] [--head URL] [--name STORE]
      wasmstore kv rollback TARGET [--to REVISION] [--head URL] [--name STORE]
      """,
    examples: """
        wasmstore kv list http://localhost:6385/site
        wasmstore kv get http://localhost:6385/site app.wasm > app.wasm
        wasmstore kv rollback http://localhost:6385/site
      """,
    notes: """
      list and get show what the newest revision has. rollback makes a new revision with an older manifest; nothing is \
      uploaded, and doing it again goes further back. --branch names the branch.
      """)

  @Argument("action", help: "What to do: list, get, log or rollback.") var action: Action
  @Argument("target", help: "Where it is published.") var target: String
  @Argument("path", help: "With get: the file.") var path: String?
  @Option("to", value: "revision", in: 1..., help: "With rollback: the revision, else the one before.")
  var to: Int?
  @OptionGroup var limit = CountLimit()
  @Option("head", value: "url", help: "The Worker that keeps the head, else the server of the target.")
  var head: String?
  @Option("name", value: "store", help: "The store's name among those that are published there.")
  var name = "default"
  @OptionGroup(title: "Common options") var common = CommonOptions()

  /// What can be done.
  enum Action: String, CaseIterable, ArgumentValue {
    case list, get, log, rollback
  }

  func run(_ session: Session) throws {
    guard (action == .get) == (path != nil) else {
      throw Failure.usage(action == .get ? "kv get takes a PATH" : "kv \(action.rawValue) takes no PATH")
    }
    guard to == nil || action == .rollback else { throw Failure.usage("--to goes with kv rollback") }
    let branch = try session.publishedBranch
    try RemoteTarget.with(target, head: head, making: false, session.settings) { target in
      let published = PublishedBranch(HeadName(store: name, branch: branch.name), in: target.heads)
      let manifest = PublishedManifest(target.values, cache: nil)
      switch action {
      case .list:
        let rows = try newest(published).flatMap { try manifest.rows(of: $0.manifest) } ?? []
        try session.console.emit(list: rows.map { RowLine(row: $0) })
      case .get: try get(path ?? "", published, manifest, session.console)
      case .log:
        let entries = try published.log(limit: min(limit.maxCount ?? 100, 1_000))
        try session.console.emit(list: entries.map { EntryLine(entry: $0) })
      case .rollback:
        let entry = try published.rollback(
          to: to.map { Int64($0) }, by: try session.author?.name ?? Author.standard.name)
        try session.console.emit(EntryLine(entry: entry))
      }
    }
  }

  private func newest(_ published: PublishedBranch) throws -> Head.Entry? { try published.head().newest }

  private func get(
    _ path: String, _ published: PublishedBranch, _ manifest: PublishedManifest, _ console: Console
  ) throws {
    let bytes = Array(path.utf8.drop { $0 == 0x2f })
    guard let entry = try newest(published), let row = try manifest.row(at: bytes, of: entry.manifest) else {
      throw PublishError.noFile("/" + String(decoding: bytes, as: UTF8.self))
    }
    try manifest.content(of: row) { try console.write(bytes: $0) }
  }
}

private struct RowLine: Presentable {
  let row: ManifestRow

  private var path: RawPath { RawPath([0x2f] + row.path) }

  func text(_ style: Style) -> String { "\(row.digest.hex)\t\(path.spelled)\t\(row.size)\t\(row.type)\n" }

  var json: JSONValue {
    .object([
      ("hash", .text(row.digest.hex)), ("path", path.json), ("size", .count(Int(row.size))),
      ("type", .text(row.type)),
      ("modified", .count(Int(row.modified))), ("chunks", .count(Int(row.chunks))),
    ])
  }
}

private struct EntryLine: Presentable {
  let entry: Head.Entry

  private var time: Timestamp { Timestamp(seconds: entry.time) }

  func text(_ style: Style) -> String {
    "\(entry.revision)\t\(entry.kind.rawValue)\t\(time.rfc3339)\t\(style.foreign(entry.author))\t\(entry.manifest.hex)"
      + "\t\(entry.commit ?? "-")\n"
  }

  var json: JSONValue {
    .object(
      [
        ("revision", .count(Int(entry.revision))), ("kind", .text(entry.kind.rawValue)),
        ("from", .count(Int(entry.from))),
        ("manifest", .text(entry.manifest.hex)), ("commit", .optional(entry.commit)),
        ("tree", .optional(entry.tree)),
        ("author", .text(entry.author)),
      ] + time.jsonMembers)
  }
}
