internal import Glibc
internal import SystemPackage

/// A program such as `less` that shows our output page by page.
struct Pager: Sendable {
  private let input: FileDescriptor
  private let process: pid_t
  /// What was written, until it is more than the pipe holds: a pager that could not be started has read none of it.
  private var unread: [UInt8]? = []
  /// The bytes that a pipe holds on Linux, unless it was told otherwise.
  private static let capacity = 64 * 1024

  /// Starts a shell command; nil where that is impossible, so that the output goes out unpaged.
  init?(_ command: String) {
    guard let pipe = try? FileDescriptor.pipe() else { return nil }
    defer { try? pipe.readEnd.close() }
    _ = fcntl(pipe.writeEnd.rawValue, F_SETFD, FD_CLOEXEC)
    guard let process = Self.start(command, readingFrom: pipe.readEnd) else {
      try? pipe.writeEnd.close()
      return nil
    }
    // The pager alone answers to Ctrl-C; we end when it does.
    signal(SIGINT, SIG_IGN)
    self.process = process
    input = pipe.writeEnd
  }

  private static func start(_ command: String, readingFrom input: FileDescriptor) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.rawValue, STDIN_FILENO)
    posix_spawn_file_actions_addclose(&actions, input.rawValue)
    // The signals that we ignore end the pager as they end any program.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in Program.ignoredSignals { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    // Quit if it fits on one page, keep colours, leave the text on the screen: unless the user has a wish.
    Environment.setDefault("LESS", "FRX")
    let words = ["sh", "-c", command]
    let arguments = words.map { strdup($0) } + [nil]
    defer { for text in arguments { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, Environment.variables())
    return code == 0 ? process : nil
  }

  /// Hands bytes to the pager.
  ///
  /// - Throws: The system's error; `Errno.brokenPipe` where the pager has ended.
  mutating func write(_ bytes: [UInt8]) throws(Errno) {
    unread?.append(contentsOf: bytes)
    try input.write(whole: bytes)
    if let count = unread?.count, count > Self.capacity { unread = nil }
  }

  /// Ends the pager's input and waits until its user leaves it.
  ///
  /// - Returns: What was written, if the shell could not start the pager; else nil.
  func end() -> [UInt8]? {
    // What is not closed here is closed when the process ends, and nothing is lost either way.
    try? input.close()
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1, errno == EINTR {}
    // The statuses by which a shell says that it found no such command, or could not run it.
    let couldNotStart = [126, 127].contains(status >> 8) && status & 0x7f == 0
    return couldNotStart ? unread : nil
  }
}
