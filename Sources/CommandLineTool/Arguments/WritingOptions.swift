internal import ArgumentParser

/// The message of the commit that a command makes.
struct CommitMessage: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("The message.", valueName: "msg"))
  var message: String?

  mutating func validate() throws {
    if let message, message.allSatisfy(\.isWhitespace) { throw ValidationError("the message is empty") }
  }
}

/// Whether a command only tells what it would do.
struct DryRun: ParsableArguments {
  @Flag(help: "Change nothing; print what would happen.") var dryRun = false
}
