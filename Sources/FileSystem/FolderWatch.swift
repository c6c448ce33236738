internal import Glibc
package import SystemPackage

/// Wakes a thread when the names in some folders change, no matter which process changes them (inotify).
///
/// If the system has no instance or watch left (`fs.inotify`), the thread wakes ten times a second instead.
package final class FolderWatch {
  /// Nil if the system has no instance left.
  private let instance: FileDescriptor?
  /// Whether all changes of the folders are reported.
  private var isComplete: Bool

  /// The changes of a folder that are reported.
  package enum Interest: Sendable {
    /// A name was created, removed, or written.
    case names
    /// Something was moved to a name, as when a file is replaced, or was removed.
    case replacements
  }

  /// Why a wait ended.
  package enum Waking: Sendable {
    /// Something changed.
    case change
    /// A signal came, or enough time has passed to check again.
    case pause
    /// The reader of the output has closed it.
    case readerGone
  }

  /// The longest wait. It bounds the delay of a signal that comes just before a wait, and is the interval for
  /// checking a file system that does not report changes by other machines.
  private static let turn: Int32 = 1_000
  /// The longest wait if changes are not reported.
  private static let pollingTurn: Int32 = 100

  /// Creates an object that watches no folder yet.
  ///
  /// - Parameter isPolling: Whether to work without inotify, as on a system that has none.
  package init(polling isPolling: Bool = false) {
    let raw = isPolling ? -1 : inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
    instance = raw < 0 ? nil : FileDescriptor(rawValue: raw)
    isComplete = raw >= 0
  }

  deinit {
    if let instance { _ = Glibc.close(instance.rawValue) }
  }

  /// Watches a folder, which may be watched already; returns whether it exists. Changes after this call are reported.
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

  /// Waits until something has changed in the folders since the last wait, or a signal came, for at most a second.
  ///
  /// - Parameter output: An open file; the wait also ends when its reader has closed it.
  /// - Returns: Why the wait ended.
  package func wait(whileRead output: FileDescriptor? = nil) -> Waking {
    // A negative descriptor is ignored.
    var requests = [
      pollfd(fd: instance?.rawValue ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: output?.rawValue ?? -1, events: 0, revents: 0),
    ]
    // After any failure, the caller checks for changes next.
    guard poll(&requests, 2, isComplete ? FolderWatch.turn : FolderWatch.pollingTurn) > 0 else {
      return .pause
    }
    if requests[1].revents != 0 { return .readerGone }
    drain()
    return .change
  }

  /// Reads the pending events; it only matters that something changed.
  private func drain() {
    guard let instance else { return }
    var events = [UInt8](repeating: 0, count: 4_096)
    while events.withUnsafeMutableBytes({ Glibc.read(instance.rawValue, $0.baseAddress, $0.count) }) > 0 {}
  }
}
