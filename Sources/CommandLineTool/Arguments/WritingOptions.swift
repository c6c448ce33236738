internal import ArgumentParser

/// The message of the commit that a command makes.
struct CommitMessage: ParsableArguments {
  @Option("message", short: "m", value: "msg", help: "The message.") private var given: Text?

  var message: String? { given?.text }

  /// A non-empty text.
  private struct Text: ArgumentValue {
    let text: String

    static let expected = "a message"
    static func refusal(of text: String, by name: String) -> String { "the message is empty" }

    init?(argument: String) {
      guard !argument.allSatisfy(\.isWhitespace) else { return nil }
      text = argument
    }
  }
}

/// The option to only print what a command would do.
struct DryRun: ParsableArguments {
  @Flag("dry-run", help: "Change nothing; only print what would change.") var dryRun = false
}
