internal import Glibc

/// What can be said of standard input without reading it.
enum StandardInput {
  /// Waits until there is something to read, or the milliseconds have passed; tells which.
  static func isReady(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) != 0
  }
}
