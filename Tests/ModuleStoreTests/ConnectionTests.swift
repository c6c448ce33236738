import FileSystem
import Identifiers
import Support
import SystemPackage
import Testing

@testable import ModuleStore

@Suite struct ConnectionTests {
  /// Run it under ThreadSanitizer too: `swift test --sanitize=thread --filter ConnectionTests`.
  @Test func eightThreadsReadAndWriteOneStore() throws {
    let test = try TestStore()
    var options = Store.Options()
    options.keepsConnections = true
    let store = Store(at: test.root, options)
    let (threads, rounds) = (8, 12)
    var files: [[FilePath]] = []
    for thread in 0..<threads {
      files.append(
        try (0..<rounds).map { round in
          try test.file("\(thread)-\(round).wasm", WasmBuilder.sampleModule(text: "\(thread) \(round)"))
        })
    }
    let sources = files
    try inParallel(threads, workers: threads) { thread in
      let connection = try store.connectOrCreate()
      for round in 0..<rounds {
        // A session for each call, as in a server; every other call is on the thread's own branch.
        let branch = round % 2 == 0 ? BranchName.main : try BranchName("thread-\(thread)")
        let session = try connection.session(on: branch, by: Author("thread \(thread)"))
        let path = try ModulePath("\(thread)/\(round).wasm")
        let added = try session.add(AddRequest([ModuleSource(.file(sources[thread][round]), path: path)]))
        let digest = try #require(added.modules.first?.digest)
        // An acknowledged change is visible at once, on this connection and on a new one.
        #expect(try session.module(path.description).digest == digest)
        #expect(try store.connect().session(on: branch).module(digest.hex).digest == digest)
        #expect(try session.list(ListRequest()).contains { $0.path.spelled == path.description })
        #expect(try session.versions(of: path).map(\.digest) == [digest])
      }
      connection.close()
    }
    let session = try test.open()
    #expect(try session.list(ListRequest()).count == threads * rounds / 2)
    #expect(try session.audit().count == threads * rounds / 2)
    #expect(try session.branches().count == threads + 1)
    let check = try test.git("fsck", "--full", "--strict")
    #expect(check.status == 0, "\(check.text)")
  }

  @Test func aSessionOfAConnectionHasItsOwnBranchAuthorAndWork() throws {
    let test = try TestStore()
    let file = try test.file("a.wasm", WasmBuilder.sampleModule(text: "a"))
    let connection = try Store(at: test.root).connectOrCreate()
    let request = AddRequest([ModuleSource(.file(file), path: try ModulePath("a.wasm"))])
    _ = try connection.session(by: Author("first")).add(request)
    _ = try connection.session(on: BranchName("dev"), by: Author("second")).add(request)
    let head = { (branch: String) in
      let session = try connection.session(on: BranchName(branch))
      return try session.commit(session.existingHead()).author.name
    }
    #expect(try head("main") == "first")
    #expect(try head("dev") == "second")
    var cancelled = Work()
    cancelled.cancellation = Cancellation()
    cancelled.cancellation.cancel()
    #expect(throws: StoreError.cancelled) { try connection.session(cancelled).audit() }
    #expect(try connection.session().audit().count == 1)
  }

  @Test func workThatIsCancelledWhileItWaitsOrReadsChangesNothing() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let before = try test.git("for-each-ref").text
    let files = try (0..<20).map { number in
      try test.file("\(number).wasm", WasmBuilder.sampleModule(text: "\(number)"))
    }
    var work = Work()
    // Cancelled by the first call that reports progress.
    let cancellation = work.cancellation
    work.progress = { _ in cancellation.cancel() }
    let session = try Store(at: test.root).connect().session(work)
    #expect(throws: StoreError.cancelled) {
      try session.add(
        AddRequest(
          files.map { ModuleSource(.file($0), path: try ModulePath($0.lastComponent?.string ?? "")) }))
    }
    #expect(try test.git("for-each-ref").text == before)
    #expect(try names(in: test.root.appending("tmp")).isEmpty)
    #expect(try test.git("fsck", "--strict").text.isEmpty)
  }
}
