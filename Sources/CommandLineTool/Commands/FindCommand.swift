internal import ArgumentParser
internal import ModuleStore

/// `find`: the bytes of a module.
struct FindCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .find, "Writes the exact bytes of a module.",
    usage: "wasmstore find MODULE|REV:PATH [-o FILE|-] [--force]",
    examples: """
        wasmstore find app.wasm > app.wasm
        wasmstore find b6b033aa -o app.wasm
        wasmstore find main~2:plugins/a.wasm | wasm-tools print
      """)

  @Argument("module", help: .module, completion: .custom(StoreCompletion.modules)) var module: String
  @OptionGroup var output = ModuleOutput()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    try output.write(session.store.module(ModuleReference(module)), session)
  }
}
