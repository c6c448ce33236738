internal import FileSystem
public import Identifiers

extension ObjectInventory {
  /// Walks from some objects to everything reachable from them: the parents and trees of commits, the entries of
  /// trees, the targets of tags. Blobs are not read, and commits of submodules are ignored.
  ///
  /// Commits are read one after the other, because each names the next; trees are read on all cores.
  ///
  /// - Parameters:
  ///   - starts: The first objects.
  ///   - known: Objects at which the walk stops.
  ///   - boundary: Commits whose parents are not followed.
  ///   - verifying: Whether the id of each object that is read is computed from its bytes.
  ///   - isWanted: Called repeatedly; false cancels the walk.
  ///   - progress: Receives the number of objects found so far; called often.
  /// - Returns: The objects found, without the known ones.
  /// - Throws: `system` if a file exists and cannot be read, `cancelled`.
  public func reached(
    from starts: some Sequence<ObjectID>, except known: ObjectIDSet = ObjectIDSet(),
    endingAt boundary: Set<ObjectID> = [], verifying: Bool = false,
    while isWanted: @Sendable () -> Bool = { true }, progress: (Int) -> Void = { _ in }
  ) throws(GitError) -> ReachedObjects {
    var walk = ObjectWalk(self, boundary: boundary, verifying: verifying)
    walk.reached.ids = known
    try walk.readCommits(from: Array(starts), isWanted, progress)
    try walk.readTrees(isWanted, progress)
    return walk.reached
  }
}

/// A running walk over objects.
private struct ObjectWalk {
  /// The objects found so far.
  var reached = ReachedObjects()
  private let inventory: ObjectInventory
  private let boundary: Set<ObjectID>
  private let verifying: Bool
  /// Trees that were found and are not read yet.
  private var pendingTrees: [ObjectID] = []

  /// The number of trees that a thread takes at a time.
  private static let shareCount = 32

  init(_ inventory: ObjectInventory, boundary: Set<ObjectID>, verifying: Bool) {
    self.inventory = inventory
    self.boundary = boundary
    self.verifying = verifying
  }

  /// Reads commits and tags, and collects the trees that they name.
  mutating func readCommits(
    from starts: [ObjectID], _ isWanted: () -> Bool, _ progress: (Int) -> Void
  ) throws(GitError) {
    var reader = try InventoryReader(inventory)
    var pending: [(id: ObjectID, kind: ObjectKind?)] = starts.reversed().map { ($0, nil) }
    while let next = pending.popLast() {
      guard reached.ids.insert(next.id) else { continue }
      try requireWanted(isWanted)
      do throws(GitError) {
        guard let object = try reader.object(next.id, verifying: verifying) else {
          reached.missing.append(MissingObject(id: next.id, kind: next.kind, problem: nil))
          continue
        }
        guard next.kind == nil || next.kind == object.kind else { throw next.id.mismatch(object.kind) }
        switch object.kind {
        case .commit:
          let commit = try ReachedCommit(next.id, object.bytes)
          reached.commits.append(commit)
          putDown(commit.tree)
          if !boundary.contains(next.id) { pending += commit.parents.reversed().map { ($0, .commit) } }
        case .tag:
          reached.tags.append(next.id)
          pending.append(try next.id.tagged(object.bytes))
        case .tree:
          pendingTrees.append(next.id)
        case .blob:
          reached.blobs.append(next.id)
        }
      } catch {
        try miss(next.id, next.kind, error)
      }
      if reached.commits.count % 1024 == 0 { progress(reached.ids.count) }
    }
  }

  private mutating func putDown(_ tree: ObjectID) {
    if reached.ids.insert(tree) { pendingTrees.append(tree) }
  }

  private mutating func miss(_ id: ObjectID, _ kind: ObjectKind?, _ error: GitError) throws(GitError) {
    guard error.isDamage else { throw error }
    reached.missing.append(MissingObject(id: id, kind: kind, problem: error.message))
  }

  /// The objects that a thread found in some trees.
  private struct Finds: Sendable {
    var trees: [ObjectID] = []
    var directories: [ObjectID] = []
    var blobs: [ObjectID] = []
    var missing: [MissingObject] = []
  }

  /// The state of a thread while it reads trees.
  private struct Worker: ~Copyable {
    var reader: InventoryReader
    /// The objects that this thread has found already. Other threads may find the same objects.
    var found = ObjectIDSet()
  }

  /// Reads the trees, then the trees in them, and so on.
  mutating func readTrees(
    _ isWanted: @Sendable () -> Bool, _ progress: (Int) -> Void
  ) throws(GitError) {
    while !pendingTrees.isEmpty {
      let round = pendingTrees
      pendingTrees = []
      let shares = (round.count + ObjectWalk.shareCount - 1) / ObjectWalk.shareCount
      let (known, inventory, verifying) = (reached.ids, inventory, verifying)
      let finds = try inParallel(
        shares, workers: availableCores(), check: { () throws(GitError) in try requireWanted(isWanted) },
        begin: { () throws(GitError) in Worker(reader: try InventoryReader(inventory)) },
        end: { (_: consuming Worker) throws(GitError) in }
      ) { (share, worker: inout Worker) throws(GitError) -> Finds in
        var finds = Finds()
        for tree in round[(share * ObjectWalk.shareCount)...].prefix(ObjectWalk.shareCount) {
          try ObjectWalk.read(tree, known: known, verifying: verifying, &worker, &finds)
        }
        return finds
      }
      for find in finds { try take(find) }
      progress(reached.ids.count)
    }
  }

  private mutating func take(_ finds: Finds) throws(GitError) {
    reached.trees += finds.trees
    reached.missing += finds.missing
    for directory in finds.directories { putDown(directory) }
    for blob in finds.blobs where reached.ids.insert(blob) {
      if try inventory.finds(blob) {
        reached.blobs.append(blob)
      } else {
        reached.missing.append(MissingObject(id: blob, kind: .blob, problem: nil))
      }
    }
  }

  private static func read(
    _ id: ObjectID, known: ObjectIDSet, verifying: Bool, _ worker: inout Worker, _ finds: inout Finds
  ) throws(GitError) {
    do throws(GitError) {
      guard let object = try worker.reader.object(id, verifying: verifying) else {
        finds.missing.append(MissingObject(id: id, kind: .tree, problem: nil))
        return
      }
      guard object.kind == .tree else { throw id.mismatch(object.kind) }
      try Tree(bytes: object.bytes).forEachLink { mode, link in
        guard mode != .submodule, !known.contains(link), worker.found.insert(link) else { return }
        if mode == .directory { finds.directories.append(link) } else { finds.blobs.append(link) }
      }
      finds.trees.append(id)
    } catch {
      guard error.isDamage else { throw error }
      finds.missing.append(MissingObject(id: id, kind: .tree, problem: error.message))
    }
  }
}

/// Ends work that is no longer wanted.
private func requireWanted(_ isWanted: () -> Bool) throws(GitError) {
  if !isWanted() { throw GitError(.cancelled, "interrupted") }
}

extension ReachedCommit {
  /// Reads which objects a commit names.
  ///
  /// - Throws: `damaged` if it has no tree.
  fileprivate init(_ id: ObjectID, _ bytes: [UInt8]) throws(GitError) {
    let text = ObjectText(bytes)
    guard let tree = text.id("tree") else { throw GitError(.damaged, "object \(id): it has no tree") }
    self.init(id: id, tree: tree, parents: text.ids("parent"))
  }
}

extension ObjectID {
  /// The target of a tag object.
  fileprivate func tagged(_ bytes: [UInt8]) throws(GitError) -> (id: ObjectID, kind: ObjectKind?) {
    guard let id = ObjectText(bytes).id("object") else {
      throw GitError(.damaged, "object \(self): it has no object")
    }
    return (id, nil)
  }

  fileprivate func mismatch(_ kind: ObjectKind) -> GitError {
    GitError(.damaged, "object \(self): it is \(kind == .commit ? "a commit" : "a \(kind.name)")")
  }
}
