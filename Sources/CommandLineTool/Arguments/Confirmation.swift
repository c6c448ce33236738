internal import ArgumentParser
internal import StoreJSON

/// The option to run a command without confirmation although `undo` cannot revert it.
struct Confirmation: ParsableArguments {
  @Flag("yes", short: "y", help: "Do not ask for confirmation.") var isGiven = false
}

extension Console {
  /// Whether a person can be asked: the input and standard error are terminals.
  var canAsk: Bool { streams.inputIsTerminal && streams.errorIsTerminal && appearance.mayWaitForInput }

  /// Asks a person at a terminal whether to go on.
  ///
  /// - Parameter statement: What will happen, as a sentence.
  /// - Throws: `Failure` with `.refused` unless the answer is yes.
  func confirm(_ statement: String) throws {
    prompt("\(statement) Continue? [y/N] ")
    let answer = readLine()?.lowercased()
    guard answer == "y" || answer == "yes" else { throw Failure(.refused, "nothing was changed") }
  }
}
