internal import ArgumentParser
internal import Identifiers
internal import ModuleStore
internal import StoreJSON

/// `versions`: the history of a path.
struct VersionsCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .versions, "Lists the versions of a path, the oldest first.",
    usage: "wasmstore versions PATH [--all]",
    examples: """
        wasmstore versions app.wasm
        wasmstore versions app.wasm --all --json
      """,
    notes: "A module that came back is listed only once, at its first place; --all lists every change.")

  @Argument("path", help: "The module.", completion: .custom(StoreCompletion.modules)) var path: String
  @Flag("all", help: "List every change, even if a module came back.") var all = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let path = try ModulePath(path)
    let versions = try session.store.versions(of: path, repeating: all)
    try session.console.emit(list: versions) { style in
      style.isTerminal ? table(versions, style) : versions.map { $0.text(style) }.joined()
    }
  }

  /// The lines for people: the number for `version`, and short ids.
  private func table(_ versions: [ModuleStore.Version], _ style: Style) -> String {
    let digests = ShortNames(versions.map(\.digest.hex), atLeast: 8)
    let commits = ShortNames(versions.map(\.commit.hex), atLeast: 7)
    var table = Table(style, header: (all ? [] : ["N"]) + ["HASH", "COMMIT"])
    for (number, version) in versions.enumerated() {
      let ids = [style.identifier(digests.short(version.digest.hex)), commits.short(version.commit.hex)]
      table.append((all ? [] : [String(number)]) + ids)
    }
    return table.text
  }
}

extension ModuleStore.Version: Presentable {
  func text(_ style: Style) -> String { "\(digest.hex)\tcommit: \(commit.hex)\n" }
}
