internal import ArgumentParser

/// The message of the commit that a command makes.
struct CommitMessage: ParsableArguments {
  @Option("message", short: "m", value: "msg", help: "The message.") private var given: Text?

  var message: String? { given?.text }

  /// A text that is not empty.
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

/// Whether a command only tells what it would do.
struct DryRun: ParsableArguments {
  @Flag("dry-run", help: "Change nothing; print what would happen.") var dryRun = false
}
