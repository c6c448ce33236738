internal import Glibc
internal import ModuleStore
internal import Synchronization

/// What SIGINT and SIGTERM do: the first one asks the work at hand to end, which then removes what it has begun; the
/// second one of the same kind ends the process at once, as if nobody had asked to be told.
enum Interruption {
  /// Cancelled by the first signal.
  static let cancellation = Cancellation()
  /// The signal that came; 0 while none has.
  private static let received = Atomic<Int32>(0)

  /// The exit status of a process that ended because of a signal; nil where none came.
  static var exitStatus: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : 128 + number
  }

  /// Begins to heed the signals. One that the parent has the process ignore stays ignored, as `nohup` and a shell's
  /// background jobs want it.
  static func begin() {
    // Made before a handler can ask for it: a handler must not wait for another thread to make it.
    _ = (cancellation, exitStatus)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      Interruption.received.store(number, ordering: .relaxed)
      Interruption.cancellation.cancel()
    }
    // Once only, and without starting again the call that it interrupted.
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    for number in [SIGINT, SIGTERM] {
      var present = sigaction()
      guard sigaction(number, nil, &present) == 0 else { continue }
      let isIgnored = unsafeBitCast(present.__sigaction_handler.sa_handler, to: Int.self) == 1
      if !isIgnored { sigaction(number, &action, nil) }
    }
  }
}
