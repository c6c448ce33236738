import Identifiers
import Support
import Testing

@testable import ModuleStore

@Suite("Snapshots of branches")
struct SnapshotTests {
  private let test: TestStore

  init() throws { test = try TestStore() }

  /// A path and the hash there, as texts.
  private struct Line: Hashable {
    let path: String
    let hash: String
  }

  private func lines(_ snapshot: BranchSnapshot, below prefix: String? = nil) throws -> [Line] {
    var lines: [Line] = []
    snapshot.forEachModule(below: try prefix.map { try ModulePath($0) }) { path, digest in
      lines.append(Line(path: String(decoding: path, as: UTF8.self), hash: digest.hex))
    }
    return lines
  }

  private func listed(_ session: StoreSession, below prefix: String? = nil) throws -> [Line] {
    var request = ListRequest()
    request.pattern = prefix
    return try session.list(request).map { entry in
      Line(path: entry.path.spelled, hash: try #require(entry.digest).hex)
    }
  }

  /// Checks that a snapshot gives the same results as the store.
  private func compare(
    _ snapshot: BranchSnapshot, _ session: StoreSession, _ paths: [String], _ comment: Comment
  ) throws {
    let expected = try listed(session)
    #expect(try lines(snapshot) == expected, comment)
    #expect(snapshot.count == expected.count, comment)
    #expect(snapshot.commit == (try session.head()), comment)
    for prefix in ["a", "dir", "dir/deep", "z.wasm", "missing"] {
      #expect(try lines(snapshot, below: prefix) == listed(session, below: prefix), comment)
    }
    for path in paths {
      let module = snapshot.module(at: try ModulePath(path))
      #expect(module?.digest.hex == expected.first { $0.path == "/" + path }?.hash, comment)
      guard let module else { continue }
      #expect(module == (try session.module(path)), comment)
      // A lookup by hash finds the first of its paths.
      let first = try #require(expected.first { $0.hash == module.digest.hex })
      #expect(snapshot.module(module.digest)?.path?.description == first.path, comment)
      let last = expected.last { $0.hash == module.digest.hex }
      let found = snapshot.module(module.digest) { $0.description == last?.path }
      #expect(found?.path?.description == last?.path, comment)
      #expect(snapshot.module(module.digest) { _ in false } == nil, comment)
    }
  }

  @Test(
    "random histories come to what the list has",
    arguments: (0..<3).map { _ in UInt64.random(in: 0 ... .max) })
  func randomHistories(seed: UInt64) throws {
    var generator = Generator(seed: seed)
    let paths = [
      "a", "b", "dir/a", "dir/b", "dir/deep/a", "dir/deep/b", "dir-a", "z.wasm", "z.wasm/y", "dir.a/x",
    ]
    let branches = ["main", "dev"]
    var kept: [BranchSnapshot] = []
    for step in 0..<60 {
      let branch = try #require(branches.randomElement(using: &generator))
      let path = try #require(paths.randomElement(using: &generator))
      let session = try test.open(branch: branch)
      do throws(StoreError) {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<6:
          let module = try session.receiveModule(named: "m")
          try module.append(WasmBuilder.sampleModule(text: "\(Int.random(in: 0..<5, using: &generator))"))
          let source = ModuleSource(.received(try module.finish()), path: try ModulePath(path))
          _ = try session.add(AddRequest([source]))
        case 6..<8: _ = try session.remove([path])
        case 8: _ = try session.rollback()
        default: _ = try session.merge(branch == "main" ? "dev" : "main")
        }
      } catch {
        // A failed command changes nothing.
      }
      guard (try? session.head()) != nil else { continue }
      let snapshot = try session.snapshot(like: kept)
      try compare(snapshot, session, paths, "step \(step), seed \(seed)")
      try compare(session.snapshot(), session, paths, "alone, step \(step), seed \(seed)")
      kept = Array((kept + [snapshot]).suffix(3))
    }
  }

  @Test("directories that stayed are shared")
  func sharing() throws {
    try test.add("0", at: "dir/deep/a")
    try test.add("1", at: "other/a")
    let before = try test.open().snapshot()
    try test.add("2", at: "dir/b")
    let after = try test.open().snapshot(like: [before])
    #expect(after.root !== before.root)
    #expect(after.root.directory(named: "other".utf8) === before.root.directory(named: "other".utf8))
    let (old, new) = (before.root.directory(named: "dir".utf8), after.root.directory(named: "dir".utf8))
    #expect(old !== new)
    #expect(old?.directory(named: "deep".utf8) === new?.directory(named: "deep".utf8))
    _ = try test.open().createBranch(BranchName("dev"))
    #expect(try test.open(branch: "dev").snapshot(like: [before, after]).root === after.root)
  }

  @Test("a branch without commits is empty, a missing one is not there")
  func empty() throws {
    let snapshot = try test.open().snapshot()
    #expect(snapshot.commit == nil)
    #expect(snapshot.count == 0)
    #expect(try lines(snapshot) == [])
    #expect(snapshot.module(at: try ModulePath("a")) == nil)
    let error = #expect(throws: StoreError.self) { try test.open(branch: "dev").snapshot() }
    guard case .branchNotFound = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("what foreign trees hold beside modules is passed over")
  func foreignContent() throws {
    try test.add("0", at: "dir/a")
    try test.git("worktree", "add", "--quiet", test.folder.path + "/tree", "-b", "dev")
    try run([
      "sh", "-c",
      """
      cd '\(test.folder.path)/tree' && cp dir/a dir/x && chmod +x dir/x && ln -s a dir/link && echo text > dir/text
      cp dir/a "$(printf 'dir/\\377')" && mkdir -p sub.git 'b c' && cp dir/a 'b c/ü' && head -c 9 dir/a > dir/broken
      git add . && git commit --quiet -m foreign
      """,
    ])
    let session = try test.open(branch: "dev")
    let paths = try listed(session).map(\.path)
    let snapshot = try session.snapshot()
    #expect(paths.contains("/b c/ü") && paths.contains("/dir/a"))
    // A path that breaks the rules cannot be looked up; all others are as in the list.
    #expect(try lines(snapshot) == listed(session).filter { (try? ModulePath($0.path)) != nil })
  }

  @Test("it is current until the branch moves")
  func current() throws {
    try test.add("0", at: "a")
    let store = try test.open().connection.store
    let main = try BranchName("main")
    let clock = ContinuousClock()
    let limit = clock.now + .seconds(10)
    var snapshot = try test.open().snapshot()
    // A snapshot that was read while the files were young is never current.
    while try !snapshot.isCurrent(store.stamp(of: main)), clock.now < limit {
      snapshot = try test.open().snapshot()
    }
    #expect(try snapshot.isCurrent(store.stamp(of: main)))
    try test.git("pack-refs", "--all")
    #expect(try !snapshot.isCurrent(store.stamp(of: main)))
  }
}
