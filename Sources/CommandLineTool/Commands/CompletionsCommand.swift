internal import ArgumentParser

/// `completions`: print the script for the completion of commands in a shell.
struct CompletionsCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .completions, "Prints the completion script of a shell.",
    usage: "wasmstore completions bash|zsh|fish",
    examples: """
        source <(wasmstore completions bash)
        wasmstore completions zsh > ~/.zfunc/_wasmstore
        wasmstore completions fish > ~/.config/fish/completions/wasmstore.fish
      """,
    notes:
      "Completes commands, options, branches, tags, settings, the paths of the store, and files after ./ and ../."
  )

  @Argument("shell", help: "The shell.") var shell: Shell
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let script = Wasmstore.completionScript(for: shell.parsers)
    try session.console.write((shell == .bash ? BashCompletion.script(script) : script) + "\n")
  }

  /// The supported shells.
  enum Shell: String, CaseIterable, ArgumentValue {
    case bash, zsh, fish

    fileprivate var parsers: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }
}
