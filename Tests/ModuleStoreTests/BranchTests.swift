import Identifiers
import Support
import Testing

@testable import ModuleStore

@Suite("Branches")
struct BranchTests {
  @Test("of two names one cannot be a folder of the other, as git keeps them", arguments: [false, true])
  func clashes(isPacked: Bool) throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    try store.createBranch(BranchName("a/b"))
    try store.createBranch(BranchName("dev"))
    if isPacked { try test.git("pack-refs", "--all") }
    for (name, obstacle) in [("a", "a/b"), ("a/b/c", "a/b"), ("main/x/y", "main")] {
      let error = StoreError.invalidName(name, reason: "it conflicts with branch \(obstacle)")
      for dryRun in [true, false] {
        #expect(throws: error) { try store.createBranch(BranchName(name), dryRun: dryRun) }
        #expect(throws: error) {
          try store.renameBranch(BranchName("dev"), to: BranchName(name), dryRun: dryRun)
        }
      }
      #expect(throws: error) { try test.add("two", at: "b.wasm", branch: name) }
    }
    for name in ["ab", "mainly", "a/bc"] { try store.createBranch(BranchName(name)) }
  }

  @Test("a NUL ends no name")
  func nameWithNUL() {
    for name in ["a\0", "a\0b", "\0"] {
      #expect(throws: StoreError.self) { try BranchName(name) }
      #expect(throws: StoreError.self) { try TagName(name) }
    }
  }

  @Test("a default branch without commits is made by nothing that would need a folder's name")
  func clashOfTheDefaultBranch() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm", branch: "main/x")
    let store = try test.open(branch: "main")
    let error = StoreError.invalidName("main", reason: "it conflicts with branch main/x")
    #expect(throws: error) { try test.add("one", at: "a.wasm", branch: "main") }
    for dryRun in [true, false] {
      #expect(throws: error) { try store.merge("main/x", dryRun: dryRun) }
      #expect(throws: error) { try store.restore("main/x", dryRun: dryRun) }
      #expect(throws: error) { try store.restore("main/x", paths: [ModulePath("a.wasm")], dryRun: dryRun) }
    }
  }

  @Test("a branch takes a name inside or above its own, as git lets it", arguments: [false, true])
  func nestedRenames(isPacked: Bool) throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try test.open().createBranch(BranchName("dev"))
    let head = try #require(try test.add("two", at: "b.wasm", branch: "dev").commit)
    let store = try test.open()
    for (old, new) in [("dev", "dev/a/b"), ("dev/a/b", "dev/a"), ("main", "main/x")] {
      if isPacked { try test.git("pack-refs", "--all") }
      try store.renameBranch(BranchName(old), to: BranchName(new))
    }
    #expect(try store.branches().map(\.name.name) == ["dev/a", "main/x"])
    #expect(store.defaultBranch.name == "main/x")
    #expect(try test.git("symbolic-ref", "HEAD").text == "refs/heads/main/x")
    #expect(try test.git("rev-parse", "dev/a").text == head.hex)
    #expect(
      try test.git("for-each-ref", "--format=%(objectname)", "refs/wasmstore/kept/").text
        .isEmpty, "what was kept while the branch had no name is not kept any longer")
    for _ in 0..<3 { _ = try store.undo() }
    #expect(try store.branches().map(\.name.name) == ["dev", "main"])
    try test.git("fsck", "--full", "--strict")
  }

  /// The settings of branches, without the part before the branches' names.
  private func settings(of store: StoreSession) throws -> [String] {
    try store.settings().map { "\($0.key.dropFirst("wasmstore.branch.".count)) \($0.value)" }
  }

  @Test("a renamed branch keeps its settings, and takes them back")
  func settingsOfARenamedBranch() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    for name in ["dev", "dev.x"] {
      try store.createBranch(BranchName(name))
      try store.setSetting("branch.\(name).policy", to: "size=1")
    }
    try test.git("config", "--add", "wasmstore.branch.dev.policy", "size=2")
    try test.git("config", "wasmstore.branch.v1.2.policy", "size=9")
    try store.renameBranch(BranchName("dev"), to: BranchName("v1.2"))
    #expect(try settings(of: store) == ["dev.x.policy size=1", "v1.2.policy size=2"])
    #expect(throws: StoreError.self) { try test.add("two", at: "b.wasm", branch: "v1.2") }
    try store.renameBranch(BranchName("v1.2"), to: BranchName("v1.2/3"))
    #expect(try settings(of: store) == ["dev.x.policy size=1", "v1.2/3.policy size=2"])
    _ = try store.undo()
    _ = try store.undo()
    #expect(try settings(of: store) == ["dev.policy size=2", "dev.x.policy size=1"])
  }

  @Test("a deleted branch leaves no settings to the next of its name")
  func settingsOfADeletedBranch() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    let dev = try BranchName("dev")
    try store.createBranch(dev)
    try store.setProtection(of: dev, to: .moves)
    try store.setSetting("branch.dev.policy", to: "size=1")
    #expect(throws: StoreError.branchProtected(dev)) { try store.deleteBranch(dev) }
    try store.deleteBranch(dev, isForced: true, dryRun: true)
    #expect(try settings(of: store) == ["dev.policy size=1", "dev.protected true"])
    try store.deleteBranch(dev, isForced: true)
    #expect(try settings(of: store) == [])
    _ = try store.undo()
    #expect(try store.branchExists(dev))
    #expect(try settings(of: store) == [])
  }

  @Test("a branch that cannot be renamed keeps its settings, and the other name gets none")
  func settingsWhereARenamingFails() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    try store.createBranch(BranchName("dev"))
    try store.setSetting("branch.dev.policy", to: "size=1")
    let before = try settings(of: store)
    _ = try test.file("store/refs/heads/new.lock", [])
    var options = Store.Options()
    options.lockTimeout = .zero
    let impatient = try Store(at: test.root, options).connect().session()
    #expect(throws: StoreError.self) { try impatient.renameBranch(BranchName("dev"), to: BranchName("new")) }
    #expect(try settings(of: store) == before)
    #expect(try store.branches().map(\.name.name) == ["dev", "main"])
  }

  /// Leaves the store as if a process died between two moves of a rename: its last reference was not moved.
  private func halfRename(
    _ test: TestStore, _ old: String, _ new: String
  ) throws -> (commit: String, settings: [String]) {
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    if old != "main" { try store.createBranch(BranchName(old)) }
    try store.setSetting("branch.\(old).policy", to: "size=1MB")
    let commit = try test.git("rev-parse", old).text
    let settings = try settings(of: store)
    try store.renameBranch(BranchName(old), to: BranchName(new))
    let operation = try #require(try store.operations().first)
    // The end of the operation was not recorded.
    try run(["sed", "-i", "$d", "\(test.root)/operations"])
    let last = try #require(operation.moves.last)
    if last.after == nil {
      try test.git("update-ref", last.name, commit)
    } else {
      try test.git("update-ref", "-d", "refs/heads/\(new)")
      try test.git("update-ref", StoreSession.keptPrefix + operation.id, commit)
      // git writes a reflog before the reference.
      try run(["rm", "-rf", "\(test.root)/logs/refs/heads/\(old)"])
      try run(["install", "-D", "/dev/null", "\(test.root)/logs/refs/heads/\(new)"])
      if old == "main" { try test.git("symbolic-ref", "HEAD", "refs/heads/main") }
    }
    try test.git("config", "wasmstore.branch.\(old).policy", "size=1MB")
    return (commit, settings)
  }

  @Test(
    "a renaming that was cut short is undone, whatever it had come to",
    arguments: [("dev", "new"), ("dev", "dev/x"), ("dev/x", "dev"), ("main", "trunk"), ("main", "main/x")])
  func undoOfHalfARenaming(old: String, new: String) throws {
    let test = try TestStore()
    let (commit, settings) = try halfRename(test, old, new)
    for dryRun in [true, false] {
      #expect(try test.open().undo(dryRun: dryRun).command == "branch --rename \(old) \(new)")
    }
    let store = try test.open()
    #expect(try store.branches().map(\.name.name) == (old == "main" ? ["main"] : [old, "main"]))
    #expect(try test.git("rev-parse", old).text == commit)
    #expect(try test.git("symbolic-ref", "HEAD").text == "refs/heads/main")
    #expect(try self.settings(of: store) == settings)
  }

  @Test(
    "a branch that had gone and not come back is there again with the next change",
    arguments: ["dev", "main"])
  func nextChangeAfterHalfARenaming(old: String) throws {
    let test = try TestStore()
    let (commit, _) = try halfRename(test, old, "\(old)/x")
    try test.add("two", at: "b.wasm", branch: old)
    #expect(try test.git("rev-parse", "\(old)~1").text == commit, "its history goes on")
    #expect(try test.open().operations().map(\.command).contains { $0.hasPrefix("branch --rename") } == false)
  }

  @Test("a renamed branch that plain git deletes stays deleted")
  func deletionAfterARenaming() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    try store.createBranch(BranchName("dev"))
    try store.renameBranch(BranchName("dev"), to: BranchName("dev/x"))
    try test.git("update-ref", "-d", "refs/heads/dev/x")
    try test.add("two", at: "b.wasm")
    #expect(try store.branches().map(\.name.name) == ["main"])
  }

  @Test("a deleted branch does not come back beside one that needs its name as a folder")
  func undoOfADeletion() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    try store.createBranch(BranchName("dev"))
    try store.deleteBranch(BranchName("dev"))
    try store.createBranch(BranchName("dev/x"))
    for dryRun in [true, false] {
      #expect(throws: StoreError.invalidName("dev", reason: "it conflicts with branch dev/x")) {
        try store.undo("1", dryRun: dryRun)
      }
    }
  }
}
