public import Identifiers

/// The contents of a new pack, in the order in which they are written.
public struct PackPlan: Sendable {
  /// The objects, each once.
  public var objects: [ObjectID]
  /// Trees that are stored as deltas to another tree, which comes before them.
  var bases: [ObjectID: ObjectID] = [:]

  /// Plans to store all objects whole, and none as a delta.
  public init(_ objects: [ObjectID]) { self.objects = objects }

  /// Appends the contents of another plan.
  public mutating func append(_ other: PackPlan) {
    // The existing contents come first, so they cannot depend on later ones.
    let present = ObjectIDSet(objects)
    objects += other.objects.filter { !present.contains($0) }
    for (tree, base) in other.bases where !present.contains(tree) { bases[tree] = base }
  }

  /// Removes all objects except the given ones.
  public mutating func keepOnly(_ wanted: ObjectIDSet) {
    objects.removeAll { !wanted.contains($0) }
    bases = bases.filter { wanted.contains($0.key) && wanted.contains($0.value) }
  }
}

extension ObjectInventory {
  /// Sorts all reached objects in the order in which they are read: commits from newest to oldest, trees, tags,
  /// blobs. A tree is stored as a delta to the next newer tree of the same path, so that the newest trees are the
  /// fastest to read.
  ///
  /// - Parameters:
  ///   - reached: The reached objects.
  ///   - isWanted: Called repeatedly; false cancels the planning.
  /// - Returns: The plan, which is always the same for the same objects.
  /// - Throws: `damaged` if a tree is invalid, `system` if it cannot be read, `cancelled`.
  public func plan(
    for reached: ReachedObjects, while isWanted: () -> Bool = { true }
  ) throws(GitError) -> PackPlan {
    var chains = TreeChains(try InventoryReader(self))
    let trees = Dictionary(reached.commits.map { ($0.id, $0.tree) }, uniquingKeysWith: { first, _ in first })
    for commit in reached.commits {
      guard isWanted() else { throw GitError(.cancelled, "interrupted") }
      guard let parent = commit.parents.first, let before = trees[parent] else { continue }
      try chains.link(older: before, newer: commit.tree)
    }
    var plan = PackPlan(reached.commits.map(\.id))
    plan.bases = chains.bases
    plan.objects += chains.ordered(reached.trees.sorted())
    plan.objects += reached.tags.sorted() + reached.blobs.sorted()
    return plan
  }
}

/// Finds the base tree for trees that are stored as deltas.
private struct TreeChains: ~Copyable {
  private(set) var bases: [ObjectID: ObjectID] = [:]
  /// The length of the delta chain that ends at a tree.
  private var heights: [ObjectID: Int] = [:]
  private var reader: InventoryReader

  /// The maximum length of a chain, as in git.
  private static let longest = 50

  init(_ reader: consuming InventoryReader) { self.reader = reader }

  /// Links two trees of the same path, and those of their folders that are different.
  mutating func link(older: ObjectID, newer: ObjectID) throws(GitError) {
    var pending = [(older, newer)]
    while let (older, newer) = pending.popLast() {
      guard older != newer, bases[older] == nil else { continue }
      guard let left = try tree(older), let right = try tree(newer) else { continue }
      let differing = try Tree.differing(left, right)
      let names = Dictionary(
        differing.right.filter { $0.mode == .directory }.map { ($0.name, $0.id) },
        uniquingKeysWith: { first, _ in first })
      for entry in differing.left where entry.mode == .directory {
        if let id = names[entry.name] { pending.append((entry.id, id)) }
      }
      stack(older, on: newer)
    }
  }

  private mutating func stack(_ tree: ObjectID, on base: ObjectID) {
    var depth = 0
    var next: ObjectID? = base
    while let place = next {
      // If a tree occurs again later, it must not become its own base.
      if place == tree { return }
      depth += 1
      next = bases[place]
    }
    let height = heights[tree] ?? 0
    guard depth + height <= TreeChains.longest else { return }
    bases[tree] = base
    var reach = height
    next = base
    while let place = next {
      reach += 1
      heights[place] = max(heights[place] ?? 0, reach)
      next = bases[place]
    }
  }

  private mutating func tree(_ id: ObjectID) throws(GitError) -> Tree? {
    guard let object = try reader.object(id, verifying: false), object.kind == .tree else { return nil }
    return Tree(bytes: object.bytes)
  }

  /// The trees, each after its base.
  func ordered(_ trees: [ObjectID]) -> [ObjectID] {
    let present = ObjectIDSet(trees)
    var placed = ObjectIDSet(minimumCapacity: trees.count)
    var ordered: [ObjectID] = []
    ordered.reserveCapacity(trees.count)
    for tree in trees {
      var chain: [ObjectID] = []
      var next: ObjectID? = tree
      while let place = next, present.contains(place), !placed.contains(place) {
        chain.append(place)
        next = bases[place]
      }
      for place in chain.reversed() where placed.insert(place) { ordered.append(place) }
    }
    return ordered
  }
}
