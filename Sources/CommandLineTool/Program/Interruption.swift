internal import Glibc
internal import ModuleStore
internal import Synchronization

/// The handling of SIGINT and SIGTERM: the first signal cancels the present work, which then removes its temporary
/// data; the second one of the same kind ends the process at once, by the default action.
enum Interruption {
  /// Cancelled by the first signal.
  static let cancellation = Cancellation()
  /// The received signal; 0 if there was none.
  private static let received = Atomic<Int32>(0)

  /// The exit status of a process that ended because of a signal; nil if there was none.
  static var exitStatus: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : 128 + number
  }

  /// Installs the handlers. A signal that the parent set to be ignored stays ignored, as needed for `nohup` and
  /// background jobs of a shell.
  static func begin() {
    // Initialised before a handler can use it: a handler must not wait for another thread that initialises it.
    _ = (cancellation, exitStatus)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      Interruption.received.store(number, ordering: .relaxed)
      Interruption.cancellation.cancel()
    }
    // The handler runs once only, and the interrupted call is not restarted.
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    for number in [SIGINT, SIGTERM] {
      var present = sigaction()
      guard sigaction(number, nil, &present) == 0 else { continue }
      let isIgnored = unsafeBitCast(present.__sigaction_handler.sa_handler, to: Int.self) == 1
      if !isIgnored { sigaction(number, &action, nil) }
    }
  }
}
