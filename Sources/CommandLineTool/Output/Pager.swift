internal import Glibc
internal import SystemPackage

/// A program such as `less` that shows our output page by page.
struct Pager: Sendable {
  private let process: ChildProcess
  /// The output so far, until it is more than a pipe holds: a pager that could not be started has read none of it.
  private var unread: [UInt8]? = []
  /// The capacity of a pipe on Linux by default, in bytes.
  private static let capacity = 64 * 1024

  /// Starts a shell command; nil if that is impossible, so that the output is not paged.
  init?(_ command: String) {
    // Quit if it fits on one page, keep colours, leave the text on the screen; the user's own setting has priority.
    Environment.setDefault("LESS", "FRX")
    guard let process = try? ChildProcess("/bin/sh", ["sh", "-c", command]) else { return nil }
    // Only the pager handles Ctrl-C; we end when it does.
    signal(SIGINT, SIG_IGN)
    self.process = process
  }

  /// Writes bytes to the pager.
  ///
  /// - Throws: The system's error; `Errno.brokenPipe` if the pager has ended.
  mutating func write(_ bytes: [UInt8]) throws(Errno) {
    unread?.append(contentsOf: bytes)
    try process.write(bytes)
    if let count = unread?.count, count > Self.capacity { unread = nil }
  }

  /// Closes the pager's input and waits until its user quits.
  ///
  /// - Returns: The output, if the shell could not start the pager; else nil.
  func end() -> [UInt8]? {
    // The statuses of a shell for a missing command, and for one that cannot be run.
    [.status(126), .status(127)].contains(process.end()) ? unread : nil
  }
}
