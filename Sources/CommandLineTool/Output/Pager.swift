internal import Glibc
internal import SystemPackage

/// A program such as `less` that shows our output page by page.
struct Pager: Sendable {
  private let process: ChildProcess
  /// What was written, until it is more than the pipe holds: a pager that could not be started has read none of it.
  private var unread: [UInt8]? = []
  /// The bytes that a pipe holds on Linux, unless it was told otherwise.
  private static let capacity = 64 * 1024

  /// Starts a shell command; nil where that is impossible, so that the output goes out unpaged.
  init?(_ command: String) {
    // Quit if it fits on one page, keep colours, leave the text on the screen: unless the user has a wish.
    Environment.setDefault("LESS", "FRX")
    guard let process = try? ChildProcess("/bin/sh", ["sh", "-c", command]) else { return nil }
    // The pager alone answers to Ctrl-C; we end when it does.
    signal(SIGINT, SIG_IGN)
    self.process = process
  }

  /// Hands bytes to the pager.
  ///
  /// - Throws: The system's error; `Errno.brokenPipe` where the pager has ended.
  mutating func write(_ bytes: [UInt8]) throws(Errno) {
    unread?.append(contentsOf: bytes)
    try process.write(bytes)
    if let count = unread?.count, count > Self.capacity { unread = nil }
  }

  /// Ends the pager's input and waits until its user leaves it.
  ///
  /// - Returns: What was written, if the shell could not start the pager; else nil.
  func end() -> [UInt8]? {
    // The statuses by which a shell says that it found no such command, or could not run it.
    [.status(126), .status(127)].contains(process.end()) ? unread : nil
  }
}
