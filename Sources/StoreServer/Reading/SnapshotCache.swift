internal import HTTPServing
internal import ModuleStore
internal import Synchronization

/// The snapshots of the branches that are asked for, made anew when a branch has moved, whoever moved it.
final class SnapshotCache: Sendable {
  private let store: Store
  private let readers: StoreThreads
  private let state = Mutex(State())

  private struct State {
    var snapshots: [BranchName: BranchSnapshot] = [:]
    /// The snapshots that are being made.
    var readings: [BranchName: Task<BranchSnapshot, any Error>] = [:]
  }

  /// How many branches are kept; those beyond are dropped, and made again when they are asked for.
  private static let limit = 64

  init(_ store: Store, _ readers: StoreThreads) {
    self.store = store
    self.readers = readers
  }

  /// The branch as it stands now: nothing that was written before the call is missing.
  ///
  /// - Throws: `StoreError.branchNotFound`, and what reading it throws.
  func snapshot(of branch: BranchName) async throws -> BranchSnapshot {
    // The look at two files costs less than handing it to another thread.
    let stamp = try store.stamp(of: branch)
    if let known = state.withLock({ $0.snapshots[branch] }), known.isCurrent(stamp) { return known }
    let pending = state.withLock { $0.readings[branch] }
    // One that was begun before the call may lack what was written in between, unless the files say otherwise.
    if let pending, let snapshot = try? await pending.value, snapshot.isCurrent(stamp) { return snapshot }
    return try await reading(of: branch).value
  }

  /// Begins to read a branch.
  private func reading(of branch: BranchName) -> Task<BranchSnapshot, any Error> {
    state.withLock { state in
      let readers = readers
      let others =
        [state.snapshots[branch]].compactMap { $0 } + state.snapshots.values.filter { $0.branch != branch }
      // Not a child of the request that asks first: others wait for the same.
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
