internal import ArgumentParser
internal import FileSystem
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `hooks`: apply the guards of the store to pushes by plain git.
struct HooksCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .hooks, "Applies protection and policies to pushes by plain git.",
    usage: """
      wasmstore hooks install [--force] [--dry-run]
      wasmstore hooks uninstall [--dry-run]
      wasmstore hooks check REF OLD NEW
      """,
    examples: """
        wasmstore hooks install
        wasmstore hooks uninstall
      """,
    notes: """
      install writes ROOT/hooks/update, which git runs for each reference of a push. It runs 'hooks check', which \
      exits with 3 if the push is refused. The hook has the path of this program: install it again if the program moves.
      """)

  @Argument("action", help: "What to do: install, uninstall or check.") var action: Action
  @Argument("ref", help: "With check: a reference, its old id, and its new id.")
  var operands: [String] = []
  @Flag("force", help: "Overwrite a hook that wasmstore did not write.") var force = false
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  /// The actions of `hooks`.
  enum Action: String, CaseIterable, ArgumentValue {
    case install, uninstall, check
  }

  func run(_ session: Session) throws {
    guard operands.count == (action == .check ? 3 : 0) else {
      throw Failure.usage(
        action == .check
          ? "hooks check requires REF, OLD and NEW" : "hooks \(action.rawValue) takes no arguments")
    }
    guard !force || action == .install else {
      throw Failure.usage("--force can be used only with hooks install")
    }
    let store = try session.storeWithoutBranch
    switch action {
    case .check: try store.testPush(of: operands[0], from: operands[1], to: operands[2])
    case .install:
      let program = try programPath()
      let path = try store.installUpdateHook(running: program, isForced: force, dryRun: dryRun.dryRun)
      try report("write \(path)", "wrote \(path)", path, session)
    case .uninstall:
      guard let path = try store.removeUpdateHook(dryRun: dryRun.dryRun) else {
        return try report("change nothing", "there was no hook", nil, session)
      }
      try report("remove \(path)", "removed \(path)", path, session)
    }
  }

  private func report(_ infinitive: String, _ past: String, _ path: String?, _ session: Session) throws {
    try session.console.emit(
      done: ActionReport(
        infinitive: infinitive, past: past, isDryRun: dryRun.dryRun, members: [("hook", .optional(path))]))
  }

  /// The path of this program.
  private func programPath() throws -> String {
    do throws(FileError) {
      if let path = try linkTarget(of: "/proc/self/exe", limit: 4_096) {
        return String(decoding: path, as: UTF8.self)
      }
    } catch {
      throw Failure(.failed, "cannot find the path of this program: \(error.reason)")
    }
    throw Failure(.failed, "cannot find the path of this program")
  }
}
