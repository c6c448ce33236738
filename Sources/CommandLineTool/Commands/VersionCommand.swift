internal import ArgumentParser
internal import ModuleStore

/// `version`: one version of the module at a path.
struct VersionCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .version, "Prints one version of a path, or writes its bytes.",
    usage: "wasmstore version N PATH [-o FILE|-] [--force]",
    examples: """
        wasmstore version 0 app.wasm
        wasmstore version -1 app.wasm -o newest.wasm
      """,
    notes: "Versions count from 0, the oldest; -1 is the newest.")

  @Argument("n", help: "The number of the version.") var number: Int
  @Argument("path", help: "The module.", completion: .custom(StoreCompletion.modules)) var path: String
  @OptionGroup var output = ModuleOutput()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let (version, module) = try session.store.version(number, of: ModulePath(path))
    if output.output == nil {
      try session.console.emit(version)
    } else {
      try output.write(module, session)
    }
  }
}
