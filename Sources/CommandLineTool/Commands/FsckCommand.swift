internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `fsck`: whether the store is consistent.
struct FsckCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .fsck, "Checks the store for damage, and repairs what can be rebuilt.",
    usage: "wasmstore fsck [--quick|--deep] [--repair]",
    examples: """
        wasmstore fsck
        wasmstore fsck --quick
        wasmstore fsck --deep --repair
      """,
    notes: """
      Reads all objects that are in use, and compares the catalog with them. Exits with 12 if something is \
      damaged, and prints which paths of which commits cannot be read. Other processes can write to the store meanwhile.
      """)

  @Flag("quick", help: "Only check that all objects exist.") var quick = false
  @Flag("deep", help: "Read all objects, even unused ones, whole packs and all raw copies.") var deep = false
  @Flag("repair", help: "Rebuild what can be rebuilt from undamaged data.") var isRepairing = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard !quick || !deep else { throw Failure.usage("--quick and --deep cannot be used together") }
    let depth: FsckDepth = quick ? .quick : deep ? .deep : .normal
    let report = try session.storeWithoutBranch.fsck(depth, repairing: isRepairing)
    try session.console.emit(FsckText(report: report))
    guard !report.damage.isEmpty else { return }
    let isRepairable = report.damage.contains(where: \.isRepairable)
    throw Failure(
      .damaged, "damage found: \(report.damage.count)",
      hint: isRepairable && !isRepairing ? "wasmstore fsck --repair repairs what can be repaired" : nil)
  }
}

private struct FsckText: Presentable {
  let report: FsckReport

  func text(_ style: Style) -> String {
    var text = ""
    for repair in report.repairs { text += line(style, "repaired", repair) }
    for leftover in report.leftovers {
      text += line(
        style, leftover.kind.rawValue, leftover.name, leftover.detail.isEmpty ? nil : leftover.detail)
    }
    for damage in report.damage {
      text += line(style, "damage", damage.kind.rawValue, damage.name, damage.problem)
      guard let effect = damage.effect else { continue }
      for path in effect.paths {
        text += line(
          style, "affects", path.path.bytes.isEmpty ? "history" : path.path.spelled, style.short(path.commit),
          count(path.commitCount, "commit"), effect.source)
      }
      if effect.pathCount > effect.paths.count {
        text += line(style, "affects", "\(effect.pathCount - effect.paths.count) more paths")
      }
    }
    return text + summary + "\n"
  }

  /// The fields separated by tabs in a pipe; a sentence for people.
  private func line(_ style: Style, _ fields: String?...) -> String {
    let fields = fields.compactMap { $0 }.map { style.foreign($0) }
    return fields.joined(separator: style.isTerminal ? "  " : "\t") + "\n"
  }

  private var summary: String {
    let parts = [
      report.modules.map { count($0, "module") },
      report.invalidModules.flatMap { $0 > 0 ? "\($0) of them invalid" : nil },
      report.otherFiles.flatMap { $0 > 0 ? count($0, "other file") : nil }, count(report.objects, "object"),
      count(report.commits, "commit"),
      count(report.references, "reference"),
    ].compactMap { $0 }
    let verdict = report.damage.isEmpty ? "no damage" : "\(report.damage.count) damaged"
    return "checked \(parts.joined(separator: ", ")): \(verdict)"
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  var json: JSONValue { report.json }
}
