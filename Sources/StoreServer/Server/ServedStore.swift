internal import HTTPServing
internal import ModuleStore
internal import Synchronization

/// The store that a server serves: threads that work on it, and what is kept in memory of its branches.
final class ServedStore: Sendable {
  let store: Store
  let settings: ServerSettings
  /// Threads for what only reads.
  let readers: StoreThreads
  /// Threads for pages, which may take long to put together and keep no other reader waiting.
  let viewers: StoreThreads
  /// The thread that writes; whoever writes comes after the one before.
  let writer: StoreThreads
  /// The thread that collects garbage, which may take long.
  let collector: StoreThreads
  let modules = ModuleCache()
  let uploads = UploadTurns()
  let metrics = Metrics()
  let monitor: BranchMonitor
  private let snapshots: SnapshotCache
  /// The branch that a client chose as the default.
  private let chosenBranch: Mutex<BranchName?>
  /// The branch that HEAD names, and what HEAD looked like when that was read.
  private let head = Mutex<(branch: BranchName, stamp: BranchStamp)?>(nil)

  private static let readerCount = 4
  private static let viewerCount = 2

  init(_ store: Store, _ settings: ServerSettings) {
    self.store = store
    self.settings = settings
    readers = StoreThreads(store, count: ServedStore.readerCount, settings.work)
    viewers = StoreThreads(store, count: ServedStore.viewerCount, settings.work)
    writer = StoreThreads(store, count: 1, settings.work)
    collector = StoreThreads(store, count: 1, settings.work)
    snapshots = SnapshotCache(store, readers)
    monitor = BranchMonitor(store)
    chosenBranch = Mutex(settings.branch)
  }

  /// The branch that requests use which name none.
  var defaultBranch: BranchName {
    get async throws {
      if let chosen = chosenBranch.withLock({ $0 }) { return chosen }
      let stamp = try store.stampOfHead()
      if let known = head.withLock({ $0 }), known.stamp == stamp, stamp.isSettled { return known.branch }
      let branch = try await readers.run { (session) throws(StoreError) in session.defaultBranch }
      head.withLock { $0 = (branch, stamp) }
      return branch
    }
  }

  /// Lets requests that name no branch use another one, until the server ends.
  func choose(_ branch: BranchName) { chosenBranch.withLock { $0 = branch } }

  /// The branch as it stands now.
  ///
  /// - Throws: `StoreError.branchNotFound` for a missing branch other than the one that HEAD names.
  func snapshot(of branch: BranchName) async throws -> BranchSnapshot {
    try await snapshots.snapshot(of: branch)
  }

  /// Ends the threads, after what they were given to do.
  func end() async throws {
    try await monitor.end()
    for threads in [readers, viewers, writer, collector] { try await threads.end() }
  }
}
