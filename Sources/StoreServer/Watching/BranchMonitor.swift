internal import FileSystem
internal import ModuleStore
internal import NIOPosix
internal import Synchronization
internal import SystemPackage

/// Wakes the followers of a branch when the branch may have changed, no matter which process changed it.
final class BranchMonitor: Sendable {
  /// The notifications to a follower that a branch may have changed.
  typealias Notifications = AsyncStream<Void>

  private struct Follower {
    let branch: BranchName
    let continuation: Notifications.Continuation
  }

  private struct State {
    var followers: [Int: Follower] = [:]
    var lastNumber = 0
    /// The stamps of the branches at the last check.
    var stamps: [BranchName: BranchStamp] = [:]
    var hasEnded = false
  }

  private let store: Store
  private let pool = NIOThreadPool(numberOfThreads: 1)
  private let state = Mutex(State())

  /// Starts the thread that watches the files.
  init(_ store: Store) {
    self.store = store
    pool.start()
    pool.submit { [self] _ in watch() }
  }

  /// Adds a follower.
  ///
  /// It is woken at once, and whenever the branch may have changed, until it drops the stream.
  func follow(_ branch: BranchName) -> Notifications {
    // Several pending notifications are equivalent to one.
    let (notifications, continuation) = Notifications.makeStream(bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.lastNumber += 1
      state.followers[state.lastNumber] = Follower(branch: branch, continuation: continuation)
      // The stamp from before the follower was added must not hide a change from it.
      state.stamps[branch] = nil
      return state.lastNumber
    }
    continuation.onTermination = { [self] _ in state.withLock { $0.followers[number] = nil } }
    continuation.yield()
    return notifications
  }

  /// Stops the thread and ends all streams, within a second.
  func end() async throws {
    state.withLock { state in
      state.hasEnded = true
      for follower in state.followers.values { follower.continuation.finish() }
    }
    try await pool.shutdownGracefully()
  }

  /// Checks the branches whenever the entries of their folders change.
  private func watch() {
    let folders = FolderWatch()
    while !state.withLock({ $0.hasEnded }) {
      watchFolders(folders)
      wakeFollowers()
      _ = folders.wait()
    }
  }

  /// Watches the folders with the files of branches, and the folder of `packed-refs`.
  private func watchFolders(_ folders: FolderWatch) {
    folders.watch(store.root, for: .replacements)
    let heads = store.root.appending("refs").appending("heads")
    folders.watch(heads)
    // A folder that disappears or cannot be read is tried again in the next round.
    walk(heads, unreadable: { (_, _) in }) { entry in
      if entry.kind == .directory { folders.watch(entry.path) }
      return entry.kind == .directory
    }
  }

  private func wakeFollowers() {
    let branches = state.withLock { Set($0.followers.values.map(\.branch)) }
    var stamps: [BranchName: BranchStamp] = [:]
    // A branch without a stamp is treated as changed.
    for branch in branches { stamps[branch] = try? store.stamp(of: branch) }
    state.withLock { state in
      for follower in state.followers.values {
        let stamp = stamps[follower.branch]
        if stamp == nil || stamp?.isSettled == false || stamp != state.stamps[follower.branch] {
          follower.continuation.yield()
        }
      }
      state.stamps = stamps
    }
  }
}
