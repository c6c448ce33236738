internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `filename`: a module as a plain file.
struct FilenameCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .filename, "Prints the name of a file with a module's bytes.",
    usage: "wasmstore filename MODULE|REV:PATH",
    examples: """
        wasmtime "$(wasmstore filename app.wasm)"
        wasmstore filename b6b033aa
      """,
    notes: "The file is in the store and is read-only. Copy it; do not change it.")

  @Argument("module", help: .module, completion: .custom(StoreCompletion.modules)) var module: String
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let store = try session.store
    let module = try store.module(ModuleReference(module))
    try session.console.emit(RawCopy(module: module, file: store.rawCopy(of: module).string))
  }

  private struct RawCopy: Presentable {
    let module: Module
    let file: String

    func text(_ style: Style) -> String { file + "\n" }
    var json: JSONValue { .object([("filename", .text(file))] + module.jsonMembers) }
  }
}
