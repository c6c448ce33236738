import Support
import SystemPackage
import Testing

@testable import Git
@testable import ModuleStore

@Suite("The history of a reference")
struct ReferenceHistoryTests {
  // MARK: The record

  /// Two changes, and a clone that can push.
  private func pushedStore() throws -> (test: TestStore, first: String, second: String, clone: String) {
    let test = try TestStore()
    let first = try #require(try test.add("one", at: "a.wasm").commit)
    let second = try #require(try test.add("two", at: "a.wasm").commit)
    let clone = "\(test.folder.path)/clone"
    try run(["git", "clone", "--quiet", test.root.string, clone])
    return (test, first.hex, second.hex, clone)
  }

  @Test("a forced push erases no operation from the record", arguments: ["noted", "not noted"])
  func forcedPush(end: String) throws {
    let (test, first, second, clone) = try pushedStore()
    // A store of an earlier version has no line for the end of an operation.
    if end == "not noted" { try run(["sed", "-i", "/\"done\"/d", "\(test.root)/operations"]) }
    try run(["git", "-C", clone, "push", "--quiet", "--force", "origin", "\(first):refs/heads/main"])
    let store = try test.open()
    #expect(try store.operations().map { $0.moves[0].after } == [second, first])
    #expect(throws: StoreError.self) { try store.undo() }
    let third = try #require(try test.add("three", at: "a.wasm").commit)
    #expect(try store.operations().map { $0.moves[0].after } == [third.hex, second, first])
    #expect(try store.restore(second).commit?.hex == second)
  }

  @Test("nor does one that deletes what was made, or brings back what was deleted")
  func pushedDeletion() throws {
    let (test, first, _, clone) = try pushedStore()
    let store = try test.open()
    try store.createBranch(BranchName("dev"), from: first)
    try run(["git", "-C", clone, "push", "--quiet", "origin", ":dev"])
    #expect(try store.operations().first?.command == "branch dev")
    try test.git("branch", "dev", first)
    try store.deleteBranch(BranchName("dev"))
    try run(["git", "-C", clone, "push", "--quiet", "origin", "\(first):refs/heads/dev"])
    #expect(try store.operations().first?.command == "branch --delete dev")
    try store.createTag(TagName("v1"))
    try test.git("tag", "-d", "v1")
    #expect(try store.operations().first?.command == "tag v1")
    try test.add("three", at: "b.wasm")
    #expect(try store.operations().count == 6)
  }

  // MARK: Moments

  /// A line of a reflog.
  private func entry(_ old: Int, _ new: Int, _ time: Int64, _ message: String = "push") throws -> ReflogEntry
  {
    let ids = [old, new].map { String(repeating: "\($0)", count: 40) }
    return try #require(ReflogEntry(Array("\(ids[0]) \(ids[1]) a <b> \(time) +0000\t\(message)".utf8)[...]))
  }

  private func move(_ old: Int, _ new: Int, _ time: Int64?) -> RecordedMove {
    let ids = [old, new].map { $0 == 0 ? nil : String(repeating: "\($0)", count: 40) }
    return RecordedMove(time: time.map { Timestamp(seconds: $0) }, before: ids[0], after: ids[1])
  }

  /// The moves without their authors.
  private func bare(_ history: ReferenceHistory) -> [RecordedMove] {
    history.moves.map { RecordedMove(time: $0.time, before: $0.before, after: $0.after) }
  }

  @Test("moves by plain git stand between those of the record")
  func joining() throws {
    let own = "wasmstore: add /a.wasm"
    let history = ReferenceHistory(
      recorded: [move(0, 1, 10), move(1, 2, 20), move(1, 3, 50)],
      log: [
        try entry(0, 1, 11, own), try entry(1, 2, 21, own), try entry(2, 1, 30), try entry(1, 3, 51, own),
        try entry(3, 4, 60),
      ])
    #expect(
      bare(history) == [move(0, 1, 10), move(1, 2, 20), move(2, 1, 30), move(1, 3, 50), move(3, 4, 60)])
  }

  @Test("a line of the reflog whose operation was taken back counts for nothing")
  func phantoms() throws {
    let history = ReferenceHistory(
      recorded: [move(0, 1, 10), move(1, 3, 50)],
      log: [
        try entry(0, 1, 11, "wasmstore: add"), try entry(1, 2, 21, "wasmstore: add"),
        try entry(2, 1, 22, "wasmstore: back"), try entry(1, 3, 51, "wasmstore: add"),
      ])
    #expect(bare(history) == [move(0, 1, 10), move(1, 3, 50)])
  }

  @Test("what the reflog lacks is in the record, and the reverse")
  func losses() throws {
    let log = [try entry(0, 4, 70), try entry(4, 5, 80, "wasmstore: add")]
    #expect(
      bare(ReferenceHistory(recorded: [move(0, 1, 10), move(1, 0, 20), move(4, 5, 79)], log: log))
        == [move(0, 1, 10), move(1, 0, 20), move(0, 4, 70), move(4, 5, 79)])
    #expect(bare(ReferenceHistory(recorded: [], log: log)) == [move(0, 4, 70), move(4, 5, 80)])
  }

  @Test("a move that nothing told of is one all the same")
  func gaps() {
    var history = ReferenceHistory(recorded: [move(0, 1, 10), move(2, 3, 20)], log: [])
    history.closeGaps(upTo: String(repeating: "4", count: 40))
    #expect(history.moves == [move(0, 1, 10), move(1, 2, nil), move(2, 3, 20), move(3, 4, nil)])
  }

  @Test("a date is answered by the time of the push, whatever the commit says")
  func dates() throws {
    let (test, first, second, clone) = try pushedStore()
    try run([
      "env", "GIT_AUTHOR_DATE=1000000000 +0000", "GIT_COMMITTER_DATE=1000000000 +0000", "git", "-C", clone,
      "-c",
      "user.name=x",
      "-c",
      "user.email=x@y", "commit", "--quiet", "--allow-empty", "-m", "old",
    ])
    try run(["git", "-C", clone, "push", "--quiet", "origin", "main"])
    let store = try test.open()
    let pushed = try test.git("rev-parse", "main").text
    let times = try store.operations().map(\.time.seconds)
    #expect(try store.resolve("main@{@\(times[0])}").hex == second)
    #expect(try store.resolve("main@{@\(times[1])}").hex == first)
    #expect(try store.resolve("main@{@\(Timestamp.now.seconds)}").hex == pushed)
    #expect(try (0..<3).map { try store.resolve("main@{\($0)}").hex } == [pushed, second, first])
    #expect(throws: StoreError.self) { try store.resolve("main@{3}") }
    #expect(try store.resolve("HEAD@{1}").hex == second)
  }

  @Test("under a clock that was ahead the newest move counts that is not after the date")
  func clockThatWasAhead() throws {
    let test = try TestStore()
    var options = Store.Options()
    options.recordClock = { Timestamp(seconds: 4_000_000_000) }
    let source = try test.file("x.wasm", WasmBuilder.sampleModule(text: "x"))
    let first = try Store(at: test.root, options).connectOrCreate().session()
      .add(AddRequest([ModuleSource(.file(source), path: ModulePath("x.wasm"))])).commit
    let second = try test.add("two", at: "b.wasm").commit
    let store = try test.open()
    #expect(try store.resolve("main@{now}") == second)
    #expect(try store.resolve("main@{@4000000001}") == second)
    #expect(try store.resolve("main@{1}") == first)
  }

  @Test("before the first move the commit times answer, with a note")
  func beforeTheRecord() throws {
    let test = try TestStore()
    let first = try #require(try test.add("one", at: "a.wasm").commit)
    let time = try test.open().commit(first).time
    try run(["sh", "-c", "rm -r '\(test.root)/operations' '\(test.root)/logs'"])
    let second = try #require(try test.add("two", at: "a.wasm").commit)
    let store = try test.open()
    #expect(try store.resolve("main@{@\(time.seconds)}") == first)
    #expect(test.notes.all.contains(.dateBeforeRecord(time.rfc3339)))
    #expect(try store.resolve("main@{1}") == first)
    #expect(try store.resolve("main") == second)
    #expect(throws: StoreError.self) { try store.resolve("main@{@\(time.seconds - 1)}") }
  }

  @Test("the record goes by its own clock")
  func clocks() throws {
    let test = try TestStore()
    var options = Store.Options()
    var work = Work()
    work.now = { Timestamp(seconds: 5) }
    options.recordClock = { Timestamp(seconds: 7) }
    let source = try test.file("x.wasm", WasmBuilder.sampleModule(text: "x"))
    let store = try Store(at: test.root, options).connectOrCreate().session(work)
    let commit = try store.add(AddRequest([ModuleSource(.file(source), path: ModulePath("x.wasm"))])).commit
    #expect(try store.commit(#require(commit)).time.seconds == 5)
    #expect(try store.operations().map(\.time.seconds) == [7])
  }
}
