import FileSystem
import Git
import Support
import Synchronization
import SystemPackage
import Testing

@testable import ModuleStore

@Suite("Backups")
struct BackupTests {
  let test: TestStore
  let archive: FilePath

  init() throws {
    test = try TestStore()
    archive = FilePath(test.folder.path).appending("backup.tar.gz")
  }

  private func backup(_ session: StoreSession, to path: FilePath? = nil) throws -> BackupSummary {
    let file = try FileDescriptor.open(
      path ?? archive, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    return try file.closeAfter {
      try session.backup(to: file, named: "backup", temporary: FilePath(test.folder.path))
    }
  }

  private func restore(at name: String, replacing: Bool = false) throws -> FilePath {
    let root = FilePath(test.folder.path).appending(name)
    let file = try FileDescriptor.open(archive, .readOnly)
    try file.closeAfter { _ = try Store(at: root).restore(backup: file, replacing: replacing) }
    return root
  }

  @discardableResult
  private func git(_ root: FilePath, _ arguments: String...) throws -> String {
    try run(["git", "-C", root.string, "-c", "safe.directory=*"] + arguments).text
  }

  @Test("what a backup began with is in it, whatever is deleted meanwhile")
  func deletionsMeanwhile() throws {
    try test.add("main", at: "main.wasm")
    for index in 0..<20 { try test.add("\(index)", at: "\(index).wasm", branch: "dev") }
    try test.git("tag", "v1", "dev")
    let head = try test.git("rev-parse", "dev").text
    var session = try test.open()
    let deleted = Mutex(false)
    let root = test.root
    session.work.progress = { progress in
      // Between reading the references and copying.
      guard progress.phase == .findingObjects, !deleted.withLock({ was in (was, was = true).0 }) else {
        return
      }
      _ = try? run(["git", "-C", root.string, "update-ref", "-d", "refs/heads/dev"])
      _ = try? run(["git", "-C", root.string, "tag", "-d", "v1"])
      _ = try? run(["git", "-C", root.string, "reflog", "expire", "--expire=all", "--all"])
      _ = try? run(["git", "-C", root.string, "-c", "gc.packRefs=true", "gc", "-q", "--prune=now"])
    }
    _ = try backup(session)
    #expect(deleted.withLock { $0 })
    #expect(try test.git("for-each-ref", "--format=%(refname)").text == "refs/heads/main")
    #expect(try names(in: test.root.appending("tmp")) == [])
    let restored = try restore(at: "restored")
    #expect(try git(restored, "rev-parse", "dev", "v1") == "\(head)\n\(head)")
    #expect(try git(restored, "fsck", "--strict") == "")
  }

  @Test("pins of processes that are gone are dropped, and those of others stay")
  func abandonedPins() throws {
    try test.add("one", at: "a.wasm")
    let head = try test.git("rev-parse", "main").text
    for id in ["dead", "packed"] { try test.git("update-ref", "refs/wasmstore/pins/\(id)/0", head) }
    try test.git("pack-refs", "--all")
    try test.git("update-ref", "refs/wasmstore/pins/dead/1", head)
    let session = try test.open()
    let object = try session.existingHead().object
    var pins: Pins? = try Pins([object, object], in: session)
    let list = { try test.git("for-each-ref", "--format=%(objectname)", "refs/wasmstore/pins").text }
    #expect(try list() == head)
    _ = try Pins([], in: try test.open())
    #expect(try list() == head)
    withExtendedLifetime(pins) {}
    pins = nil
    #expect(try list() == "")
  }

  @Test("a gc leaves what a backup reads, and drops pins of processes that are gone")
  func collectionMeanwhile() throws {
    for index in 0..<10 { try test.add("\(index)", at: "a.wasm") }
    let head = try test.git("rev-parse", "main").text
    try test.git("update-ref", "refs/wasmstore/pins/dead/0", "main~5")
    var session = try test.open()
    let hasCollected = Mutex(false)
    let collector = test
    let failure = Mutex<String?>(nil)
    session.work.progress = { progress in
      guard progress.phase == .findingObjects, !hasCollected.withLock({ was in (was, was = true).0 }) else {
        return
      }
      do {
        var request = CollectionRequest()
        request.expiresNow = true
        _ = try collector.open().collectGarbage(request)
      } catch {
        failure.withLock { $0 = "\(error)" }
      }
    }
    _ = try backup(session)
    #expect(hasCollected.withLock { $0 } && failure.withLock { $0 } == nil)
    #expect(try test.git("rev-parse", "main").text != head)
    #expect(try test.git("for-each-ref", "refs/wasmstore/pins").text == "")
    let restored = try restore(at: "restored")
    #expect(try git(restored, "rev-parse", "main") == head)
    #expect(try git(restored, "rev-list", "--count", "main") == "10")
    #expect(try git(restored, "fsck", "--strict") == "")
  }

  @Test("what a restore left that died halfway is no store, and in nobody's way", arguments: [false, true])
  func halfRestored(isMovedIn: Bool) throws {
    try test.add("main", at: "main.wasm")
    let head = try test.git("rev-parse", "main").text
    _ = try backup(test.open())
    for name in ["again", "new"] {
      let root = FilePath(test.folder.path).appending(name)
      try run(["mkdir", "-p", "\(root)/tmp/restore-0123456789abcdef"])
      if isMovedIn {
        try run([
          "sh", "-c",
          "cd '\(root)' && mkdir tmp/restoring objects && touch write.lock && echo '\(head) refs/heads/x' > packed-refs",
        ])
      }
      #expect(throws: StoreError.noStore(path: root.string)) { try Store(at: root).connect() }
    }
    let again = try restore(at: "again")
    #expect(try git(again, "for-each-ref", "--format=%(refname)") == "refs/heads/main")
    let new = FilePath(test.folder.path).appending("new")
    #expect(try Store(at: new).connectOrCreate().session().branches().map(\.name) == [.main])
    #expect(try git(new, "for-each-ref").isEmpty)
    #expect(try !fileExists(new.appending("tmp/restoring")) && !fileExists(again.appending("tmp/restoring")))
  }

  @Test("a folder that has lost its HEAD is not taken for an unfinished restore")
  func lostHead() throws {
    try test.add("main", at: "main.wasm")
    _ = try backup(test.open())
    let root = try restore(at: "restored")
    try run(["mv", "\(root)/HEAD", "\(test.folder.path)/HEAD"])
    #expect(throws: StoreError.self) { try restore(at: "restored") }
    try run(["mv", "\(test.folder.path)/HEAD", "\(root)/HEAD"])
    try git(root, "fsck", "--strict")
  }

  @Test("drafts of restores that died are removed by the next one and by gc")
  func drafts() throws {
    try test.add("main", at: "main.wasm")
    _ = try backup(test.open())
    let drafts = ["restored", "store"].map {
      FilePath(test.folder.path).appending(".\($0).restore-0123456789abcdef")
    }
    for draft in drafts {
      try run(["mkdir", draft.string])
      try run(["touch", "-d", "2 hours ago", draft.string])
    }
    guard let lock = try AdvisoryLock(present: drafts[0]) else {
      Issue.record("\(drafts[0]) is not there")
      return
    }
    _ = try lock.attempt(.exclusive)
    _ = try restore(at: "restored")
    #expect(try fileExists(drafts[0]), "its maker lives")
    lock.release()
    _ = try restore(at: "restored", replacing: true)
    #expect(try !fileExists(drafts[0]) && fileExists(drafts[1]))
    _ = try test.open().collectGarbage(CollectionRequest())
    #expect(try !fileExists(drafts[1]))
  }

  @Test("the same store makes the same bytes")
  func sameBytes() throws {
    for index in 0..<30 { try test.add("\(index)", at: "folder/\(index % 7).wasm") }
    let other = FilePath(test.folder.path).appending("other.tar.gz")
    _ = try backup(try test.open())
    _ = try backup(try test.open(), to: other)
    let first = try #require(try contents(of: archive))
    #expect(try contents(of: other) == first)
    // A restored store creates them too.
    let root = try restore(at: "restored")
    _ = try backup(try Store(at: root).connect().session(), to: other)
    #expect(try contents(of: other)?.count == first.count)
  }

  @Test("a shallow clone stays one")
  func shallow() throws {
    for index in 0..<4 { try test.add("\(index)", at: "a.wasm") }
    let clone = FilePath(test.folder.path).appending("clone")
    _ = try run(["git", "clone", "-q", "--bare", "--depth=2", "file://\(test.root)", clone.string])
    _ = try backup(try Store(at: clone).connect().session())
    let restored = try restore(at: "restored")
    #expect(try git(restored, "rev-list", "--count", "HEAD") == "2")
    #expect(try git(restored, "fsck", "--strict") == "")
  }

  @Test("backups beside writers are whole")
  func besideWriters() throws {
    try test.add("first", at: "0.wasm")
    let root = test.root
    let failures = try inParallel(3, workers: 3) { (worker) throws(StoreError) -> String? in
      do {
        for round in 0..<8 {
          if worker > 0 {
            let source = try test.file("\(worker).wasm", WasmBuilder.sampleModule(text: "\(worker) \(round)"))
            let path = try ModulePath("\(worker)/\(round).wasm")
            _ = try test.open().add(AddRequest([ModuleSource(.file(source), path: path)]))
            continue
          }
          let file = try test.file("\(round).tar.gz", [])
          _ = try backup(try test.open(), to: file)
          let archive = try FileDescriptor.open(file, .readOnly)
          _ = try archive.closeAfter {
            try Store(at: FilePath("\(root)-\(round)")).restore(backup: archive)
          }
        }
        return nil
      } catch {
        return "\(worker): \(error)"
      }
    }
    #expect(failures.compactMap { $0 } == [])
  }

  @Test(
    "what belongs into no backup is left out of its settings",
    arguments: [
      "[core]\n\tbare = true\n\tfsmonitor = \"x y\"\n[wasmstore \"branch.a \\\"b\"]\n\tpolicy = \"a ; # \\\\ b\"\n",
      "[core]\n\tbare = true\n[include]\n\tpath = other\n[wasmstore]\n\tauthor = Ann\n",
    ])
  func settings(text: String) throws {
    let file = try test.file("config", Array(text.utf8))
    let entries = try Configuration(path: file).entries()
    let (kept, leftOut) = BackupSettings.text(of: Array(text.utf8), entries)
    #expect(leftOut.count == 1)
    let again = try Configuration(path: try test.file("again", kept)).entries()
    #expect(again == entries.filter { BackupSettings.isKnown($0.name) })
    #expect(again.count == 2)
    #expect(!BackupSettings.includesOthers(kept))
  }
}
