import FileSystem
import Identifiers
import Support
import Synchronization
import SystemPackage
import Testing

@testable import Git
@testable import ModuleStore

/// Tests of the decisions on data safety and concurrency.
@Suite struct DataSafetyTests {
  // MARK: Three locks

  @Test func writersWaitForTheWriteLockAndGiveUp() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let held = try FileLock.take(
      test.root.appending("write.lock"), .exclusive, timeout: .seconds(10), waiting: {})
    var options = Store.Options()
    options.lockTimeout = .milliseconds(50)
    let impatient = try Store(at: test.root, options).connect().session()
    #expect(throws: StoreError.locked(what: test.root.appending("write.lock").string, seconds: 0)) {
      try impatient.remove(["a.wasm"])
    }
    #expect(try impatient.contains("a.wasm"), "readers take no lock")
    _ = held
  }

  @Test func writersShareTheObjectLockAndGarbageCollectionExcludesThem() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let path = test.root.appending("lock")
    do {
      let shared = try FileLock.take(path, .shared, timeout: .seconds(10), waiting: {})
      #expect(try test.add("two", at: "b.wasm").commit != nil)
      _ = shared
    }
    let exclusive = try FileLock.take(path, .exclusive, timeout: .seconds(10), waiting: {})
    var options = Store.Options()
    options.lockTimeout = .milliseconds(50)
    let impatient = try Store(at: test.root, options).connect().session()
    #expect(throws: StoreError.locked(what: path.string, seconds: 0)) { try impatient.remove(["a.wasm"]) }
    _ = exclusive
  }

  @Test func nothingIsResolvedBeforeTheLockIsHeld() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let first = try #require(try test.open().head())
    try test.add("two", at: "a.wasm")
    let held = try FileLock.take(
      test.root.appending("lock"), .exclusive, timeout: .seconds(10), waiting: {})
    var options = Store.Options()
    options.lockTimeout = .milliseconds(20)
    let store = try Store(at: test.root, options).connect().session()
    let path = try ModulePath("a.wasm")
    // All these names are missing: a command that looked before it took the lock would report that.
    let changes: [() throws -> Void] = [
      { _ = try store.restore("nothing") }, { _ = try store.restore("nothing", paths: [path]) },
      { _ = try store.set(String(repeating: "0", count: 64), at: path) }, { _ = try store.merge("nothing") },
      { _ = try store.rollback(ModulePath("none.wasm")) },
      { try store.createTag(TagName("t"), at: "nothing") },
      { try store.createBranch(BranchName("b"), from: "nothing") }, { _ = try store.undo("nothing") },
      { try store.deleteBranch(BranchName("nothing")) }, { try store.deleteTag(TagName("nothing")) },
      { try store.renameBranch(BranchName("nothing"), to: BranchName("b")) },
      { try store.setDefaultBranch(BranchName("nothing")) }, { _ = try store.remove(["none.wasm"]) },
    ]
    for change in changes {
      let error = #expect(throws: StoreError.self) { try change() }
      guard case .locked = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    #expect(try store.restore(first.hex, dryRun: true).changes.count == 1, "a dry run takes no lock")
    _ = held
  }

  /// Eight writers run until the deleter has had three turns. Without any, they would never end, so each stops after
  /// 100 changes.
  @Test func aDeleterHasItsTurnsBesideEightWriters() throws {
    let test = try TestStore()
    try test.add("zero", at: "a.wasm")
    let turns = Atomic(0)
    let made = Mutex<[String]>(["/a.wasm"])
    let failures = Mutex<[String]>([])
    try inParallel(9, workers: 9) { (number) throws -> Void in
      do {
        if number == 8 {
          return try test.open().locks.alone { () throws(StoreError) in
            do { try test.git("prune", "--expire=now") } catch { throw .failed("\(error)") }
            return turns.wrappingAdd(1, ordering: .relaxed).newValue == 3
          }
        }
        for count in 0..<100 where turns.load(ordering: .relaxed) < 3 {
          let path = "w\(number)/\(count).wasm"
          let source = try test.file("\(number).wasm", WasmBuilder.sampleModule(text: path))
          _ = try test.open().add(AddRequest([ModuleSource(.file(source), path: ModulePath(path))]))
          made.withLock { $0.append("/" + path) }
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(made.withLock { $0.count } < 801, "it had its turns while the others wrote")
    #expect(try Set(test.open().list(ListRequest()).map(\.path.spelled)) == Set(made.withLock { $0 }))
    #expect(try test.git("fsck", "--full", "--strict").errors == "")
  }

  @Test func whatComesThroughAPipeIsReadBeforeTheLockIsTaken() throws {
    let test = try TestStore()
    _ = try test.open()
    let pipe = FilePath(test.folder.path).appending("pipe")
    try run(["mkfifo", pipe.string])
    let bytes = WasmBuilder.sampleModule(text: "piped")
    let held = try FileLock.take(test.root.appending("lock"), .exclusive, timeout: .seconds(10), waiting: {})
    var options = Store.Options()
    options.lockTimeout = .zero
    let store = try Store(at: test.root, options).connect().session()
    let source = try test.file("source.wasm", bytes)
    let writer = try RunningProcess(["cp", source.string, pipe.string])
    #expect(throws: StoreError.locked(what: test.root.appending("gate").string, seconds: 0)) {
      let gate = try FileLock.take(
        test.root.appending("gate"), .exclusive, timeout: .seconds(10), waiting: {})
      defer { _ = gate }
      _ = try store.add(AddRequest([ModuleSource(.file(pipe), path: ModulePath("a.wasm"))]))
    }
    // All of the pipe was read, or the writer would still be waiting.
    #expect(try writer.wait().status == 0)
    #expect(try run(["ls", test.root.appending("tmp").string]).text == "")
    _ = held
  }

  // MARK: Compare-and-swap

  @Test func anAddIsAppliedAgainWhenPlainGitMovedTheBranch() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let other = try test.foreignCommit(on: "main", path: "foreign.wasm")
    let store = try test.open()
    var attempts = 0
    let blob = try #require(try store.entry(at: ModulePath("a.wasm"), in: store.existingHead()))
    let result = try store.transaction("test") { (transaction) throws(StoreError) in
      attempts += 1
      if attempts == 1 { try? test.moveBranch(to: other) }
      try translated { () throws(GitError) in
        try transaction.editor.set([Array("c.wasm".utf8)], mode: .file, id: blob.id)
      }
      return Draft(message: "test")
    }
    #expect(attempts == 2)
    #expect(result.commit != nil)
    #expect(
      try test.open().list(ListRequest()).map(\.path.spelled) == ["/a.wasm", "/c.wasm", "/foreign.wasm"])
    #expect(try test.open().operations().map(\.command) == ["test", "add /a.wasm"])
  }

  @Test func aPathRestoreIsRefusedWhenItsPathMoved() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try test.add("two", at: "a.wasm")
    let other = try test.foreignCommit(on: "main", path: "a.wasm")
    let store = try test.open()
    let path = try ModulePath("a.wasm")
    var retryGuard = RetryGuard([path])
    #expect(throws: StoreError.pathMoved(path, .main)) {
      _ = try store.transaction("test") { (transaction) throws(StoreError) in
        _ = try retryGuard.check(transaction.editor, on: store.branch)
        try? test.moveBranch(to: other)
        _ = try translated { () throws(GitError) in try transaction.editor.remove(path.names) }
        return Draft(message: "test")
      }
    }
    #expect(try test.open().head()?.hex == other)
  }

  @Test func aMoveOfTheBranchIsNeverRetried() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try test.add("two", at: "a.wasm")
    let store = try test.open()
    let stale = try store.resolve("main~1").object
    #expect(throws: StoreError.branchMoved(.main)) {
      try store.moveReferences(
        [ReferenceMove(name: "refs/heads/main", before: stale, after: stale)], command: "restore")
    }
    #expect(try store.operations().count == 2, "what did not take place is not recorded")
  }

  @Test(arguments: ["packed", "without reflogs"])
  func aBranchThatIsNotAPlainFileMovesAllTheSame(what: String) throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    if what == "packed" {
      try test.git("pack-refs", "--all")
    } else {
      try run(["rm", "-r", test.root.appending("logs").string])
    }
    for (number, path) in ["b.wasm", "c.wasm"].enumerated() {
      let commit = try #require(try test.add("\(number)", at: path).commit)
      #expect(try test.git("rev-parse", "main").text == commit.hex)
    }
    #expect(try test.open().list(ListRequest()).map(\.path.spelled) == ["/a.wasm", "/b.wasm", "/c.wasm"])
    #expect(try test.git("fsck", "--full", "--strict").errors == "")
    let reflog = try test.git("reflog", "--format=%gs", "main").text.split(separator: "\n")
    #expect(reflog.prefix(2) == ["wasmstore: add /c.wasm", "wasmstore: add /b.wasm"])
  }

  @Test func aNewBranchInANewFolderIsMade() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm", branch: "some/new/branch")
    try test.add("two", at: "b.wasm", branch: "some/new/branch")
    #expect(try test.git("reflog", "--format=%gs", "some/new/branch").text.split(separator: "\n").count == 2)
    #expect(throws: StoreError.self) { try test.add("one", at: "a.wasm", branch: "some/new") }
    #expect(throws: StoreError.self) { try test.add("one", at: "a.wasm", branch: "some/new/branch/below") }
    #expect(try test.open().operations().count == 2, "what did not take place is not recorded")
  }

  @Test(arguments: ["add /b.wasm", "undo"])
  func anOperationWhoseProcessDiedBeforeItsMoveDidNotTakePlace(command: String) throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let newest = try #require(try test.add("two", at: "a.wasm").commit)
    let store = try test.open()
    let last = try #require(try store.operations().first)
    let (here, there) = (newest.hex, try store.resolve("main~1").hex)
    let unfinished = ModuleStore.Operation(
      id: ModuleStore.Operation.newID(), time: test.clock.now(), command: command, author: "somebody",
      moves: [.init(name: "refs/heads/main", before: here, after: there)],
      undoes: command == "undo" ? last.id : nil)
    _ = try store.record.append(unfinished) { _ in }

    #expect(try store.operations().map(\.command) == ["add /a.wasm", "add /a.wasm"])
    #expect(try store.undoneOperations() == [])
    #expect(try store.resolve("main@{1}").hex == there, "the move before is the one that took place")
    #expect(try store.undo().id == last.id)
    #expect(try test.open().head()?.hex == there)
    #expect(try store.operations().map(\.command) == ["undo \(last.id)", "add /a.wasm", "add /a.wasm"])
  }

  // MARK: Stale locks

  @Test func anAbandonedReferenceLockIsRemovedWithANote() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let lock = test.root.appending("refs/heads/main.lock")
    try run(["touch", "-d", "1 minute ago", lock.string])
    #expect(try test.open().status().staleLocks == [lock.string])
    #expect(try test.add("two", at: "a.wasm").commit != nil)
    #expect(test.notes.all.contains(.staleLockRemoved(lock.string)))
  }

  @Test func theLockOfAnUnfinishedOperationIsRemovedAtOnce() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let head = try test.git("rev-parse", "main").text
    let next = try test.git("commit-tree", "main^{tree}", "-p", "main", "-m", "never").text
    let lock = test.root.appending("refs/heads/main.lock")
    try run(["sh", "-c", "echo \(next) > \(lock.string)"])
    let move = Operation.Move(name: "refs/heads/main", before: head, after: next)
    let operation = Operation(
      id: "0123456789ab", time: .now, command: "never", author: "nobody", moves: [move], undoes: nil)
    _ = try test.open().record.append(operation) { _ in }

    var options = Store.Options()
    options.lockTimeout = .zero
    let store = try Store(at: test.root, options).connect().session()
    #expect(try store.remove(["a.wasm"]).commit != nil)
    #expect(try FileStatus(lock) == nil)
    #expect(try !store.operations().map(\.command).contains("never"))
  }

  @Test func aFreshReferenceLockIsRespected() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try run(["touch", test.root.appending("refs/heads/main.lock").string])
    var options = Store.Options()
    options.lockTimeout = .milliseconds(50)
    let store = try Store(at: test.root, options).connect().session()
    let error = #expect(throws: StoreError.self) { try store.remove(["a.wasm"]) }
    guard case .locked = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try store.contains("a.wasm"))
  }

  // MARK: Operation record

  @Test func aTornLineIsPassedOverAndCutOff() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try run(["sh", "-c", "printf '0123456789abcdef {\"id\"' >> '\(test.root)/operations'"])
    #expect(try test.open().operations().map(\.command) == ["add /a.wasm"])
    try test.add("two", at: "b.wasm")
    #expect(test.notes.all.contains(.operationRecordRepaired(22)))
    #expect(try test.open().operations().map(\.command) == ["add /b.wasm", "add /a.wasm"])
  }

  @Test func anOperationThatDiedBeforeItsMoveIsTakenBack() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    let head = try #require(try store.head()).hex
    let ghost = Operation(
      id: "0123456789ab", time: .now, command: "add /ghost.wasm", author: "x",
      moves: [.init(name: "refs/heads/main", before: head, after: String(repeating: "1", count: 40))],
      undoes: nil)
    _ = try store.record.append(ghost) { (line) throws(GitError) in try makeDurable([line]) }
    try test.add("two", at: "b.wasm")
    #expect(try store.operations().map(\.command) == ["add /b.wasm", "add /a.wasm"])
  }

  @Test func undoKeepsWhatNothingElseNames() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let second = try #require(try test.add("two", at: "a.wasm").commit)
    let store = try test.open()
    _ = try store.restore("main~1")
    let kept = try test.git("for-each-ref", "--format=%(objectname)", "refs/wasmstore/kept/").text
    #expect(kept == second.hex)
    let undone = try store.undo()
    #expect(undone.command.hasPrefix("restore "))
    #expect(try store.head() == second)
    try test.git("fsck", "--full", "--strict")
  }

  @Test func undoIsRefusedAfterAnotherMove() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try test.moveBranch(to: test.foreignCommit(on: "main", path: "b.wasm"))
    let store = try test.open()
    let id = try #require(try store.operations().first).id
    #expect(throws: StoreError.cannotUndo(operation: id, reference: "refs/heads/main")) { try store.undo() }
  }

  @Test func whatStandsBeforeAHorizonIsListedAndNotUndone() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    try store.record.appendHorizon(at: Timestamp(seconds: 1_767_225_600))
    let first = try #require(try store.operations().first)
    #expect(first.isBeyondHorizon)
    #expect(throws: StoreError.beyondHorizon(operation: first.id)) { try store.undo() }
    try test.add("two", at: "a.wasm")
    #expect(try store.operations().map(\.isBeyondHorizon) == [false, true])
    #expect(try store.undo().command == "add /a.wasm")
    #expect(throws: StoreError.beyondHorizon(operation: first.id)) { try store.undo() }
  }

  @Test func datesAreAnsweredFromTheRecord() throws {
    let test = try TestStore()
    let first = try #require(try test.add("one", at: "a.wasm").commit)
    let second = try #require(try test.add("two", at: "a.wasm").commit)
    let store = try test.open()
    let times = try store.operations().map(\.time.seconds)
    _ = try store.restore("main~1")
    let restored = try #require(try store.operations().first).time.seconds
    #expect(try store.resolve("main@{@\(times[1])}") == first)
    #expect(try store.resolve("main@{@\(times[0])}") == second)
    #expect(try store.resolve("main@{@\(restored)}") == first)
    #expect(try store.resolve("main@{1}") == second)
    #expect(throws: StoreError.self) { try store.resolve("main@{2000-01-01}") }
  }
}
