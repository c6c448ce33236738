internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import KVSync
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `kv`: show published revisions, and roll back.
struct KVCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .kv, "Shows, rolls back and prunes what is published.",
    usage: """
      wasmstore kv list TARGET [--head URL] [--name STORE]
      wasmstore kv get TARGET PATH [--head URL] [--name STORE]
      wasmstore kv log TARGET [-n COUNT] [--head URL] [--name STORE]
      wasmstore kv rollback TARGET [--to REVISION] [--mirror BUCKET] [--head URL] [--name STORE]
      wasmstore kv prune TARGET [--yes] [--keep N] [--grace TIME] [--offline] [--head URL]
      """,
    examples: """
        wasmstore kv list http://localhost:6385/site
        wasmstore kv get http://localhost:6385/site app.wasm > app.wasm
        wasmstore kv rollback http://localhost:6385/site
        wasmstore kv prune http://localhost:6385/site --keep 20 --yes
      """,
    notes: """
      list and get show the files of the newest revision. rollback makes a new revision of an older one; nothing is \
      uploaded, and a second rollback goes further back. --branch selects the branch. prune deletes what none of the newest \
      revisions of any branch uses; without --yes it only prints what.
      """)

  @Argument("action", help: "What to do: list, get, log, rollback or prune.") var action: Action
  @Argument("target", help: "Where the branch is published.") var target: String
  @Argument("path", help: "With get: the file.") var path: String?
  @Option("to", value: "revision", in: 1..., help: "With rollback: the revision. (default: the previous)")
  var to: Int?
  @Option("mirror", value: "bucket", help: "With rollback: also update this mirror.") var mirror: String?
  @OptionGroup var limit = CountLimit()
  @Flag("yes", short: "y", help: "With prune: delete the values.") var yes = false
  @Option(
    "keep", value: "n", in: 1..., help: "With prune: how many revisions of each branch to keep. (default: 10)"
  )
  var keep: Int?
  @Option(
    "grace", value: "time",
    help: "With prune: keep everything that is newer than this; at least 3h. (default: 24h)")
  var grace: TimeSpan?
  @Flag("offline", help: "With prune: nobody publishes meanwhile; required with --head kv.") var offline =
    false
  @OptionGroup var options = TargetOptions()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  /// The actions of `kv`.
  enum Action: String, CaseIterable, ArgumentValue {
    case list, get, log, rollback, prune
  }

  func run(_ session: Session) throws {
    guard (action == .get) == (path != nil) else {
      throw Failure.usage(action == .get ? "kv get requires a PATH" : "kv \(action.rawValue) takes no PATH")
    }
    guard to == nil && mirror == nil || action == .rollback else {
      throw Failure.usage("--to and --mirror can be used only with kv rollback")
    }
    guard action == .prune || !yes && keep == nil && grace == nil && !offline else {
      throw Failure.usage("--yes, --keep, --grace and --offline can be used only with kv prune")
    }
    let place = try options.place(target, session)
    if action == .prune, let seconds = grace?.seconds ?? place.grace, seconds < Pruner.Request.shortestGrace {
      throw Failure.usage("--grace must be at least 3h: a running publish may need values that it has stored")
    }
    let branch = try session.publishedBranch
    try RemoteTarget.with(place, making: false, session.settings) { target in
      let published = PublishedBranch(HeadName(store: place.store, branch: branch.name), in: target.heads)
      let manifest = PublishedManifest(target.values, cache: nil)
      switch action {
      case .list:
        let rows = try newest(published).flatMap { try manifest.rows(of: $0.manifest) } ?? []
        try session.console.emit(
          table: rows.map { RowLine(row: $0) }, header: ["HASH", "SIZE", "TYPE", "PATH"])
      case .get: try get(path ?? "", published, manifest, session.console)
      case .log:
        let entries = try published.log(limit: min(limit.maxCount ?? 100, 1_000))
        try session.console.emit(
          table: entries.map { EntryLine(entry: $0) },
          header: ["REVISION", "KIND", "TIME", "MANIFEST", "COMMIT", "AUTHOR"])
      case .rollback:
        try rollBack(published, target, place, session)
      case .prune: try prune(target, place, session)
      }
    }
  }

  private func rollBack(
    _ published: PublishedBranch, _ target: PublishTarget, _ place: PublishPlace, _ session: Session
  ) throws {
    let mirror = try mirror.map {
      try NATSMirror(NATSMirror.Request(bucket: $0), of: target, published.name, cache: nil, session.work)
    }
    let found = try mirror?.open()
    let entry = try published.rollback(
      to: to.map { Int64($0) }, by: try session.author?.name ?? Author.standard.name)
    try session.console.emit(EntryLine(entry: entry))
    guard let mirror, let found else { return }
    do { _ = try mirror.write(found) } catch {
      throw Failure(mirroring: error, to: mirror.request.bucket)
    }
  }

  private func prune(_ target: PublishTarget, _ place: PublishPlace, _ session: Session) throws {
    var request = Pruner.Request(pause: Waiting.pause)
    request.keptRevisions = keep ?? place.keep ?? request.keptRevisions
    request.grace = grace?.seconds ?? place.grace ?? request.grace
    request.isDryRun = !yes
    request.isOffline = offline
    request.patience = session.settings.lockTimeout
    let outcome = try Pruner(target, request, session.work).prune()
    try session.console.emit(PruneReport(outcome: outcome, isDryRun: !yes, isVerbose: common.verbose > 0))
  }

  private func newest(_ published: PublishedBranch) throws -> Head.Entry? { try published.head().newest }

  private func get(
    _ path: String, _ published: PublishedBranch, _ manifest: PublishedManifest, _ console: Console
  ) throws {
    let bytes = Array(path.utf8.drop { $0 == 0x2f })
    guard let entry = try newest(published), let row = try manifest.row(at: bytes, of: entry.manifest) else {
      throw PublishError.noFile("/" + String(decoding: bytes, as: UTF8.self))
    }
    guard !console.streams.outputIsTerminal || row.isText else {
      throw Failure(
        .refused, "not writing \(byteCount(Int(row.size))) of binary data to a terminal", hint: "use a pipe")
    }
    try manifest.content(of: row) { try console.write(bytes: $0) }
  }
}

extension ManifestRow {
  /// Whether a terminal can show the content, by its type.
  fileprivate var isText: Bool {
    type.hasPrefix("text/") || ["json", "xml", "toml"].contains { type.hasSuffix($0) }
  }
}

private struct RowLine: TableRow {
  let row: ManifestRow

  private var path: RawPath { RawPath([0x2f] + row.path) }

  func row(_ style: Style) -> [String] {
    let hash = style.short(row.digest)
    return style.isTerminal
      ? [hash, byteCount(Int(row.size)), String(row.type.prefix { $0 != ";" }), path.spelled]
      : [hash, path.spelled, String(row.size), row.type]
  }

  var json: JSONValue {
    .object([
      ("hash", .text(row.digest.hex)), ("path", path.json), ("size", .count(Int(row.size))),
      ("type", .text(row.type)),
      ("modified", .count(Int(row.modified))), ("chunks", .count(Int(row.chunks))),
    ])
  }
}

/// The result of a prune, or of a dry run.
private struct PruneReport: Presentable {
  let outcome: Pruner.Outcome
  let isDryRun: Bool
  let isVerbose: Bool

  func text(_ style: Style) -> String {
    var table = Table(style)
    for (name, floor) in outcome.floors { table.append(["floor", "\(name)", "\(floor)"]) }
    if isDryRun || isVerbose {
      for key in outcome.deleted { table.append(["delete", style.short(key: key)]) }
    }
    if outcome.leftovers > 0 { table.append(["leftovers", "\(outcome.leftovers)"]) }
    let summary =
      isDryRun
      ? "would delete \(outcome.deleted.count), keep \(outcome.kept)"
      : "deleted \(outcome.deleted.count), kept \(outcome.kept)"
    return table.text + summary + "\n"
  }

  var json: JSONValue {
    .object([
      (
        "floors",
        .array(
          outcome.floors.map {
            .object([
              ("store", .text($0.name.store)), ("branch", .text($0.name.branch)),
              ("floor", .number($0.floor)),
            ])
          })
      ),
      ("deleted", .array(outcome.deleted.map { .text($0) })), ("kept", .count(outcome.kept)),
      ("leftovers", .count(outcome.leftovers)), ("requests", .count(outcome.requests)),
      ("dry_run", .boolean(isDryRun)),
    ])
  }
}

private struct EntryLine: TableRow {
  let entry: Head.Entry

  private var time: Timestamp { Timestamp(seconds: entry.time) }

  /// The fields; on a terminal the author, whose name may be long, is the last.
  func row(_ style: Style) -> [String] {
    let (author, manifest) = (style.foreign(entry.author), style.short(entry.manifest))
    let start = ["\(entry.revision)", entry.kind.rawValue]
    guard style.isTerminal else { return start + [time.rfc3339, author, manifest, entry.commit ?? "-"] }
    return start + [time.short, manifest, entry.commit.map { String($0.prefix(7)) } ?? "-", author]
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
