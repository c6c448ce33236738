internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `hash`: the hash of a module.
struct HashCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .hash, "Prints the SHA-256 of a module of the branch.",
    usage: "wasmstore hash MODULE|REV:PATH [--short]",
    examples: """
        wasmstore hash app.wasm
        wasmstore hash main~1:app.wasm --short
      """)

  @Argument("module", help: .module, completion: .custom(StoreCompletion.modules)) var module: String
  @Flag("short", help: "Print the shortest unique abbreviation.") var short = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let store = try session.store
    let module = try store.module(ModuleReference(module))
    let name = short ? store.abbreviate(module.digest) : module.digest.hex
    try session.console.emit(Digest(module: module, name: name))
  }

  private struct Digest: Presentable {
    let module: Module
    let name: String

    func text(_ style: Style) -> String { name + "\n" }
    var json: JSONValue { .object(module.jsonMembers) }
  }
}
