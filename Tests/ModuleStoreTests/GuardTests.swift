import Identifiers
import Support
import Testing

@testable import ModuleStore

/// Protection and policies: the changes that they reject, and the record of them.
@Suite struct GuardTests {
  let test: TestStore

  init() throws {
    test = try TestStore()
    try test.add("one", at: "a")
  }

  @Test func `of several settings the strictest protects a branch`() throws {
    let store = try test.open()
    for (pattern, value) in [("r*", "true"), ("re?/[0-9]", "changes"), ("x", "changes")] {
      try test.git("config", "wasmstore.branch.\(pattern).protected", value)
    }
    try test.git("config", "wasmstore.branch.rel/1.protected", "no")
    for (name, protection) in [
      ("rel/1", Protection.changes), ("rel/10", .moves), ("main", .none), ("x", .changes), ("xy", .none),
    ] {
      #expect(try store.protection(of: BranchName(name)) == protection, "\(name)")
    }
    try test.git("config", "wasmstore.branch.*.protected", "perhaps")
    #expect(throws: StoreError.self) { try store.protection(of: .main) }
  }

  @Test func `what is protected against changes is changed by merge, rollback and undo alone`() throws {
    try test.add("two", at: "b")
    let store = try test.open()
    try store.createBranch(BranchName("dev"))
    try test.add("three", at: "c", branch: "dev")
    try store.setProtection(of: .main, to: .changes)
    let refused = StoreError.changesRefused(.main)
    #expect(throws: refused) { try test.add("four", at: "d") }
    #expect(throws: refused) { try test.open().remove(["a"]) }
    #expect(throws: refused) { try test.open().restore("dev", paths: [ModulePath("c")]) }
    #expect(throws: StoreError.branchProtected(.main)) { try test.open().restore("main~1") }
    _ = try test.open().merge("dev")
    _ = try test.open().rollback(ModulePath("c"))
    _ = try test.open().rollback(to: "dev")
    _ = try test.open().rollback()
    let before = try test.open().resolve("main")
    _ = try test.open().undo()
    #expect(try test.open().resolve("main") != before)
    // To delete the branch is not to change it.
    try test.open().setProtection(of: BranchName("dev"), to: .changes)
    let making = try #require(try test.open().operations().first { $0.command == "branch dev" })
    #expect(throws: StoreError.self) { try test.open().undo(making.id) }
  }

  @Test func `changes of guards are recorded and undone, and others are not`() throws {
    let store = try test.open()
    let count = try store.operations().count
    try store.setSetting("author", to: "Zoe")
    #expect(try store.operations().count == count)
    try store.setSetting("branch.main.policy", to: "size=1MB")
    try store.setSetting("branch.main.policy", to: "size=1MB")
    try store.setSetting("branch.main.policy", to: "size=2MB")
    let operations = try store.operations()
    #expect(operations.count == count + 2)
    #expect(operations[0].settings.map(\.before) == ["size=1MB"])
    #expect(operations[0].settings.map(\.after) == ["size=2MB"])
    #expect(operations[0].moves.isEmpty)
    _ = try store.undo()
    #expect(try store.setting("branch.main.policy")?.value == "size=1MB")
    _ = try store.undo()
    #expect(try store.setting("branch.main.policy") == nil)
    // Undoes the undo.
    _ = try store.undo("0")
    #expect(try store.setting("branch.main.policy")?.value == "size=1MB")
  }

  @Test func `a setting that was recorded and never written did not change`() throws {
    let store = try test.open()
    try store.setSetting("branch.main.policy", to: "size=1MB")
    try run(["sed", "-i", "$d", "\(test.root)/operations"])
    try test.git("config", "--unset", "wasmstore.branch.main.policy")
    #expect(try test.open().operations().count == 1)
    try test.add("two", at: "b")
    #expect(try test.open().operations().map(\.command) == ["add /b", "add /a"])
  }

  @Test func `a setting for a branch that is not there is refused, a pattern is not`() throws {
    let store = try test.open()
    let nope = try BranchName("nope")
    for setting in ["policy", "protected"] {
      let value = setting == "policy" ? "size=1" : "true"
      #expect(throws: StoreError.branchNotFound(nope)) {
        try store.setSetting("branch.nope.\(setting)", to: value)
      }
      try store.setSetting("branch.nop[e].\(setting)", to: value)
      try store.setSetting("branch.nope.\(setting)", to: nil)
    }
    #expect(try store.protection(of: nope) == .moves)
  }

  @Test func `a push meets the guards`() throws {
    try test.add(String(repeating: "long", count: 100), at: "long")
    let store = try test.open()
    let (first, second) = (try store.resolve("main~1").hex, try store.resolve("main").hex)
    let none = String(repeating: "0", count: 40)
    try store.createBranch(BranchName("dev"))
    func push(_ name: String, _ old: String, _ new: String) throws {
      try test.open().testPush(of: name, from: old, to: new)
    }
    try push("refs/heads/dev", second, first)
    try push("refs/heads/dev", second, none)
    try push("refs/notes/x", second, none)
    try push("refs/tags/v1", none, first)
    #expect(throws: StoreError.tagKept(try TagName("v1"))) { try push("refs/tags/v1", first, none) }
    #expect(throws: StoreError.branchIsDefault(.main)) { try push("refs/heads/main", second, none) }
    try store.setProtection(of: BranchName("dev"), to: .moves)
    for new in [first, none] {
      #expect(throws: StoreError.branchProtected(try BranchName("dev"))) {
        try push("refs/heads/dev", second, new)
      }
    }
    try push("refs/heads/dev", first, second)
    try store.setProtection(of: BranchName("dev"), to: .changes)
    #expect(throws: StoreError.changesRefused(try BranchName("dev"))) {
      try push("refs/heads/dev", first, second)
    }
    try store.setSetting("branch.*.policy", to: "size=200")
    for old in [first, none] {
      #expect(throws: StoreError.self) { try push("refs/heads/main", old, second) }
    }
    try push("refs/heads/main", none, first)
  }
}
