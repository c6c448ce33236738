internal import FileSystem
internal import ModuleStore
internal import NIOPosix
internal import Synchronization
internal import SystemPackage

/// Wakes whoever follows a branch when that may have moved, whichever process moved it.
final class BranchMonitor: Sendable {
  /// What wakes a follower.
  typealias Wakings = AsyncStream<Void>

  private struct Follower {
    let branch: BranchName
    let wake: Wakings.Continuation
  }

  private struct State {
    var followers: [Int: Follower] = [:]
    var lastNumber = 0
    /// What the files of the branches looked like at the last look.
    var stamps: [BranchName: BranchStamp] = [:]
    var hasEnded = false
  }

  private let store: Store
  private let pool = NIOThreadPool(numberOfThreads: 1)
  private let state = Mutex(State())

  /// Starts the thread that looks.
  init(_ store: Store) {
    self.store = store
    pool.start()
    pool.submit { [self] _ in watch() }
  }

  /// Begins to wake a follower: at once, and whenever the branch may have moved, until the stream is dropped.
  func follow(_ branch: BranchName) -> Wakings {
    // Several wakings that nobody has heeded are as good as one.
    let (wakings, wake) = Wakings.makeStream(bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.lastNumber += 1
      state.followers[state.lastNumber] = Follower(branch: branch, wake: wake)
      // What was seen before the follower came is nothing to it.
      state.stamps[branch] = nil
      return state.lastNumber
    }
    wake.onTermination = { [self] _ in state.withLock { $0.followers[number] = nil } }
    wake.yield()
    return wakings
  }

  /// Ends the thread and all streams, within a second.
  func end() async throws {
    state.withLock { state in
      state.hasEnded = true
      for follower in state.followers.values { follower.wake.finish() }
    }
    try await pool.shutdownGracefully()
  }

  /// Looks at the branches each time the names in their folders change.
  private func watch() {
    let folders = FolderWatch()
    while !state.withLock({ $0.hasEnded }) {
      watchFolders(folders)
      wakeFollowers()
      _ = folders.wait()
    }
  }

  /// Watches the folders in which files of branches are, and the one of packed references.
  private func watchFolders(_ folders: FolderWatch) {
    folders.watch(store.root, for: .replacements)
    let heads = store.root.appending("refs").appending("heads")
    folders.watch(heads)
    // A folder that vanishes meanwhile, or cannot be read, is looked for at the next turn.
    walk(heads, unreadable: { (_, _) in }) { entry in
      if entry.kind == .directory { folders.watch(entry.path) }
      return entry.kind == .directory
    }
  }

  private func wakeFollowers() {
    let branches = state.withLock { Set($0.followers.values.map(\.branch)) }
    var stamps: [BranchName: BranchStamp] = [:]
    // Without a stamp the branch counts as changed.
    for branch in branches { stamps[branch] = try? store.stamp(of: branch) }
    state.withLock { state in
      for follower in state.followers.values {
        let stamp = stamps[follower.branch]
        if stamp == nil || stamp?.isSettled == false || stamp != state.stamps[follower.branch] {
          follower.wake.yield()
        }
      }
      state.stamps = stamps
    }
  }
}
