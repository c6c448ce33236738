internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `contains`: whether a module exists.
struct ContainsCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .contains, "Tells whether the branch has a module.",
    usage: "wasmstore contains MODULE|REV:PATH [--exit-code | -q]",
    examples: """
        wasmstore contains app.wasm
        if wasmstore contains -q app.wasm; then echo yes; fi
      """,
    notes: "Prints true or false, and exits with 0 in both cases. -q prints nothing and exits with 0 or 1.")

  @Argument("module", help: .module, completion: .custom(StoreCompletion.modules)) var module: String
  @Flag("exit-code", help: "Exit with 1 if the result is false.") var exitCode = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let contains = try session.store.contains(module)
    if !common.quiet { try session.console.emit(Answer(reference: module, contains: contains)) }
    if !contains, exitCode || common.quiet { throw ExitStatus(code: 1) }
  }

  private struct Answer: Presentable {
    let reference: String
    let contains: Bool

    func text(_ style: Style) -> String { "\(contains)\n" }
    var json: JSONValue { .object([("module", .text(reference)), ("contains", .boolean(contains))]) }
  }
}
