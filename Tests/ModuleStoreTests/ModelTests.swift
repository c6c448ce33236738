import Identifiers
import ModuleStore
import Support
import SystemPackage
import Testing
import Wasm

/// Random commands on a store and on a model of plain dictionaries must have the same results.
@Suite struct ModelTests {
  /// The number of steps of one run; all runs below have more than 2,000 steps together.
  static let steps = 350
  static let paths = [
    "a.wasm", "b.wasm", "dir/a.wasm", "dir/b.wasm", "dir/deep/c.wasm", "z.wasm", "z.wasm/y.wasm",
  ]
  static let branches = ["main", "dev", "test"]

  @Test(arguments: (0..<6).map { _ in UInt64.random(in: 0 ... .max) })
  func randomCommandsAgreeWithModel(seed: UInt64) throws {
    do {
      var run = try ModelRun(seed: seed)
      for _ in 0..<ModelTests.steps { try run.step() }
      try run.finish()
    } catch {
      Issue.record("seed \(seed): \(error)")
    }
  }
}

/// One random run.
struct ModelRun {
  let store: TestStore
  var model = StoreModel()
  var generator: Generator
  let seed: UInt64
  var digests: [Int: ModuleDigest] = [:]
  var operations: [(branch: String, before: String?, after: String?)] = []
  /// Plain git's merges, created at the first merge.
  var git: GitMerge?

  init(seed: UInt64) throws {
    self.seed = seed
    generator = Generator(seed: seed)
    store = try TestStore()
  }

  mutating func step() throws {
    let branch = pick(ModelTests.branches)
    switch Int.random(in: 0..<24, using: &generator) {
    case 0..<7: try add(on: branch)
    case 7..<9: try remove(on: branch)
    case 9: try set(on: branch)
    case 10..<12: try restorePath(on: branch)
    case 12: try restoreBranch(branch)
    case 13..<15: try rollback(on: branch)
    case 15: try undo()
    case 16..<19: try merge(into: branch)
    case 19..<22: try crossMerge(branch)
    case 22: try createBranch(branch)
    default: try restart()
    }
    try compare(branch)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &generator)]
  }

  private mutating func add(on branch: String) throws {
    let path = pick(ModelTests.paths)
    let content = Int.random(in: 0..<8, using: &generator)
    let before = model.heads[branch]
    guard !clashes(path, with: model.tree(branch)) else {
      #expect(throws: StoreError.self, "seed \(seed)") {
        try store.add("content \(content)", at: path, branch: branch)
      }
      return
    }
    let result = try store.add("content \(content)", at: path, branch: branch)
    digests[content] = result.modules[0].digest
    var tree = model.tree(branch)
    let isChange = tree[path] != result.modules[0].digest
    #expect(isChange == (result.commit != nil), "seed \(seed)")
    tree[path] = result.modules[0].digest
    note(result.commit, tree: tree, on: branch, before: before)
  }

  private mutating func remove(on branch: String) throws {
    guard let before = model.heads[branch] else { return }
    let target = pick(ModelTests.paths + ["dir"])
    var tree = model.tree(branch)
    let victims = tree.keys.filter { $0 == target || $0.hasPrefix(target + "/") }
    let opened = try store.open(branch: branch)
    guard !victims.isEmpty else {
      #expect(throws: StoreError.self) { try opened.remove([target]) }
      return
    }
    for victim in victims { tree[victim] = nil }
    note(try opened.remove([target]).commit, tree: tree, on: branch, before: before)
  }

  private mutating func set(on branch: String) throws {
    guard let before = model.heads[branch] else { return }
    let content = Int.random(in: 0..<8, using: &generator)
    guard let digest = digests[content] else { return }
    let isReachable = model.heads.values.contains { reaches(model.nodes[$0], digest) }
    guard isReachable else { return }
    let path = pick(ModelTests.paths)
    var tree = model.tree(branch)
    let opened = try store.open(branch: branch)
    guard !clashes(path, with: tree) else {
      #expect(throws: StoreError.self, "seed \(seed)") { try opened.set(digest.hex, at: ModulePath(path)) }
      return
    }
    tree[path] = digest
    let result = try opened.set(digest.hex, at: ModulePath(path))
    note(result.commit, tree: tree, on: branch, before: before)
  }

  /// Whether there is a file in the place of a directory, or the reverse.
  private func clashes(_ path: String, with tree: StoreModel.Tree) -> Bool {
    tree.keys.contains { $0.hasPrefix(path + "/") || path.hasPrefix($0 + "/") }
  }

  private func reaches(_ node: StoreModel.Node?, _ digest: ModuleDigest) -> Bool {
    var node = node
    while let current = node {
      if current.tree.values.contains(digest) { return true }
      node = current.parent
    }
    return false
  }

  private mutating func restorePath(on branch: String) throws {
    guard let before = model.heads[branch], let source = pick(Array(model.nodes.keys).sorted()) as String?,
      let node = model.nodes[source]
    else { return }
    let path = pick(ModelTests.paths)
    let opened = try store.open(branch: branch)
    let part = node.tree.filter { $0.key == path || $0.key.hasPrefix(path + "/") }
    var tree = model.tree(branch)
    // A path that the revision does not have is removed, if the branch has it.
    let isThere = tree.keys.contains { $0 == path || $0.hasPrefix(path + "/") }
    guard !part.isEmpty || isThere, !tree.keys.contains(where: { path.hasPrefix($0 + "/") }) else {
      #expect(throws: StoreError.self, "seed \(seed)") {
        try opened.restore(source, paths: [ModulePath(path)])
      }
      return
    }
    tree = tree.filter { $0.key != path && !$0.key.hasPrefix(path + "/") }
    tree.merge(part) { $1 }
    note(try opened.restore(source, paths: [ModulePath(path)]).commit, tree: tree, on: branch, before: before)
  }

  private mutating func restoreBranch(_ branch: String) throws {
    guard let before = model.heads[branch] else { return }
    let target = pick(model.nodes.keys.sorted())
    let result = try store.open(branch: branch).restore(target)
    #expect((result.commit == nil) == (before == target), "seed \(seed)")
    guard before != target else { return }
    model.heads[branch] = target
    operations.append((branch, before, target))
  }

  private mutating func rollback(on branch: String) throws {
    guard let before = model.heads[branch], let node = model.nodes[before] else { return }
    let opened = try store.open(branch: branch)
    guard let target = node.original.parent?.original else {
      #expect(throws: StoreError.nothingToRollBack(branch, available: 0)) { try opened.rollback() }
      return
    }
    let commit = try #require(try opened.rollback().commit)
    model.commit(commit, tree: target.tree, on: branch, rolledBackTo: target)
    operations.append((branch, before, commit.hex))
  }

  private mutating func undo() throws {
    guard let last = operations.last, model.heads[last.branch] == last.after else { return }
    let operation = try store.open().undo()
    #expect(operation.moves.first?.before == last.before, "seed \(seed)")
    model.heads[last.branch] = last.before
    operations.removeLast()
  }

  private mutating func createBranch(_ branch: String) throws {
    guard model.heads[branch] == nil, let head = model.heads["main"] else { return }
    try store.open().createBranch(BranchName(branch))
    model.heads[branch] = head
    operations.append((branch, nil, head))
  }

  /// Removes the catalog: every result must be the same without it.
  private mutating func restart() throws {
    try run(["sh", "-c", "rm -f '\(store.root)'/catalog-*"])
  }

  mutating func note(
    _ commit: CommitID?, tree: StoreModel.Tree, on branch: String, before: String?,
    merged: StoreModel.Node? = nil
  ) {
    guard let commit else { return }
    model.commit(commit, tree: tree, on: branch, merged: merged)
    operations.append((branch, before, commit.hex))
  }

  private func compare(_ branch: String) throws {
    guard model.heads[branch] != nil else { return }
    let opened = try store.open(branch: branch)
    let listed = try opened.list(ListRequest())
    let expected = model.tree(branch)
    #expect(
      Dictionary(uniqueKeysWithValues: listed.map { (String($0.path.spelled.dropFirst()), $0.digest) })
        == expected.mapValues { $0 }, "seed \(seed)")
    #expect(try opened.head()?.hex == model.heads[branch], "seed \(seed)")
    for path in ModelTests.paths {
      let versions = model.versions(of: path, on: branch)
      if versions.isEmpty {
        #expect(throws: StoreError.self, "seed \(seed)") { try opened.versions(of: ModulePath(path)) }
      } else {
        #expect(try opened.versions(of: ModulePath(path)).map(\.digest) == versions, "seed \(seed)")
      }
    }
    for digest in digests.values {
      #expect(try opened.contains(digest.hex) == expected.values.contains(digest), "seed \(seed)")
    }
  }

  /// The facts about every module, in an order that does not depend on the seed.
  private func inspect() throws -> [InspectedModule] {
    try model.heads.keys.sorted().flatMap { branch in
      try model.tree(branch).keys.sorted().map { try store.open(branch: branch).inspect($0) }
    }
  }

  /// All modules that the paths of every branch have had, with the newest commit that has each.
  private func searched() throws -> [[String]] {
    var request = SearchRequest()
    request.coversHistory = true
    request.exports = [GlobPattern("memor?")]
    return try model.heads.keys.sorted().map { branch in
      try store.open(branch: branch).search(request).map {
        "\($0.entry.path) \($0.entry.digest?.hex ?? "-") \($0.commit?.hex ?? "-")"
      }
    }
  }

  private func expectedSearch() -> [[String]] {
    model.heads.keys.sorted().map { branch in
      ModelTests.paths.sorted().flatMap { path in
        model.newestHolders(of: path, on: branch).map { "/\(path) \($0.digest.hex) \($0.commit)" }
      }
    }
  }

  mutating func finish() throws {
    let warm = try inspect()
    #expect(try searched() == expectedSearch(), "seed \(seed)")
    try restart()
    #expect(try searched() == expectedSearch(), "seed \(seed)")
    #expect(try inspect() == warm, "seed \(seed)")
    #expect(warm.allSatisfy { $0.description?.exports.count == 2 }, "seed \(seed)")
    try restart()
    try run(["mkdir", store.root.appending("catalog-1.db").string])
    #expect(try searched() == expectedSearch(), "without a catalog, seed \(seed)")
    #expect(try inspect() == warm, "without a catalog, seed \(seed)")
    try store.git("fsck", "--full", "--strict")
  }
}
