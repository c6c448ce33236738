internal import Glibc
internal import SystemPackage

/// A child process that reads our output.
struct ChildProcess: Sendable {
  private let input: FileDescriptor
  private let id: pid_t

  /// How a process ended.
  enum End: Hashable, Sendable {
    case status(Int32)
    case signal(Int32)
  }

  /// Starts a program, with our standard output and environment.
  ///
  /// - Parameters:
  ///   - program: Its file, or a name to search in `PATH`.
  ///   - words: Its arguments; the first is its own name.
  /// - Throws: The reason why it cannot be started.
  init(_ program: String, _ words: [String]) throws(Errno) {
    let pipe: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
    do { pipe = try FileDescriptor.pipe() } catch { throw (error as? Errno) ?? .ioError }
    // If closing fails, the end of the process closes it; nothing is lost either way.
    defer { try? pipe.readEnd.close() }
    _ = fcntl(pipe.writeEnd.rawValue, F_SETFD, FD_CLOEXEC)
    do throws(Errno) {
      id = try ChildProcess.start(program, words, readingFrom: pipe.readEnd)
    } catch {
      try? pipe.writeEnd.close()
      throw error
    }
    input = pipe.writeEnd
  }

  private static func start(
    _ program: String, _ words: [String], readingFrom input: FileDescriptor
  ) throws(Errno) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.rawValue, STDIN_FILENO)
    posix_spawn_file_actions_addclose(&actions, input.rawValue)
    // Signals that we ignore must still end the child process.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in Program.ignoredSignals { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let arguments = words.map { strdup($0) } + [nil]
    defer { for text in arguments { free(text) } }
    var id: pid_t = 0
    let code = posix_spawnp(&id, program, &actions, &attributes, arguments, Environment.variables())
    guard code == 0 else { throw Errno(rawValue: code) }
    return id
  }

  /// Writes bytes to the process.
  ///
  /// - Throws: The system's error; `Errno.brokenPipe` if the process has ended or reads no more.
  func write(_ bytes: [UInt8]) throws(Errno) { try input.write(whole: bytes) }

  /// Closes the process's input and waits until it ends.
  func end() -> End {
    try? input.close()
    var status: Int32 = 0
    while waitpid(id, &status, 0) == -1, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? .status(status >> 8 & 0xff) : .signal(signal)
  }
}
