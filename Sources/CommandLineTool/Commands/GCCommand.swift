internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `gc`: remove unreachable objects.
struct GCCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .gc, "Squashes the branch's history, and removes unreachable objects.",
    usage: "wasmstore gc [--keep-history|--keep-last N] [--expire-now] [--dry-run] [-y]",
    examples: """
        wasmstore gc --dry-run
        wasmstore gc --keep-history
        wasmstore gc --keep-last 20
      """,
    notes: """
      The branch's history becomes one commit. All other branches and tags keep their history. Prints the number of objects \
      that were removed. Other processes can write to the store meanwhile. Undone or squashed commits cannot be restored \
      afterwards; --keep-history keeps them.
      """)

  @Flag("keep-history", help: "Do not squash; only remove unreachable objects.") var keepHistory = false
  @Option("keep-last", value: "n", in: 1..., help: "Keep the newest N commits of the branch.") var keepLast:
    Int?
  @Flag("expire-now", help: "Ignore gc.grace; operations before the gc cannot be undone afterwards.")
  var expireNow = false
  @OptionGroup var dryRun = DryRun()
  @OptionGroup var confirmation = Confirmation()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard !keepHistory || keepLast == nil else {
      throw Failure.usage("--keep-history and --keep-last cannot be used together")
    }
    var request = CollectionRequest()
    request.history = keepHistory ? .keep : keepLast.map { .keepLast($0) }
    request.expiresNow = expireNow
    request.isDryRun = dryRun.dryRun
    let (store, console) = (try session.store, session.console)
    if !dryRun.dryRun, !confirmation.isGiven, let loss = try loss(of: request, in: store, console) {
      // A script for the older tool continues without a question.
      if console.canAsk { try console.confirm(loss) } else { console.note(loss) }
    }
    let report = try store.collectGarbage(request)
    try console.emit(CollectionText(report: report, isDryRun: dryRun.dryRun))
    if !dryRun.dryRun { remark(report, console) }
  }

  /// A sentence about data that cannot be restored afterwards; nil if there are none, or if nobody would see it.
  private func loss(
    of request: CollectionRequest, in store: StoreSession, _ console: Console
  ) throws -> String? {
    guard console.canAsk || console.appearance.verbosity > 0 else { return nil }
    var rehearsal = request
    rehearsal.isDryRun = true
    let report = try store.collectGarbage(rehearsal)
    if let squashed = report.squashed {
      return
        "This squashes \(squashed.commits) of \(squashed.branch); restore cannot bring them back."
    }
    return expireNow ? "Earlier operations cannot be undone afterwards." : nil
  }

  private func remark(_ report: CollectionReport, _ console: Console) {
    if let squashed = report.squashed {
      console.note("squashed \(squashed.commits) of \(squashed.branch) into one")
    } else if !report.holders.isEmpty {
      console.note("squashed nothing: the history is in use by \(CollectionText.named(report.holders))")
    }
    if report.waitingObjects > 0 {
      console.note(
        "\(report.waitingObjects) object\(report.waitingObjects == 1 ? "" : "s") kept for now: see gc.grace"
      )
    }
    console.note("freed \(byteCount(Int(report.freedBytes)))")
  }
}

private struct CollectionText: Presentable {
  let report: CollectionReport
  let isDryRun: Bool

  func text(_ style: Style) -> String {
    guard isDryRun else { return "\(report.removedObjects)\n" }
    var text = ""
    let kept = report.holders.isEmpty ? "" : "; kept: \(CollectionText.named(report.holders))"
    if let squashed = report.squashed {
      let oldest = squashed.oldest.rfc3339.prefix(10)
      text +=
        "would squash \(squashed.commits) of \(squashed.branch) into one (oldest \(oldest))\(kept)\n"
    }
    if !report.modules.isEmpty {
      let count = report.modules.count
      text +=
        "would remove \(count) module\(count == 1 ? "" : "s"), \(byteCount(Int(report.freedBytes))):\n"
    }
    var table = Table(style)
    for module in report.modules {
      let last =
        module.last.map { "last at \($0.path.spelled) in \(style.short($0.commit))" } ?? "in no history"
      table.append([style.short(module.digest), byteCount(module.size), last])
    }
    return text + table.text + "\(report.removedObjects)\n"
  }

  /// The short names of references, for people.
  static func named(_ references: [String]) -> String {
    references.map { name in
      for (prefix, noun) in [("refs/heads/", "branch"), ("refs/tags/", "tag")] where name.hasPrefix(prefix) {
        return "\(noun) \(name.dropFirst(prefix.count))"
      }
      return name
    }.joined(separator: ", ")
  }

  var json: JSONValue { report.json }
}

extension SquashedHistory {
  /// The number of commits that became one, as text.
  fileprivate var commits: String { "\(commitCount) commit\(commitCount == 1 ? "" : "s")" }
}
