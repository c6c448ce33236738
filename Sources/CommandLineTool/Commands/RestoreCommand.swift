internal import ArgumentParser
internal import ModuleStore

/// `restore`: go back to a revision, whole or at some paths.
struct RestoreCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .restore, "Moves the branch to a revision, or restores paths.",
    usage: "wasmstore restore REV [PATH...] [-m MSG] [--dry-run]",
    examples: """
        wasmstore restore "$before"
        wasmstore restore main~3 plugins --dry-run
        wasmstore restore @{yesterday} app.wasm
      """,
    notes: """
      Without PATH, the branch itself moves and no commit is made. With PATH, a new commit \
      restores the paths; a path that REV does not have is removed. 'undo' reverts both.
      """)

  @Argument(
    "rev", help: "The revision to go back to.",
    completion: .custom(StoreCompletion.revisions))
  var revision: String
  @Argument(
    "path", help: "Modules or directories.",
    completion: .custom(StoreCompletion.modules))
  var paths: [String] = []
  @OptionGroup var message = CommitMessage()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let paths = try paths.map { path throws(StoreError) in try ModulePath(path) }
    guard message.message == nil || !paths.isEmpty else {
      throw Failure.usage("-m requires a PATH: without one, no commit is made")
    }
    let store = try session.store
    let result: WriteResult
    do throws(StoreError) {
      result = try store.restore(revision, paths: paths, message: message.message, dryRun: dryRun.dryRun)
    } catch {
      var failure = Failure(error)
      // If the word is a path, the revision was left out. There is no hint if it is not a path, or never contained a
      // module.
      if case .unknownRevision = error, paths.isEmpty, let path = try? ModulePath(revision),
        (try? store.versions(of: path)) != nil
      {
        failure.hint = "wasmstore restore REV \(revision), or wasmstore rollback \(revision)"
      }
      throw failure
    }
    let what = paths.isEmpty ? store.branch.name : paths.map(\.description).joined(separator: ", ")
    let prelude = paths.isEmpty ? "would move \(store.branch) to \(revision)" : nil
    try session.console.emit(
      written: WriteReport(
        summary: "restored \(what) to \(revision)", branch: store.branch, commit: result.commit,
        changes: result.changes, isDryRun: dryRun.dryRun, prelude: prelude))
  }
}
