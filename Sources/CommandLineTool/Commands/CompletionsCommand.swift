internal import ArgumentParser

/// `completions`: the script that teaches a shell to complete our commands.
struct CompletionsCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .completions, "Prints the completion script of a shell.",
    usage: "wasmstore completions bash|zsh|fish",
    examples: """
        source <(wasmstore completions bash)
        wasmstore completions zsh > ~/.zfunc/_wasmstore
        wasmstore completions fish > ~/.config/fish/completions/wasmstore.fish
      """,
    notes: "Completes commands, options, branches, tags and the paths of the store.")

  @Argument(help: "bash, zsh or fish.", completion: .list(["bash", "zsh", "fish"])) var shell: String
  @OptionGroup(title: "Common options") var common: CommonOptions

  func run(_ session: Session) throws {
    guard let shell = CompletionShell(rawValue: shell) else {
      throw Failure.usage("completions takes bash, zsh or fish, not '\(shell)'")
    }
    try session.console.write(Wasmstore.completionScript(for: shell) + "\n")
  }
}
