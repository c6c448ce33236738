public import Identifiers
internal import SystemPackage

/// What makes a shallow clone: history that ends at commits whose parents are not there.
///
/// Source: gitrepository-layout, `shallow`: an id a line. libgit2 1.5 does not read that file.
extension Repository {
  /// The commits at which history ends although they have parents; none in a whole repository.
  ///
  /// - Throws: `GitError` with `.system` where the file cannot be read, `.damaged` for a line that is no id.
  public func boundary() throws(GitError) -> Set<ObjectID> {
    if let knownBoundary { return knownBoundary }
    var boundary: Set<ObjectID> = []
    if let file = try OpenFile(reading: path.appending("shallow")) {
      for line in try file.bytes(at: 0, count: try file.size()).split(separator: 0x0a) {
        guard let id = ObjectID(hexadecimalDigits: line) else {
          throw GitError(.damaged, "\(file.path) has a line that is no commit's id")
        }
        boundary.insert(id)
      }
    }
    knownBoundary = boundary
    return boundary
  }

  /// Whether the repository is a shallow clone.
  public var isShallow: Bool {
    get throws(GitError) { try !boundary().isEmpty }
  }

  /// Tells whether history ends with a commit although it has parents.
  func endsHistory(_ id: ObjectID) throws(GitError) -> Bool {
    guard try boundary().contains(id) else { return false }
    reachedBoundary(id)
    return true
  }

  /// Visits all commits before their parents, of those whose children were visited the newest first.
  func walkShallowTopologically(
    from starts: [ObjectID], _ body: (ObjectID) throws(GitError) -> Bool
  ) throws(GitError) {
    var childCounts: [ObjectID: Int] = [:]
    try walk(from: starts) { (id) throws(GitError) in
      for parent in try parents(id) { childCounts[parent, default: 0] += 1 }
      return true
    }
    var queue = CommitQueue()
    for start in Set(starts) where childCounts[start] == nil { queue.insert(start, time: try time(start)) }
    while let id = queue.removeNewest() {
      guard try body(id) else { return }
      for parent in try parents(id) {
        guard let count = childCounts[parent] else { continue }
        childCounts[parent] = count - 1
        if count == 1 { queue.insert(parent, time: try time(parent)) }
      }
    }
  }

  /// Tells whether a walk from `starts` comes to `commit`.
  func isShallowlyReachable(_ commit: ObjectID, from starts: [ObjectID]) throws(GitError) -> Bool {
    var isFound = false
    try walk(from: starts) { (id) throws(GitError) in
      isFound = id == commit
      return !isFound
    }
    return isFound
  }

  /// The common ancestors of a commit and of any of the others that are no ancestors of another, the newest first.
  func shallowMergeBases(_ first: ObjectID, _ others: [ObjectID]) throws(GitError) -> [ObjectID] {
    var ours: Set<ObjectID> = []
    try walk(from: [first]) { (id) throws(GitError) in
      ours.insert(id)
      return true
    }
    var common: [ObjectID] = []
    try walk(from: others) { (id) throws(GitError) in
      if ours.contains(id) { common.append(id) }
      return true
    }
    var inner: Set<ObjectID> = []
    for id in common { inner.formUnion(try parents(id)) }
    // Whoever is not the parent of a common ancestor is the ancestor of none.
    return common.filter { !inner.contains($0) }
  }
}
