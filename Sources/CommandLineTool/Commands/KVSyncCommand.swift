internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import KVSync
internal import ModuleStore
internal import SystemPackage

/// `kv-sync`: publish a branch or a folder to Workers KV.
struct KVSyncCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .kvSync, "Publishes a branch or a folder to Workers KV.",
    usage: """
      wasmstore kv-sync TARGET [--assets DIR] [--head URL] [--dry-run]
      wasmstore kv-sync --assets DIR [-w FILE] [-o FILE] [--prune]
      wasmstore kv-sync --emit-bulk FILE [--assets DIR] | --dump FILE
      """,
    examples: """
        wasmstore kv-sync http://localhost:6385/site
        wasmstore kv-sync NAME --dry-run
      """,
    notes: """
      TARGET is http(s)://HOST/NAMESPACE, workers://ACCOUNT/NAMESPACE with --head, \
      nats://HOST:PORT/BUCKET, NAME of the settings kv.NAME, or a wrangler binding.
      """)

  @Argument("target", help: "Where to publish.") var target: String?
  @OptionGroup var options = TargetOptions()
  @Flag("force", help: "Publish even an older or rolled-back version.")
  var force = false
  @Flag("allow-empty", help: "Publish even if the branch has no files.") var allowEmpty = false
  @Flag("withdraw", help: "Do not let readers use versions before this one.") var withdraw = false
  @Option(
    "concurrency", value: "n", in: 1..., help: "Parallel requests, up to 5.")
  var concurrency = 2
  @OptionGroup var mirror = MirrorOptions()
  @OptionGroup(title: "Folders") var assets = AssetOptions()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    if let file = assets.dumped { return try dump(file, session.console) }
    guard concurrency <= KVSyncCommand.greatestConcurrency else {
      throw Failure.usage("--concurrency must be a number from 1 to \(KVSyncCommand.greatestConcurrency)")
    }
    try assets.check(hasTarget: target != nil)
    try mirror.check(hasTarget: target != nil)
    if let file = assets.bulkFile { return try writeBulk(file, session) }
    if target == nil, let folder = try assets.folder { return try syncAssets(folder, session) }
    let place = try options.place(target, session)
    let wanted = try mirror.request(at: place)
    let source = try source(session)
    try checkManifest(of: source)
    var request = Publisher.Request(pause: Waiting.pause)
    request.store = place.store
    request.isForced = force
    request.allowsEmpty = allowEmpty
    request.isBarrier = withdraw
    request.isDryRun = dryRun.dryRun
    request.concurrency = concurrency
    request.patience = session.settings.lockTimeout
    let (cache, journal) = (try cache(session), try journal(place, session))
    let (report, failure) = try RemoteTarget.with(place, making: !dryRun.dryRun, session.settings) {
      let publisher = Publisher(source, to: $0, cache: cache, journal: journal, request)
      let mirror = try wanted.map { [target = $0] in
        try NATSMirror($0, of: target, publisher.headName, cache: cache, source.work)
      }
      // A bucket that cannot be a mirror is refused before anything is stored.
      let found = try mirror?.open()
      let outcome = try publisher.publish()
      if !dryRun.dryRun { try writeManifest(outcome.manifest, of: $0.values, cache: cache, session) }
      var report = PublishReport(
        outcome: outcome, head: publisher.headName, isDryRun: dryRun.dryRun, isVerbose: common.verbose > 0)
      guard let mirror, let found else { return (report, nil as Failure?) }
      let before = $0.requestCount
      do {
        let mirrored = dryRun.dryRun ? try mirror.plan(found, after: outcome) : try mirror.write(found)
        report.mirror = mirrored
        report.outcome.requests += $0.requestCount - before + mirrored.requests
        return (report, nil)
      } catch { return (report, Failure(mirroring: error, to: mirror.request.bucket)) }
    }
    for path in report.outcome.leftOut {
      session.console.note("skipped \(path.spelled): it is not a file")
    }
    try session.console.emit(report)
    if let failure { throw failure }
  }

  /// The source: a named folder, otherwise the branch.
  func source(_ session: Session) throws -> any PublishSource {
    try assets.folder.map { try $0.source(session) } ?? BranchSource(session.store)
  }

  /// The cache of roots and shards: in the store; for a folder, in the user's folder, if there is one.
  private func cache(_ session: Session) throws -> ManifestCache? {
    let folder =
      try assets.folder == nil ? session.store.root : session.settings.cacheFolder.map { FilePath($0) }
    return folder.map { ManifestCache(in: $0.appending("kv").appending("manifests")) }
  }

  /// The journal of an earlier run: in the store; for a folder, in the user's folder, if there is one.
  private func journal(_ place: PublishPlace, _ session: Session) throws -> PublishJournal {
    let folder =
      try assets.folder == nil ? session.store.root : session.settings.stateFolder.map { FilePath($0) }
    guard let folder else { return PublishJournal() }
    let target = place.address
    let name = ModuleDigest(of: Array(target.utf8)).hex.prefix(KVSyncCommand.journalDigits) + ".journal"
    return PublishJournal(
      at: folder.appending("kv").appending(String(name)), of: target, isReadOnly: dryRun.dryRun)
  }

  private static let journalDigits = 16
  /// Workers KV refuses some bulk writes if more of them run concurrently.
  private static let greatestConcurrency = 5
}

/// The result of `kv-sync`, or of a dry run.
private struct PublishReport: Presentable {
  var outcome: Publisher.Outcome
  let head: HeadName
  let isDryRun: Bool
  let isVerbose: Bool
  /// The changes to the mirror; nil if there is none.
  var mirror: NATSMirror.Outcome?

  func text(_ style: Style) -> String {
    var text = isDryRun || isVerbose ? contents(style) : ""
    if outcome.isChange {
      var table = Table(style)
      let before = outcome.before.map { style.short($0) }
      table.append(["point", "\(head)", before ?? "-", style.short(outcome.manifest)])
      text += table.text
    }
    if !isDryRun, let revision = outcome.revision { text += "revision \(revision)\n" }
    if let mirror { text += mirror.text(style, withKeys: isDryRun || isVerbose) }
    if isDryRun {
      let mirrored = mirror.map { ", mirror \($0.stored.count + $0.removed.count)" } ?? ""
      text +=
        "would upload \(outcome.stored.count), skip \(outcome.skipped), remove \(outcome.removed.count)"
        + "\(mirrored); \(outcome.requests) request\(outcome.requests == 1 ? "" : "s")\n"
    } else if !outcome.isChange, mirror?.isChange != true {
      text += "nothing changed\n"
    }
    return text
  }

  /// A line for each value that is uploaded, and for each path that is removed.
  private func contents(_ style: Style) -> String {
    var table = Table(style)
    for item in outcome.stored {
      let size = style.isTerminal ? byteCount(item.size) : String(item.size)
      let path = item.path.map { [RawPath([0x2f] + $0).spelled] }
      table.append(["upload", style.short(key: item.key.description), size] + (path ?? []))
    }
    for path in outcome.removed {
      table.append(["remove"] + (style.isTerminal ? ["", ""] : []) + [RawPath([0x2f] + path).spelled])
    }
    return table.text
  }

  var json: JSONValue {
    let members: [(String, JSONValue)] = [
      ("revision", .optional(outcome.revision.map { Int($0) })), ("manifest", .text(outcome.manifest.hex)),
      ("uploaded", .count(outcome.stored.count)), ("skipped", .count(outcome.skipped)),
      ("removed", .count(outcome.removed.count)), ("requests", .count(outcome.requests)),
      ("bytes", .count(outcome.stored.reduce(0) { $0 + $1.size })), ("dry_run", .boolean(isDryRun)),
    ]
    return .object(members + (mirror.map { [("mirror", $0.json)] } ?? []))
  }
}
