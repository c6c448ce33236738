internal import Glibc
internal import StoreJSON

/// The state of standard input, without reading it.
enum StandardInput {
  /// Waits until there is something to read, or the milliseconds have passed; returns whether there is.
  static func isReady(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) != 0
  }
}

extension Console {
  /// Tells a person at a terminal that input is expected, after a second without any.
  func awaitInput(_ what: String) throws(Failure) {
    guard streams.inputIsTerminal else { return }
    guard appearance.mayWaitForInput else {
      throw Failure(.refused, "standard input is a terminal", hint: "use a pipe, or leave out --no-input")
    }
    guard !StandardInput.isReady(within: 1_000) else { return }
    note("reading \(what) from standard input; Ctrl-D ends the input")
  }
}
