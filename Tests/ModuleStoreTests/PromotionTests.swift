import Identifiers
import ModuleStore
import Support
import Testing

/// Promotions by merges, and the ways back by revisions.
@Suite struct PromotionTests {
  let test: TestStore

  init() throws { test = try TestStore() }

  private func contents(_ path: String, branch: String? = nil) throws -> String? {
    let tree = try test.git("ls-tree", "--format=%(objectname)", branch ?? "main", path).output
    return tree.isEmpty ? nil : String(decoding: tree, as: UTF8.self)
  }

  @Test func `a merge that could move forward makes a commit of two parents with the same tree`() throws {
    try test.add("one", at: "a")
    try test.open().createBranch(BranchName("feat"))
    try test.add("two", at: "b", branch: "feat")
    let before = try test.open().resolve("main")
    var strategy = MergeStrategy()
    strategy.alwaysCommits = true
    let result = try test.open().merge("feat", strategy: strategy, message: "PROMOTE")
    #expect(result.kind == .merged)
    let store = try test.open()
    let commit = try store.commit(store.resolve("main"))
    #expect(commit.parents == [before, try store.resolve("feat")])
    #expect(commit.message == "PROMOTE")
    #expect(try test.git("diff", "--stat", "feat", "main").output.isEmpty)
  }

  @Test func `a merge tells of the rollback that took it back until its modules are there again`() throws {
    try test.add("one", at: "a")
    try test.open().createBranch(BranchName("feat"))
    try test.add("two", at: "a", branch: "feat")
    try test.add("three", at: "b", branch: "feat")
    try test.add("four", at: "c")
    #expect(try test.open().merge("feat").kind == .merged)
    #expect(try test.open().merge("feat").rolledBack == nil)
    let back = try test.open().rollback()
    let told = try #require(try test.open().merge("feat").rolledBack)
    #expect(told.commit == back.commit)
    #expect(told.paths.map(\.spelled) == ["/a", "/b"])
    // Later changes hide nothing, and restored modules are not reported.
    try test.add("five", at: "d")
    _ = try test.open().rollback(to: "feat", paths: [ModulePath("a")])
    #expect(try test.open().merge("feat").rolledBack?.paths.map(\.spelled) == ["/b"])
    _ = try test.open().rollback(to: "feat", paths: [ModulePath("b")])
    #expect(try test.open().merge("feat").rolledBack == nil)
    // A rollback of a change outside the merge is not reported.
    try test.add("six", at: "c")
    _ = try test.open().rollback(ModulePath("c"))
    #expect(try test.open().merge("feat").rolledBack == nil)
  }

  @Test func `a rollback to a revision forwards brings back what could be rolled back there`() throws {
    for text in ["one", "two", "three"] { try test.add(text, at: "a") }
    let modules = try (0..<3).map { try contents("a", branch: "main~\(2 - $0)") }
    try test.open().createTag(TagName("third"))
    _ = try test.open().rollback(to: "main~2")
    #expect(try contents("a") == modules[0])
    _ = try test.open().rollback(to: "third", paths: [ModulePath("a")])
    #expect(try contents("a") == modules[2])
    for expected in [modules[1], modules[0], nil] {
      _ = try test.open().rollback(ModulePath("a"))
      #expect(try contents("a") == expected)
    }
  }

  @Test func `a path that the revision does not have goes, and one that neither has is an error`() throws {
    try test.add("one", at: "a")
    try test.add("two", at: "dir/b")
    let (path, missing) = (try ModulePath("dir"), try ModulePath("nope"))
    let error = StoreError.moduleNotFound(reference: "main~1:/nope", branch: .main, lastAt: nil)
    #expect(throws: error) { try test.open().restore("main~1", paths: [path, missing]) }
    #expect(throws: error) { try test.open().rollback(to: "main~1", paths: [path, missing]) }
    #expect(throws: StoreError.moduleNotFound(reference: "main~1:/dir", branch: .main, lastAt: nil)) {
      try test.open().restore("main~1", paths: [path], removingAbsent: false)
    }
    #expect(try test.open().restore("main~1", paths: [path]).changes.map(\.kind) == [.removed])
    #expect(try contents("dir/b") == nil)
  }

  @Test func `the record says who made a plain tag, and a tag object who made an annotated one`() throws {
    try test.add("one", at: "a")
    try test.open().createTag(TagName("plain"))
    try test.open().createTag(TagName("annotated"), message: "First\nof all")
    try test.git("tag", "foreign", "main")
    let tags = try test.open().tags(consultingRecord: true)
    #expect(tags.map(\.name.name) == ["annotated", "foreign", "plain"])
    #expect(tags.map { $0.maker?.mail } == ["wasmstore@localhost", nil, "wasmstore@localhost"])
    #expect(tags.map { $0.time == nil } == [false, true, false])
    #expect(try test.open().tags().map { $0.maker == nil } == [false, true, true])
  }
}
