internal import Glibc
internal import SystemPackage

/// A program such as `less` that shows our output page by page.
struct Pager: Sendable {
  /// Where to write what is to be shown.
  let input: FileDescriptor
  private let process: pid_t

  /// Starts a shell command; nil where that is impossible, so that the output goes out unpaged.
  init?(_ command: String) {
    guard let pipe = try? FileDescriptor.pipe() else { return nil }
    _ = fcntl(pipe.writeEnd.rawValue, F_SETFD, FD_CLOEXEC)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipe.readEnd.rawValue, STDIN_FILENO)
    posix_spawn_file_actions_addclose(&actions, pipe.readEnd.rawValue)
    // Quit if it fits on one page, keep colours, leave the text on the screen: unless the user has a wish.
    let words = ["sh", "-c", command]
    let variables = Environment.inherited(withDefault: "LESS", "FRX")
    let arguments = words.map { strdup($0) } + [nil]
    let environment = variables.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", &actions, nil, arguments, environment) == 0 else { return nil }
    try? pipe.readEnd.close()
    // The pager alone answers to Ctrl-C; we end when it does.
    signal(SIGINT, SIG_IGN)
    self.process = process
    input = pipe.writeEnd
  }

  /// Ends the pager's input and waits until its user leaves it.
  func wait() {
    try? input.close()
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1, errno == EINTR {}
  }
}
