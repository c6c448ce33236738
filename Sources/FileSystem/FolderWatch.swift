internal import Glibc
package import SystemPackage

/// Wakes a thread when the names in some folders change, whichever process changes them (inotify).
///
/// Where the system has no instance or watch left (`fs.inotify`), the thread wakes ten times a second instead.
package final class FolderWatch {
  /// Nil where the system gives no instance.
  private let instance: FileDescriptor?
  /// Whether each change of the folders is told.
  private var isComplete: Bool

  /// What is told of a folder.
  package enum Interest: Sendable {
    /// That a name came, went, or was written.
    case names
    /// That something was moved to a name, as a file is that is replaced, or went.
    case replacements
  }

  /// Why a wait ended.
  package enum Waking: Sendable {
    /// Something changed.
    case change
    /// A signal came, or so much time has passed that it is worth a look.
    case pause
    /// Nobody reads what is written to the open file any more.
    case readerGone
  }

  /// The longest wait. It ends a wait that began just after a signal came, and is how often a file system is looked at
  /// that does not tell what other machines change.
  private static let turn: Int32 = 1_000
  /// The longest wait where changes are not told.
  private static let pollingTurn: Int32 = 100

  /// Watches no folder yet.
  ///
  /// - Parameter isPolling: Whether to do without inotify, as where there is none.
  package init(polling isPolling: Bool = false) {
    let raw = isPolling ? -1 : inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
    instance = raw < 0 ? nil : FileDescriptor(rawValue: raw)
    isComplete = raw >= 0
  }

  deinit {
    if let instance { _ = Glibc.close(instance.rawValue) }
  }

  /// Watches a folder, which may be watched already; says whether it is there. What changes after this call is told.
  @discardableResult
  package func watch(_ folder: FilePath, for interest: Interest = .names) -> Bool {
    guard let instance else { return true }
    var mask = UInt32(IN_MOVED_TO) | UInt32(IN_MOVED_FROM) | UInt32(IN_DELETE) | UInt32(IN_ONLYDIR)
    if interest == .names { mask |= UInt32(IN_CREATE) | UInt32(IN_CLOSE_WRITE) }
    let status = folder.withPlatformString { inotify_add_watch(instance.rawValue, $0, mask) }
    if status >= 0 { return true }
    let reason = Errno(rawValue: errno)
    if reason == .noSuchFileOrDirectory || reason == .notDirectory { return false }
    isComplete = false
    return true
  }

  /// Waits until something changed in the folders since the last wait, or a signal came; a second at most.
  ///
  /// - Parameter output: An open file; the wait ends too when its reader has gone.
  /// - Returns: What ended it.
  package func wait(whileRead output: FileDescriptor? = nil) -> Waking {
    // A negative descriptor is passed over.
    var requests = [
      pollfd(fd: instance?.rawValue ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: output?.rawValue ?? -1, events: 0, revents: 0),
    ]
    // Whatever a failure is, whoever waits looks for changes next.
    guard poll(&requests, 2, isComplete ? FolderWatch.turn : FolderWatch.pollingTurn) > 0 else {
      return .pause
    }
    if requests[1].revents != 0 { return .readerGone }
    drain()
    return .change
  }

  /// Takes what was told so far: that something changed is all that matters.
  private func drain() {
    guard let instance else { return }
    var events = [UInt8](repeating: 0, count: 4_096)
    while events.withUnsafeMutableBytes({ Glibc.read(instance.rawValue, $0.baseAddress, $0.count) }) > 0 {}
  }
}
