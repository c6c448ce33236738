internal import Git
internal import Identifiers

/// The objects reachable from references that have moved since a walk, from their old and new values.
struct FreshReach {
  private let session: StoreSession
  private var pending: [ObjectID] = []
  /// Objects that were reached, including the entries of trees.
  private(set) var ids = ObjectIDSet()

  init(_ session: StoreSession) { self.session = session }

  /// Continues the walk from the current values of references, until a deadline.
  ///
  /// - Parameters:
  ///   - live: The objects reached before.
  ///   - end: The deadline.
  /// - Returns: False if the walk is not finished.
  /// - Throws: `StoreError.damaged` if a needed object no longer exists.
  mutating func catchUp(
    with live: Reachability.Reached, until end: ContinuousClock.Instant
  ) throws(StoreError) -> Bool {
    let session = session
    let references = try translated { () throws(GitError) in
      try session.repository.references(withPrefix: "refs/")
    }
    let named = references.compactMap { reference in
      if case .object(let id) = reference.target { id } else { nil }
    }
    return try follow(named, with: live, until: end)
  }

  /// Walks from objects to those that were not reached before, until a deadline.
  ///
  /// - Returns: False if the walk is not finished.
  /// - Throws: `StoreError.damaged` if a needed object no longer exists.
  mutating func follow(
    _ objects: [ObjectID], with live: Reachability.Reached, until end: ContinuousClock.Instant? = nil
  ) throws(StoreError) -> Bool {
    for id in objects where !live.contains(id) && ids.insert(id) { pending.append(id) }
    while let id = pending.popLast() {
      for next in try links(of: id) where !live.contains(next.id) && ids.insert(next.id) {
        if next.isRead { pending.append(next.id) }
      }
      if let end, ContinuousClock.now >= end { return pending.isEmpty }
    }
    return true
  }

  private func links(of id: ObjectID) throws(StoreError) -> [(id: ObjectID, isRead: Bool)] {
    let repository = session.repository
    return try translated { () throws(GitError) in
      // A new object may be in a file that libgit2 has not listed yet.
      if !repository.contains(id) { try repository.refresh() }
      switch try repository.header(of: id).kind {
      case .commit:
        let commit = try repository.commit(id)
        return [(commit.tree, true)] + commit.parents.map { ($0, true) }
      case .tree:
        return try repository.tree(id).entries().compactMap { entry in
          entry.mode == .submodule ? nil : (entry.id, entry.mode == .directory)
        }
      case .tag: return try repository.tagTarget(id).map { [($0, true)] } ?? []
      case .blob: return []
      }
    }
  }
}
