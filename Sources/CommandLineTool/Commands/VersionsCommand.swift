internal import ArgumentParser
internal import Identifiers
internal import ModuleStore
internal import StoreJSON

/// `versions`: the history of a path.
struct VersionsCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .versions, "Lists the modules a path has held, the oldest first.",
    usage: "wasmstore versions PATH [--all]",
    examples: """
        wasmstore versions app.wasm
        wasmstore versions app.wasm --all --json
      """,
    notes: "A module that came back is listed where it was first; --all lists every change.")

  @Argument("path", help: "The module.", completion: .custom(StoreCompletion.modules)) var path: String
  @Flag("all", help: "List repeats too.") var all = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let path = try ModulePath(path)
    try session.console.emit(list: session.store.versions(of: path, repeating: all))
  }
}

extension ModuleStore.Version: Presentable {
  func text(_ style: Style) -> String { "\(digest.hex)\tcommit: \(commit.hex)\n" }
}
