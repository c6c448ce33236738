internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `erase`: remove modules from all history.
struct EraseCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .erase, "Deletes modules from the whole history, permanently.",
    usage: "wasmstore erase MODULE... [--yes] [--dry-run]",
    examples: """
        wasmstore erase secret.wasm --dry-run
        wasmstore erase main~4:plugins/secret.wasm --yes
        wasmstore erase "$hash" --yes --json > new-ids.json
      """,
    notes: """
      The commits that have the module, and all later commits, get new ids on every branch and tag, even if protected. The \
      bytes are deleted immediately. undo cannot restore anything afterwards. Clones, backups and published copies \
      are not changed.
      """)

  @Argument(
    "module", help: "A path, REV:PATH, or the full hash of a module in any history.",
    completion: .custom(StoreCompletion.modules))
  var modules: [String]
  @OptionGroup var dryRun = DryRun()
  @OptionGroup var confirmation = Confirmation()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let (store, console) = (try session.store, session.console)
    if !dryRun.dryRun, !confirmation.isGiven {
      let plan = try store.erase(modules, dryRun: true)
      guard console.canAsk else {
        throw Failure(
          .refused, "erased modules cannot be restored",
          hint: "use --dry-run to see the changes, or --yes to erase")
      }
      try console.confirm(
        "This erases \(plan.count) permanently and changes the ids of \(plan.rewritten.count) commits. It cannot be undone."
      )
    }
    let erasure = try store.erase(modules, dryRun: dryRun.dryRun)
    try console.emit(ErasureText(erasure: erasure, isDryRun: dryRun.dryRun))
    guard !dryRun.dryRun else { return }
    if let first = erasure.remaining.first {
      throw Failure(
        .failed,
        "the store still has \(first.hex): a reader, a work tree, an alternate or a pack with .keep uses it",
        hint: "remove that use, then erase again")
    }
    console.note("erased \(erasure.count), freed \(byteCount(Int(erasure.freedBytes)))")
    console.warn("clones, backups and published copies still have it; a push from such a clone restores it")
  }
}

extension Erasure {
  /// The number of modules as text.
  fileprivate var count: String { modules.count == 1 ? "1 module" : "\(modules.count) modules" }
}

/// The result: a line for each module, for each commit with its old and new id, and for each reference.
private struct ErasureText: Presentable {
  let erasure: Erasure
  let isDryRun: Bool

  func text(_ style: Style) -> String {
    let would = isDryRun ? "would " : ""
    var (modules, commits, references) = (Table(style), Table(style), Table(style))
    for module in erasure.modules {
      let size = style.isTerminal ? byteCount(module.size) : String(module.size)
      modules.append(["\(would)erase", style.short(module.digest), size])
    }
    for (old, new) in erasure.rewritten.sorted(by: { $0.key.hex < $1.key.hex }) {
      commits.append(["commit", style.short(old), style.short(new)])
    }
    for reference in erasure.references {
      let (name, after) = (style.foreign(reference.name), reference.after ?? "none")
      references.append(
        style.isTerminal
          ? [String(reference.before.prefix(7)), String(after.prefix(7)), name]
          : [name, reference.before, after])
    }
    return modules.text + commits.text + references.text
  }

  var json: JSONValue { .object(erasure.jsonMembers + [("dry_run", .boolean(isDryRun))]) }
}
