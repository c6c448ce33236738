internal import HTTPServing
internal import ModuleStore
internal import Synchronization

/// A cache of the snapshots of branches.
///
/// A snapshot is rebuilt after its branch has changed, no matter which process changed it.
final class SnapshotCache: Sendable {
  private let store: Store
  private let readers: StoreThreads
  private let state = Mutex(State())

  private struct State {
    var snapshots: [BranchName: BranchSnapshot] = [:]
    /// The snapshots that are being read.
    var readings: [BranchName: Task<BranchSnapshot, any Error>] = [:]
  }

  /// The maximum number of cached branches. Further ones are dropped, and are re-read on request.
  private static let limit = 64

  init(_ store: Store, _ readers: StoreThreads) {
    self.store = store
    self.readers = readers
  }

  /// Returns the current snapshot of a branch.
  ///
  /// It contains everything that was written before the call.
  ///
  /// - Throws: `StoreError.branchNotFound`, and the errors of reading the branch.
  func snapshot(of branch: BranchName) async throws -> BranchSnapshot {
    // Checking two files takes less time than a switch to another thread.
    let stamp = try store.stamp(of: branch)
    if let known = state.withLock({ $0.snapshots[branch] }), known.isCurrent(stamp) { return known }
    let pending = state.withLock { $0.readings[branch] }
    // A read that began before the call may lack the latest changes, so its stamp is compared.
    if let pending, let snapshot = try? await pending.value, snapshot.isCurrent(stamp) { return snapshot }
    return try await reading(of: branch).value
  }

  /// Starts to read a branch.
  private func reading(of branch: BranchName) -> Task<BranchSnapshot, any Error> {
    state.withLock { state in
      let readers = readers
      let others =
        [state.snapshots[branch]].compactMap { $0 } + state.snapshots.values.filter { $0.branch != branch }
      // The task is not a child of the first request, because other requests wait for it too.
      let task = Task {
        do {
          let snapshot = try await readers.run(on: branch) { (session) throws(StoreError) in
            try session.snapshot(like: others)
          }
          keep(snapshot)
          return snapshot
        } catch {
          self.state.withLock { state in
            state.readings[branch] = nil
            state.snapshots[branch] = nil
          }
          throw error
        }
      }
      state.readings[branch] = task
      return task
    }
  }

  private func keep(_ snapshot: BranchSnapshot) {
    state.withLock { state in
      state.readings[snapshot.branch] = nil
      state.snapshots[snapshot.branch] = snapshot
      while state.snapshots.count > SnapshotCache.limit,
        let other = state.snapshots.keys.first(where: { $0 != snapshot.branch })
      {
        state.snapshots[other] = nil
      }
    }
  }
}
