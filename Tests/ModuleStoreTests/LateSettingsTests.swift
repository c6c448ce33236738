import Glibc
import Identifiers
import Support
import Synchronization
import SystemPackage
import Testing

@testable import ModuleStore

@Suite("A setting that another process writes while a command waits for it")
struct LateSettingsTests {
  /// Opens a store while another holder has the write lock, which writes settings with plain git and then releases it.
  private func open(
    _ test: TestStore, branch: String? = nil, later settings: [(String, String)]
  ) throws -> StoreSession {
    let descriptor = Mutex(Glibc.open("\(test.root)/write.lock", O_RDWR | O_CREAT, 0o644))
    let isHeld = descriptor.withLock { flock($0, LOCK_EX) } == 0
    try #require(isHeld)
    var options = Store.Options()
    options.lockPatience = .zero
    var work = Work()
    work.note = { note in
      guard case .waitingForLock = note else { return }
      for (key, value) in settings {
        do { try test.git("config", key, value) } catch { Issue.record(error) }
      }
      descriptor.withLock { _ = close($0) }
    }
    return try Store(at: test.root, options).connect()
      .session(on: branch.map { try BranchName($0) }, work)
  }

  /// A store with `main` of two commits, `dev` at the same commit, and `ahead` one commit further.
  private func example() throws -> TestStore {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try test.add("two", at: "b.wasm")
    for name in ["dev", "ahead"] { try test.open().createBranch(BranchName(name)) }
    try test.add("three", at: "c.wasm", branch: "ahead")
    return test
  }

  private func state(_ test: TestStore) throws -> String {
    try test.git("for-each-ref", "refs/heads/", "refs/tags/").text + test.git("symbolic-ref", "HEAD").text
  }

  enum MoveBack: String, CaseIterable { case restore, undo, delete, rename }

  @Test("protects the branch from being moved back", arguments: MoveBack.allCases)
  func protection(_ way: MoveBack) throws {
    let test = try example()
    let dev = try BranchName("dev")
    try test.add("four", at: "d.wasm", branch: "dev")
    let before = try state(test)
    let store = try open(test, branch: "dev", later: [("wasmstore.branch.dev.protected", "true")])
    #expect(throws: StoreError.branchProtected(dev)) {
      switch way {
      case .restore: _ = try store.restore("dev~1")
      case .undo: _ = try store.undo()
      case .delete: try store.deleteBranch(dev)
      case .rename: try store.renameBranch(dev, to: BranchName("new"))
      }
    }
    #expect(try state(test) == before)
    #expect(try store.settings().map(\.key) == ["wasmstore.branch.dev.protected"])
  }

  enum Arrival: String, CaseIterable { case add, set, restorePath, fastForward, beginning, merge }

  @Test("keeps modules from the branch", arguments: Arrival.allCases)
  func policy(_ way: Arrival) throws {
    let test = try example()
    if way == .merge { try test.add("four", at: "d.wasm") }
    if way == .beginning { try test.git("symbolic-ref", "HEAD", "refs/heads/new") }
    let source = try test.file("new.wasm", WasmBuilder.sampleModule(text: "new"))
    let hash = try test.open(branch: "ahead").module("c.wasm").digest.hex
    let before = try state(test)
    let branch = way == .beginning ? "new" : "main"
    let store = try open(test, branch: branch, later: [("wasmstore.branch.\(branch).policy", "size=1")])
    let path = try ModulePath("c.wasm")
    let error = #expect(throws: StoreError.self) {
      switch way {
      case .add: _ = try store.add(AddRequest([ModuleSource(.file(source), path: path)]))
      case .set: _ = try store.set(hash, at: path)
      case .restorePath: _ = try store.restore("ahead", paths: [path])
      case .fastForward, .beginning, .merge: _ = try store.merge("ahead")
      }
    }
    guard case .policyRefused = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try state(test) == before)
  }

  @Test("lifts a policy that stood in the way")
  func liftedPolicy() throws {
    let test = try example()
    try test.open().setSetting("branch.main.policy", to: "size=1")
    let source = try test.file("new.wasm", WasmBuilder.sampleModule(text: "new"))
    let store = try open(test, later: [("wasmstore.branch.main.policy", "size=1MB")])
    _ = try store.add(AddRequest([ModuleSource(.file(source), path: ModulePath("new.wasm"))]))
    #expect(try store.list(ListRequest()).count == 3)
  }

  @Test("HEAD goes with a branch that has become the default one meanwhile, and keeps it from being deleted")
  func defaultBranch() throws {
    let test = try example()
    let dev = try BranchName("dev")
    let store = try test.open()
    try test.open().setDefaultBranch(dev)
    #expect(throws: StoreError.branchIsDefault(dev)) { try store.deleteBranch(dev) }
    let other = try test.open()
    try test.open().setDefaultBranch(.main)
    try test.open().setDefaultBranch(dev)
    try other.renameBranch(dev, to: BranchName("new"))
    #expect(try test.git("symbolic-ref", "HEAD").text == "refs/heads/new")
  }
}
