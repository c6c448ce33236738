internal import FileSystem
internal import JSONText
internal import ModuleStore
internal import SystemPackage

/// Errors, warnings and notes, on standard error.
extension Console {
  /// Reports why the run failed, with a hint unless `-q` was given.
  func report(_ failure: Failure) {
    var failure = failure
    switch appearance.format {
    case .text:
      if appearance.verbosity < 0 { failure.hint = nil }
      writeError(failure.text(errorStyle))
      if let detail = failure.detail, appearance.verbosity >= 2 { writeError(detail + "\n") }
    case .json: writeError(failure.json.line + "\n")
    }
  }

  /// Ends a run whose printed result is negative: with an error object for programs, and only with the exit status for
  /// people.
  func refuse(_ failure: Failure) throws -> Never {
    switch appearance.format {
    case .text: throw ExitStatus(code: failure.code.status)
    case .json: throw failure
    }
  }

  /// Prints a note for a person at a terminal, or with `-v`.
  func note(_ text: String) {
    guard appearance.verbosity >= (streams.errorIsTerminal ? 0 : 1) else { return }
    writeError(visible(text) + "\n")
  }

  /// Prints a question; the answer is typed on the same line.
  func prompt(_ text: String) { writeError(visible(text)) }

  /// Prints a line on standard error that a parent process waits for, or the summary of many results, unless `--quiet`
  /// is given.
  func tell(_ text: String) {
    if appearance.verbosity >= 0 { writeError(visible(text) + "\n") }
  }

  /// Prints a warning, unless `--quiet` is given.
  func warn(_ text: String) {
    if appearance.verbosity >= 0 { writeError("warning: \(visible(text))\n") }
  }

  /// Prints a note or warning of the store.
  func report(_ note: Note) {
    if note.isWarning { warn(note.description) } else { self.note(note.description) }
  }

  private func writeError(_ text: String) {
    progress?.clear()
    // If standard error cannot be written, there is no other place for messages.
    try? streams.error.write(whole: Array(text.utf8))
  }
}
