import Git
import Identifiers
import Support
import Testing

@testable import ModuleStore

@Suite("What must stay in a store")
struct ReachabilityTests {
  let test: TestStore

  init() throws { test = try TestStore() }

  @Test("references name objects, detached HEAD and what is kept for undo too")
  func references() throws {
    try test.add("one", at: "a.wasm")
    try test.add("two", at: "a.wasm")
    try test.git("tag", "-a", "-m", "message", "v1")
    try test.git("update-ref", "refs/foreign/one", "main~1")
    try test.git("symbolic-ref", "refs/heads/other", "refs/heads/main")
    try test.git("pack-refs", "--all")
    try test.open().createBranch(try BranchName("dev"))
    try test.add("three", at: "b.wasm", branch: "dev")
    try test.open().deleteBranch(try BranchName("dev"), isForced: true)
    let reachability = try test.open().reachability([])
    let kept = try test.git("for-each-ref", "--format=%(refname)", "refs/wasmstore").text
    #expect(kept.hasPrefix("refs/wasmstore/kept/"))
    #expect(
      reachability.roots.map(\.source.description) == [
        "refs/heads/main", "refs/tags/v1", "refs/foreign/one", kept,
      ])
    #expect(reachability.recorded.isEmpty && reachability.failures.isEmpty)
    try test.git("update-ref", "--no-deref", "HEAD", "main~1")
    let detached = try test.open(branch: "main").reachability([])
    #expect(detached.roots.last == root(try object("main~1"), .reference("HEAD")))
  }

  @Test("linked work trees name objects by HEAD, index, references and reflogs")
  func worktrees() throws {
    try test.add("one", at: "a.wasm")
    try test.add("two", at: "a.wasm")
    let place = "\(test.folder.path)/tree"
    try test.git("worktree", "add", "--quiet", "--detach", place, "main~1")
    try run(["cp", "/dev/stdin", "\(place)/new.txt"], input: [0x31])
    try run(["git", "-C", place, "add", "new.txt"])
    try run(["git", "-C", place, "update-ref", "refs/worktree/mark", "HEAD"])
    let older = try object("main~1")
    let staged = try #require(ObjectID(hex: try test.git("hash-object", "\(place)/new.txt").text))
    let reachability = try test.open().reachability()
    #expect(reachability.roots.contains(root(older, .reference("HEAD", worktree: "tree"))))
    #expect(reachability.roots.contains(root(older, .reference("refs/worktree/mark", worktree: "tree"))))
    #expect(reachability.roots.contains(root(staged, .index(worktree: "tree"))))
    #expect(reachability.recorded.contains(root(older, .reflog("HEAD", worktree: "tree"))))
    #expect(try reachability.walk(in: test.open().objectInventory(), Work()).current.blobs.contains(staged))
  }

  @Test("records of former moves name objects, operations from the horizon on")
  func records() throws {
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    try store.record.appendHorizon(at: Timestamp(seconds: 1_767_225_600))
    try test.add("two", at: "a.wasm")
    let (one, two) = (try object("main~1"), try object("main"))
    try test.git("update-ref", "refs/heads/main", "main~1")
    let reachability = try test.open().reachability()
    let operation = try #require(try store.operations().first)
    let fromOperations = reachability.recorded.filter { $0.source == .operation(operation.id) }
    #expect(fromOperations.map(\.object) == [one, two])
    #expect(reachability.recorded.contains(root(two, .reflog("refs/heads/main"))))
    #expect(
      !reachability.recorded.contains { $0.source == .operation((try? store.operations().last?.id) ?? "") })
    let reached = try reachability.walk(in: store.objectInventory(), Work())
    #expect(reached.current.commits.map(\.id) == [one])
    #expect(reached.former.commits.map(\.id) == [two])
    #expect(reached.contains(one) && reached.contains(two))
    #expect(
      try store.reachability([.operations]).recorded.allSatisfy { $0.source == .operation(operation.id) })
    #expect(try store.reachability([.reflogs]).recorded.allSatisfy { $0.source != .operation(operation.id) })
  }

  @Test("what cannot be read is no root and no empty answer")
  func failures() throws {
    try test.add("one", at: "a.wasm")
    try test.git("branch", "dev")
    _ = try test.file("store/refs/heads/dev", [])
    _ = try test.file("store/index", Array("DIRC damaged".utf8))
    let reachability = try test.open().reachability()
    #expect(reachability.failures.map(\.source) == [.reference("refs/heads/dev"), .index(worktree: nil)])
    #expect(reachability.failures.first?.problem == "refs/heads/dev is empty")
    #expect(reachability.roots.map(\.source) == [.reference("refs/heads/main")])
  }

  @Test("a shallow clone ends at its boundary")
  func shallow() throws {
    try test.add("one", at: "a.wasm")
    try test.add("two", at: "a.wasm")
    let head = try object("main")
    _ = try test.file("store/shallow", Array("\(head)\n".utf8))
    let store = try test.open()
    let reached = try store.reachability([]).walk(in: store.objectInventory(), Work())
    #expect(reached.current.commits.map(\.id) == [head])
  }

  private func root(_ object: ObjectID, _ source: Reachability.Source) -> Reachability.Root {
    Reachability.Root(object: object, source: source)
  }

  private func object(_ revision: String) throws -> ObjectID {
    try #require(ObjectID(hex: try test.git("rev-parse", revision).text))
  }
}
