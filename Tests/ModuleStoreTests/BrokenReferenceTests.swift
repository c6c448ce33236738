import Git
import Support
import Testing

@testable import ModuleStore

@Suite("References that a loss of power broke")
struct BrokenReferenceTests {
  private func store() throws -> (test: TestStore, first: String, second: String) {
    let test = try TestStore()
    let first = try #require(try test.add("one", at: "a.wasm").commit)
    let second = try #require(try test.add("two", at: "a.wasm").commit)
    return (test, first.hex, second.hex)
  }

  private func breakReference(_ name: String, _ test: TestStore, size: Int = 0) throws {
    try run(["truncate", "-s", "0", "\(test.root)/\(name)"])
    try run(["truncate", "-s", "\(size)", "\(test.root)/\(name)"])
  }

  @Test("the last value is told, and undo and restore go on from it", arguments: [0, 41])
  func branch(size: Int) throws {
    let (test, first, second) = try store()
    let problem = "refs/heads/main " + (size == 0 ? "is empty" : "holds zeros")
    let error = StoreError.brokenReference("refs/heads/main", problem: problem, last: second)
    try breakReference("refs/heads/main", test, size: size)
    let store = try test.open()
    #expect(throws: error) { try store.list(ListRequest()) }
    #expect(throws: error) { try test.add("three", at: "b.wasm") }
    #expect(throws: error) { try store.createBranch(BranchName("dev")) }
    #expect(try store.restore(second).commit?.hex == second)
    #expect(try store.head()?.hex == second)

    try breakReference("refs/heads/main", test, size: size)
    _ = try store.undo(dryRun: true)
    #expect(throws: error) { try store.head() }
    _ = try store.undo("1")
    #expect(try store.head()?.hex == first)

    try breakReference("refs/heads/main", test, size: size)
    #expect(try store.restore(second).commit?.hex == second)
    #expect(try test.git("fsck", "--full", "--strict").errors == "")
  }

  @Test("another branch can be written to meanwhile")
  func otherBranches() throws {
    let (test, _, _) = try store()
    try test.open().createBranch(BranchName("dev"))
    try test.add("three", at: "a.wasm")
    try breakReference("refs/heads/main", test)
    try test.add("four", at: "b.wasm", branch: "dev")
    #expect(try test.open(branch: "dev").list(ListRequest()).count == 2)
  }

  @Test("the value is that of a push, where one was the last")
  func pushed() throws {
    let (test, first, _) = try store()
    try test.git("update-ref", "refs/heads/main", first)
    try breakReference("refs/heads/main", test)
    let error = StoreError.brokenReference(
      "refs/heads/main", problem: "refs/heads/main is empty", last: first)
    #expect(throws: error) { try test.open().head() }
  }

  @Test("where nothing tells the value, restore sets it")
  func unknown() throws {
    let (test, _, second) = try store()
    try run(["rm", "-r", "\(test.root)/operations", "\(test.root)/logs"])
    try breakReference("refs/heads/main", test)
    let error = StoreError.brokenReference("refs/heads/main", problem: "refs/heads/main is empty", last: nil)
    #expect(throws: error) { try test.open().head() }
    let store = try test.open()
    #expect(try store.restore(second).commit?.hex == second)
    #expect(try store.head()?.hex == second)
  }

  @Test("a tag is set again by its own command")
  func tag() throws {
    let (test, first, second) = try store()
    let store = try test.open()
    try store.createTag(TagName("v1"), at: first, message: "one")
    let object = try test.git("rev-parse", "v1").text
    try breakReference("refs/tags/v1", test)
    let error = StoreError.brokenReference("refs/tags/v1", problem: "refs/tags/v1 is empty", last: object)
    #expect(throws: error) { try store.resolve("v1") }
    #expect(throws: error) { try store.createTag(TagName("v1"), at: second) }
    try store.createTag(TagName("v1"), at: object)
    #expect(try test.git("rev-parse", "v1").text == object)
  }

  @Test("HEAD is set by whoever names a branch")
  func head() throws {
    let (test, _, second) = try store()
    try breakReference("HEAD", test)
    #expect(throws: StoreError.brokenReference("HEAD", problem: "HEAD is empty", last: nil)) {
      try test.open()
    }
    let store = try test.open(branch: "main")
    #expect(try store.head()?.hex == second)
    try store.setDefaultBranch(BranchName("main"))
    #expect(try test.git("symbolic-ref", "HEAD").text == "refs/heads/main")
    #expect(try test.open().head()?.hex == second)
  }
}
