internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `erase`: remove modules from all history.
struct EraseCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .erase, "Takes modules out of all history, for good.",
    usage: "wasmstore erase MODULE... [--yes] [--dry-run]",
    examples: """
        wasmstore erase secret.wasm --dry-run
        wasmstore erase main~4:plugins/secret.wasm --yes
        wasmstore erase "$hash" --yes --json > new-ids.json
      """,
    notes: """
      Commits that have a module, and all that follow, get new ids, on every branch and tag, protected ones too. The \
      bytes are freed at once. undo cannot bring anything back afterwards. Clones, backups and what was published \
      are not reached.
      """)

  @Argument(
    "module", help: "A path, REV:PATH, or the whole hash of a module that any history has.",
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
          .refused, "undo cannot bring back what is erased",
          hint: "--dry-run tells what would change, --yes goes on")
      }
      try console.confirm(
        "This erases \(plan.count) for good and gives \(plan.rewritten.count) commits new ids; undo cannot help."
      )
    }
    let erasure = try store.erase(modules, dryRun: dryRun.dryRun)
    try console.emit(ErasureText(erasure: erasure, isDryRun: dryRun.dryRun))
    guard !dryRun.dryRun else { return }
    if let first = erasure.remaining.first {
      throw Failure(
        .failed,
        "the store still has \(first.hex): a reader, a work tree, an alternate or a pack with .keep holds it",
        hint: "see to that, and erase again")
    }
    console.note("erased \(erasure.count), freed \(byteCount(Int(erasure.freedBytes)))")
    console.warn("clones, backups and what was published are not reached; a clone that pushes brings it back")
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
