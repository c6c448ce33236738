internal import HTTPServing
internal import ModuleStore
internal import Synchronization

/// The store that a server serves, with its threads and caches.
final class ServedStore: Sendable {
  let store: Store
  let settings: ServerSettings
  /// The threads for read operations.
  let readers: StoreThreads
  /// The threads for pages. Pages may take long, and must not block other readers.
  let viewers: StoreThreads
  /// The thread for write operations, which run one after the other.
  let writer: StoreThreads
  /// The thread for garbage collection, which may take long.
  let collector: StoreThreads
  let modules = ModuleCache()
  let uploads = UploadLimiter()
  let metrics = Metrics()
  let monitor: BranchMonitor
  private let snapshots: SnapshotCache
  /// The branch that a client or the settings chose as the default.
  private let chosenBranch: Mutex<BranchName?>
  /// The branch that HEAD names, and the stamp of HEAD when it was read.
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

  /// The branch of requests that name none.
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

  /// Sets the default branch until the server stops.
  func choose(_ branch: BranchName) { chosenBranch.withLock { $0 = branch } }

  /// Returns the current snapshot of a branch.
  ///
  /// - Throws: `StoreError.branchNotFound` for a missing branch, except for the branch that HEAD names.
  func snapshot(of branch: BranchName) async throws -> BranchSnapshot {
    try await snapshots.snapshot(of: branch)
  }

  /// Stops the threads after their queued work.
  func end() async throws {
    try await monitor.end()
    for threads in [readers, viewers, writer, collector] { try await threads.end() }
  }
}
