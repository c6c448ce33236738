import Support
import SystemPackage
import Testing

@testable import ModuleStore

@Suite("Following a branch")
struct BranchCursorTests {
  let test: TestStore

  init() throws { test = try TestStore() }

  /// The events so far: the changes of each.
  private func told(_ cursor: BranchCursor) throws -> [String] {
    var events: [String] = []
    while let event = try cursor.next() { events.append(text(event)) }
    return events
  }

  private func text(_ event: StoreEvent) -> String {
    event.changes.map { "\($0.kind.rawValue) \($0.path)" }.joined(separator: ", ")
  }

  @Test("each commit along the first parents is told once, in order")
  func forward() throws {
    try test.add("0", at: "a")
    let cursor = try test.open().cursor()
    #expect(try told(cursor) == [])
    try test.add("1", at: "a")
    try test.add("2", at: "b")
    _ = try test.open().remove(["a"])
    #expect(try told(cursor) == ["updated /a", "added /b", "removed /a"])
    #expect(try told(cursor) == [])
    // A merge is one event, whatever it merges; a commit without a changed module is none.
    _ = try test.open().createBranch(BranchName("dev"))
    try test.add("3", at: "c", branch: "dev")
    try test.add("4", at: "d", branch: "dev")
    try test.add("5", at: "e")
    try test.git("worktree", "add", "--quiet", test.folder.path + "/tree", "dev")
    try run([
      "sh", "-c",
      "cd '\(test.folder.path)/tree' && echo text > readme && git add readme && git commit --quiet -m text",
    ])
    _ = try test.open().merge("dev")
    #expect(try told(cursor) == ["added /e", "added /c, added /d"])
  }

  @Test("any other move is one difference")
  func otherMoves() throws {
    try test.add("0", at: "a")
    let old = try test.open().existingHead()
    try test.add("1", at: "b")
    try test.add("2", at: "c")
    let cursor = try test.open().cursor()
    try test.git("update-ref", "refs/heads/main", old.hex)
    #expect(try told(cursor) == ["removed /b, removed /c"])
    try test.add("3", at: "d")
    try test.git("pack-refs", "--all")
    #expect(try told(cursor) == ["added /d"])
    // A commit with the same tree, but another history.
    try run([
      "sh", "-c",
      "cd '\(test.root)' && git update-ref refs/heads/main $(git commit-tree -m x main^{tree})",
    ])
    #expect(try told(cursor) == [])
    try test.add("4", at: "e")
    #expect(try told(cursor) == ["added /e"])
  }

  @Test("a branch that goes and comes again is told, its history is not")
  func goneBranch() throws {
    try test.add("0", at: "a")
    _ = try test.open().createBranch(BranchName("deep/dev"))
    let cursor = try test.open(branch: "deep/dev").cursor()
    _ = try test.open().deleteBranch(BranchName("deep/dev"))
    let event = try #require(try cursor.next())
    #expect(text(event) == "removed /a")
    #expect(event.commit == nil)
    #expect(try told(cursor) == [])
    try test.add("1", at: "b")
    _ = try test.open().createBranch(BranchName("deep/dev"))
    #expect(try told(cursor) == ["added /a, added /b"])
  }

  @Test("a branch that has no commit yet is told from its first one on")
  func unbornBranch() throws {
    let cursor = try test.open().cursor(from: .nothing)
    #expect(try told(cursor) == [])
    try test.add("0", at: "a")
    try test.add("1", at: "b")
    #expect(try told(cursor) == ["added /a", "added /b"])
  }

  @Test("a cursor begins at nothing, at a revision, or now, and sees what is below a prefix")
  func beginnings() throws {
    try test.add("0", at: "a/a")
    let first = try test.open().existingHead()
    try test.add("1", at: "b/b")
    try test.add("2", at: "a/c")
    let store = try test.open()
    #expect(try told(store.cursor(from: .nothing)) == ["added /a/a, added /a/c, added /b/b"])
    #expect(try told(store.cursor(from: .revision(first.hex))) == ["added /b/b", "added /a/c"])
    #expect(
      try told(store.cursor(from: .revision("main~2"), below: ModulePath("a"))) == ["added /a/c"])
    #expect(try told(store.cursor(from: .now)) == [])
    #expect(throws: StoreError.unknownRevision("77aa1c0")) { try store.cursor(from: .revision("77aa1c0")) }
    let other = try test.open(branch: "nope")
    #expect(throws: StoreError.branchNotFound(try BranchName("nope"))) { try other.cursor() }
  }

  @Test("nothing is missed while another process moves the branch", arguments: [false, true])
  func beside(isPolling: Bool) throws {
    try test.add("0", at: "a")
    let start = try test.open().existingHead()
    let commits = 60
    for number in 1...commits { try test.add("\(number)", at: "\(number)") }
    let last = try test.open().existingHead()
    let ids = try test.git("rev-list", "--reverse", "\(start)..\(last)").text
    try test.git("update-ref", "refs/heads/main", start.hex)
    let cursor = try test.open().cursor()
    cursor.isPolling = isPolling
    let writer = try RunningProcess(
      [
        "sh", "-c",
        """
        cd '\(test.root)'; n=0; while read -r id; do git update-ref refs/heads/main $id; n=$((n + 1))
        test $((n % 7)) -gt 0 || git pack-refs --all; done
        """,
      ], input: Array((ids + "\n").utf8))
    var seen: [String] = []
    while seen.count < commits, let event = try cursor.awaitNext() { seen.append(text(event)) }
    #expect(try writer.wait().status == 0)
    #expect(seen == (1...commits).map { "added /\($0)" })
    #expect(try told(cursor) == [])
  }

  @Test("a wait ends when the work is cancelled")
  func cancelling() throws {
    try test.add("0", at: "a")
    var session = try test.open()
    session.work.cancellation.cancel()
    let cursor = try session.cursor()
    #expect(throws: StoreError.cancelled) { try cursor.awaitNext() }
    session.work.cancellation = Cancellation()
  }
}
