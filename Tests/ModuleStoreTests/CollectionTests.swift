import FileSystem
import Identifiers
import Support
import Synchronization
import SystemPackage
import Testing

@testable import ModuleStore

@Suite("Collecting garbage")
struct CollectionTests {
  /// Each writer sets its paths to modules that others add and remove, so that unreachable objects become reachable
  /// again.
  @Test(
    "nothing that was acknowledged is lost while eight writers go on",
    arguments: [HistoryPolicy.squash, .keep])
  func writersBeside(history: HistoryPolicy) throws {
    let test = try TestStore()
    try test.add("first", at: "first.wasm")
    let sources = try (0..<6).map { number in
      try test.file("\(number).wasm", WasmBuilder.sampleModule(text: "module \(number)"))
    }
    let store = Store(at: test.root)
    let (writers, rounds) = (8, 30)
    let acknowledged = Mutex<[String: ModuleDigest?]>([:])
    let isDone = Atomic(0)
    try inParallel(writers + 1, workers: writers + 1) { (worker) throws -> Void in
      if worker == writers {
        while isDone.load(ordering: .relaxed) < writers {
          var request = CollectionRequest()
          request.history = history
          _ = try store.connect().session().collectGarbage(request)
        }
        return
      }
      defer { isDone.wrappingAdd(1, ordering: .relaxed) }
      var generator = Generator(seed: UInt64(worker))
      for round in 0..<rounds {
        let session = try store.connect().session()
        let path = try ModulePath("\(worker)/\(Int.random(in: 0..<3, using: &generator)).wasm")
        let source = sources[Int.random(in: 0..<sources.count, using: &generator)]
        switch round % 3 {
        case 0, 1:
          let added = try session.add(AddRequest([ModuleSource(.file(source), path: path)]))
          acknowledged.withLock { $0[path.description] = added.modules.first?.digest }
        default:
          let known = acknowledged.withLock { $0[path.description] ?? nil }
          guard known != nil else { continue }
          _ = try session.remove([path.description])
          acknowledged.withLock { $0[path.description] = .some(nil) }
        }
      }
    }
    let session = try test.open()
    let found = Dictionary(
      uniqueKeysWithValues: try session.list(ListRequest()).map { ($0.path.spelled, $0.digest) })
    for (path, digest) in acknowledged.withLock({ $0 }) { #expect(found[path] ?? nil == digest, "\(path)") }
    for path in found.keys { try session.read(session.module(path)) { _ in } }
    #expect(try test.git("fsck", "--full", "--strict", "--no-dangling").text.isEmpty)
    let damage = try session.fsck(.deep).damage.map { "\($0.name) \($0.problem)" }
    #expect(damage == [])
  }

  @Test("a squash keeps what merges need")
  func mergeBases() throws {
    let test = try TestStore()
    for number in 0..<4 { try test.add("module \(number)", at: "\(number).wasm") }
    try test.open().createBranch(BranchName("dev"))
    try test.add("on dev", at: "dev.wasm", branch: "dev")
    try test.add("on main", at: "0.wasm")
    try test.add("on main again", at: "0.wasm")
    let report = try test.open().collectGarbage(CollectionRequest())
    #expect(report.squashed?.commitCount == 2)
    #expect(report.holders == ["refs/heads/dev"])
    _ = try test.open().merge("dev")
    #expect(try test.open().list(ListRequest()).count == 5)
  }

  @Test("a dry run tells what goes, and changes nothing")
  func dryRun() throws {
    let test = try TestStore()
    for number in 0..<3 { try test.add("module \(number)", at: "a.wasm") }
    let before = test.folder.files(below: "store")
    var request = CollectionRequest()
    request.isDryRun = true
    let told = try test.open().collectGarbage(request)
    #expect(test.folder.files(below: "store") == before)
    let removed = try test.open().collectGarbage(CollectionRequest())
    #expect(told.removedObjects == removed.removedObjects)
    #expect(told.squashed?.commitCount == 3)
    #expect(told.modules.map(\.last?.path.spelled) == ["/a.wasm", "/a.wasm"])
  }

  @Test(
    "while plain git brings objects in, everything waits",
    arguments: ["tmp_objdir-incoming-x", "pack/tmp_pack_x"])
  func foreignWriter(name: String) throws {
    let test = try TestStore()
    for number in 0..<3 { try test.add("module \(number)", at: "a.wasm") }
    try run(["mkdir", "-p", "\(test.root)/objects/pack", "\(test.root)/objects/\(name)"])
    let report = try test.open().collectGarbage(CollectionRequest())
    #expect(report.removedObjects == 0)
    #expect(report.waitingObjects == 7)
    try run(["rmdir", "\(test.root)/objects/\(name)"])
    #expect(
      try test.open().collectGarbage(CollectionRequest()).removedObjects == 0, "nothing reached them any more"
    )
    var request = CollectionRequest()
    request.expiresNow = true
    try makeObjectsOld(in: test)
    #expect(try test.open().collectGarbage(request).removedObjects == 7)
  }

  private func makeObjectsOld(in test: TestStore) throws {
    try run([
      "find", "\(test.root)/objects", "-type", "f", "-exec", "touch", "-d", "1 minute ago", "{}", "+",
    ])
  }

  @Test("an object that plain git wrote a moment before lets everything wait", arguments: [false, true])
  func youngObjectFromBefore(isPacked: Bool) throws {
    let test = try TestStore()
    for number in 0..<3 { try test.add("module \(number)", at: "a.wasm") }
    let id = try run(["git", "-C", test.root.string, "hash-object", "-w", "--stdin"], input: [1, 2]).text
    if isPacked {
      try run(
        ["git", "-C", test.root.string, "pack-objects", "objects/pack/pack"], input: Array("\(id)\n".utf8))
      try run(["rm", "\(test.root)/objects/\(id.prefix(2))/\(id.dropFirst(2))"])
    }
    let report = try test.open().collectGarbage(CollectionRequest())
    #expect(report.removedObjects == 0)
    #expect(report.waitingObjects == (isPacked ? 7 : 8), "a young pack stays as it is")
    try makeObjectsOld(in: test)
    #expect(try test.open().collectGarbage(CollectionRequest()).removedObjects == 0, "they wait for gc.grace")
    try run(["find", "\(test.root)/objects", "-type", "f", "-exec", "touch", "-d", "2 hours ago", "{}", "+"])
    #expect(try test.open().collectGarbage(CollectionRequest()).removedObjects == 8)
    try test.git("fsck", "--full", "--strict")
  }

  @Test("what others write while a collection begins is no sign of a plain git, and goes with the rest")
  func latecomers() throws {
    let test = try TestStore()
    for number in 0..<3 { try test.add("module \(number)", at: "a.wasm") }
    let session = try test.open()
    var work = session.work
    let hasWritten = Atomic(false)
    work.progress = { progress in
      // After reading the references.
      guard progress.phase == .findingObjects, !hasWritten.exchange(true, ordering: .relaxed) else { return }
      _ = try? test.add("late", at: "b.wasm")
      _ = try? test.open().remove(["b.wasm"])
    }
    let report = try session.connection.session(work).collectGarbage(CollectionRequest())
    let wasWritten = hasWritten.load(ordering: .relaxed)
    #expect(wasWritten)
    #expect(report.waitingObjects == 0)
    #expect(report.removedObjects == 7 + 4)
  }

  @Test("a file that a push has open is no leftover, however old its folder is")
  func openQuarantine() throws {
    let test = try TestStore()
    try test.add("module", at: "a.wasm")
    let folder = test.root.appending("objects/tmp_objdir-incoming-x")
    try makeFolder(folder)
    let pack = try FileDescriptor.open(
      folder.appending("tmp_pack_x"), .writeOnly, options: [.create, .closeOnExec],
      permissions: .ownerReadWrite)
    try pack.closeAfter {
      try run(["touch", "-d", "2 hours ago", folder.string])
      _ = try test.open().collectGarbage(CollectionRequest())
      #expect(try fileExists(folder))
    }
    try run(["touch", "-d", "2 hours ago", folder.string])
    _ = try test.open().collectGarbage(CollectionRequest())
    #expect(try !fileExists(folder))
  }

  @Test("an object that plain git wrote a moment ago lets everything wait")
  func youngObject() throws {
    let test = try TestStore()
    for number in 0..<3 { try test.add("module \(number)", at: "a.wasm") }
    let session = try test.open()
    // It is written during the collection, like the objects of an unfinished push.
    var work = session.work
    let root = test.root.string
    let hasWritten = Atomic(false)
    work.progress = { progress in
      guard progress.phase == .packing, !hasWritten.exchange(true, ordering: .relaxed) else { return }
      _ = try? run(["git", "-C", root, "hash-object", "-w", "--stdin"], input: [1, 2])
    }
    let report = try session.connection.session(work).collectGarbage(CollectionRequest())
    let wasWritten = hasWritten.load(ordering: .relaxed)
    #expect(wasWritten)
    #expect(report.removedObjects == 0)
    #expect(report.waitingObjects == 7)
  }

  @Test("a connection that was open before goes on reading")
  func openConnection() throws {
    let test = try TestStore()
    for number in 0..<3 { try test.add("module \(number)", at: "\(number).wasm") }
    try test.git("repack", "-adq")
    let session = try test.open()
    #expect(try session.list(ListRequest()).count == 3)
    try test.add("another", at: "0.wasm")
    _ = try test.open().collectGarbage(CollectionRequest())
    let open = try session.connection.session()
    #expect(try open.list(ListRequest()).count == 3)
    for number in 0..<3 { try open.read(open.module("/\(number).wasm")) { _ in } }
    #expect(try open.audit().count == 1)
  }

  @Test("what a killed process left goes once it is old enough")
  func leftovers() throws {
    let test = try TestStore()
    try test.add("module", at: "a.wasm")
    try run([
      "sh", "-c", "cd '\(test.root)'; : > tmp/pack-1; : > tmp/object-2; touch -d '2 hours ago' tmp/pack-1",
    ])
    _ = try test.open().collectGarbage(CollectionRequest())
    #expect(try names(in: test.root.appending("tmp")) == ["object-2"])
    var request = CollectionRequest()
    request.expiresNow = true
    _ = try test.open().collectGarbage(request)
    #expect(try names(in: test.root.appending("tmp")).isEmpty)
  }

  @Test("raw copies stay for what a branch or a tag holds")
  func rawCopies() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let first = try test.open().rawCopy(of: test.open().module("/a.wasm"))
    try test.add("two", at: "a.wasm")
    let second = try test.open().rawCopy(of: test.open().module("/a.wasm"))
    _ = try test.open().collectGarbage(CollectionRequest())
    #expect(try !fileExists(first) && fileExists(second))
  }
}
