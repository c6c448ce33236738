internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `branch`: list, create and change branches.
struct BranchCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .branch, "Lists, creates, renames, protects or deletes branches.",
    usage: """
      wasmstore branch [-v]
      wasmstore branch --list [PATTERN...]
      wasmstore branch NAME [--from REV] [--if-absent]
      wasmstore branch NAME --delete [--force] | --protect[=changes] | --unprotect | --default
      wasmstore branch OLD NEW --rename
      All except the list accept --dry-run.
      """,
    examples: """
        wasmstore branch
        wasmstore branch test --from main~3
        wasmstore branch test --delete
        wasmstore branch main --protect=changes
      """,
    notes: "A new branch starts at the default branch, or at the revision of --from.")

  @Argument(
    "name", help: "The branch; with --rename, its old and new name.",
    completion: .custom(StoreCompletion.branches))
  var names: [String] = []

  @Flag("delete", help: "Delete the branch.") var delete = false
  @Flag("list", help: "List the branches, one name per line.") var list = false
  @Flag("rename", help: "Rename the branch.") var rename = false
  @Flag("protect", help: "Refuse to delete the branch or to move it back.") var protect = false
  @Flag("protect-changes", help: "With --protect=changes: allow changes only by merge, rollback and undo.")
  var protectChanges = false
  @Flag("unprotect", help: "Remove the protection.") var unprotect = false
  @Flag("default", help: "Make it the default branch.") var `default` = false
  @Flag("force", help: "Delete even a protected branch.") var force = false
  @Option(
    "from", value: "rev", help: "Start the new branch at this revision.",
    completion: .custom(StoreCompletion.revisions))
  var from: String?
  @Flag("if-absent", help: "Succeed if the branch already exists.") var ifAbsent = false
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  private enum Action { case list, create, delete, rename, protect, protectChanges, unprotect, makeDefault }

  func run(_ session: Session) throws {
    let action = try action
    guard action != .list else { return try printList(session) }
    let names = try names.map { name throws(StoreError) in try BranchName(name) }
    let isMaking = action == .create && !dryRun.dryRun
    let store = try isMaking ? session.openOrCreateStore() : session.store
    let report = try perform(action, names, on: store)
    try session.console.emit(done: report)
    if action == .unprotect, !dryRun.dryRun, try store.isProtected(names[0]) {
      session.console.warn("\(names[0]) is still protected by a setting for a pattern of names")
    }
  }

  private var action: Action {
    get throws {
      let chosen: [Action] = [
        delete ? .delete : nil, list ? .list : nil, rename ? .rename : nil, protect ? .protect : nil,
        protectChanges ? .protectChanges : nil, unprotect ? .unprotect : nil,
        self.default ? .makeDefault : nil,
      ].compactMap { $0 }
      guard chosen.count < 2 else {
        throw Failure.usage(
          "--delete, --list, --rename, --protect, --unprotect and --default cannot be used together")
      }
      let action = chosen.first ?? (names.isEmpty ? .list : .create)
      // The older tool accepted a name with --list and listed all.
      guard action != .list else { return action }
      guard names.count == (action == .rename ? 2 : 1) else {
        throw Failure.usage(action == .rename ? "--rename requires OLD and NEW" : "branch takes one NAME")
      }
      guard from == nil || action == .create else {
        throw Failure.usage("--from can be used only for a new branch")
      }
      guard !ifAbsent || action == .create else {
        throw Failure.usage("--if-absent can be used only for a new branch")
      }
      guard !force || action == .delete else { throw Failure.usage("--force requires --delete") }
      return action
    }
  }

  private func perform(_ action: Action, _ names: [BranchName], on store: StoreSession) throws -> ActionReport
  {
    let (name, isDryRun) = (names[0], dryRun.dryRun)
    switch action {
    case .list, .create:
      let isNew = try store.createBranch(name, from: from, unlessPresent: ifAbsent, dryRun: isDryRun)
      guard isNew else {
        return report(
          "not change branch \(name), which already exists", "branch \(name) already exists", name)
      }
      return report("make branch \(name)", "made branch \(name)", name)
    case .delete:
      try store.deleteBranch(name, isForced: force, dryRun: isDryRun)
      return report("delete branch \(name)", "deleted branch \(name)", name)
    case .rename:
      try store.renameBranch(name, to: names[1], dryRun: isDryRun)
      return report("rename branch \(name) to \(names[1])", "renamed branch \(name) to \(names[1])", names[1])
    case .makeDefault:
      try store.setDefaultBranch(name, dryRun: isDryRun)
      return report("make \(name) the default branch", "\(name) is now the default branch", name)
    case .protect:
      try store.setProtection(of: name, to: .moves, dryRun: isDryRun)
      return report("protect branch \(name)", "\(name) is now protected", name)
    case .protectChanges:
      try store.setProtection(of: name, to: .changes, dryRun: isDryRun)
      return report(
        "protect branch \(name) against changes", "\(name) is now protected against changes", name)
    case .unprotect:
      try store.setProtection(of: name, to: .none, dryRun: isDryRun)
      return report("unprotect branch \(name)", "\(name) is now unprotected", name)
    }
  }

  private func report(_ infinitive: String, _ past: String, _ name: BranchName) -> ActionReport {
    ActionReport(
      infinitive: infinitive, past: past, isDryRun: dryRun.dryRun, members: [("branch", .text(name.name))])
  }

  private func printList(_ session: Session) throws {
    // The older tool accepted a name with --list and listed all; a pattern is not a name.
    let patterns = names.filter { $0.contains { "*?[".contains($0) } }.map { GlobPattern($0) }
    let branches = try session.store.branches().filter { branch in
      patterns.isEmpty || patterns.contains { $0.matches(branch.name.name) }
    }
    guard common.verbose == 0 || list else {
      let store = try session.store
      let subjects = try branches.map { branch throws(StoreError) -> String in
        guard let head = branch.head else { return "" }
        return try String(store.commit(head).message.prefix { $0 != "\n" })
      }
      return try session.console.emit(list: branches) { style in
        var table = Table(style, wraps: true)
        for (branch, subject) in zip(branches, subjects) {
          let name = (branch.isCurrent ? "* " : "  ") + style.foreign(branch.name.name)
          table.append([name, branch.head.map { style.short($0) } ?? "-", style.foreign(subject)])
        }
        return table.text
      }
    }
    try session.console.emit(list: branches) { style in
      branches.map { list ? style.foreign($0.name.name) + "\n" : $0.text(style) }.joined()
    }
  }
}

extension Branch: Presentable {
  func text(_ style: Style) -> String {
    let name = style.foreign(name.name)
    return isCurrent ? "* " + style.added(name) + "\n" : "  \(name)\n"
  }
}
