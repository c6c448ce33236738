import Catalog
import FileSystem
import Identifiers
import Support
import SystemPackage
import Testing
import Wasm

@testable import ModuleStore

/// The description of a module's interface, with and without the catalog.
@Suite struct InspectionTests {
  private func loseCatalog(_ test: TestStore) throws {
    try run(["sh", "-c", "rm -f '\(test.root)'/catalog-*"])
  }

  /// Removes the bytes, so that later results are from the catalog.
  private func loseBytes(_ id: String, _ test: TestStore) throws {
    try run(["rm", "\(test.root)/objects/\(id.prefix(2))/\(id.dropFirst(2))"])
  }

  @Test func addRecordsWhatAModuleNeedsAndOffers() throws {
    let test = try TestStore()
    let digest = try #require(try test.add("one", at: "a.wasm").modules.first?.digest)
    try test.add("one", at: "plugins/b.wasm")
    try loseBytes(try test.git("rev-parse", "main:a.wasm").text, test)
    for name in ["a.wasm", "main~1:a.wasm", digest.hex, String(digest.hex.prefix(8))] {
      let module = try test.open().inspect(name)
      #expect(module.name == name)
      #expect(module.digest == digest)
      #expect(module.kind == .core)
      #expect(module.problem == nil)
      #expect(module.paths.map(\.description) == ["/a.wasm", "/plugins/b.wasm"])
      let description = try #require(module.description)
      #expect(description.size == module.size)
      #expect(description.imports.map(\.shownName) == ["env.log"])
      #expect(description.exports.map(\.name) == ["add", "memory"])
    }
  }

  @Test func aDescriptionInAnEarlierEncodingIsReplaced() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let id = try test.git("rev-parse", "main:a.wasm").text
    let blob = try #require(ObjectID(hex: id))
    var request = ListRequest()
    request.showsInterfaces = true
    let listed = try test.open().list(request)
    #expect(listed.first?.description?.exports.map(\.name) == ["add", "memory"])
    let session = try test.open()
    let facts = try session.facts(ofBlob: blob)
    let earlier = ModuleFacts(
      digest: facts.digest, size: facts.size, kind: facts.kind, problem: nil, description: [4, 0, 1, 0])
    session.record([StoredModule(blob: blob, facts: earlier)])
    #expect(try session.list(request) == listed)
    try loseBytes(id, test)
    #expect(try test.open().list(request) == listed)
  }

  @Test func theCatalogChangesNoAnswer() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let warm = try test.open().inspect("a.wasm")
    try loseCatalog(test)
    #expect(try test.open().inspect("a.wasm") == warm)
    #expect(try test.open().inspect("a.wasm") == warm)
    try run([
      "sh", "-c", "echo garbage > '\(test.root)'/catalog-1.db; rm -f '\(test.root)'/catalog-1.db-*",
    ])
    #expect(try test.open().inspect("a.wasm") == warm)
  }

  @Test func aDescriptionThatCannotBeDecodedIsMadeAnew() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let store = try test.open()
    let warm = try store.inspect("a.wasm")
    let blob = try store.module("a.wasm").blob
    let known = try store.facts(ofBlob: blob)
    store.record([
      StoredModule(
        blob: blob,
        facts: ModuleFacts(
          digest: known.digest, size: known.size, kind: known.kind, problem: nil, description: [0xff]))
    ])
    #expect(try store.inspect("a.wasm") == warm)
    try loseBytes(try test.git("rev-parse", "main:a.wasm").text, test)
    #expect(try test.open().inspect("a.wasm") == warm)
  }

  @Test func aListingReadsEachModuleOnceWhoeverPushedIt() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let commit = try test.foreignCommit(on: "main", path: "b.wasm")
    try test.moveBranch(to: commit)
    #expect(try test.open().list(ListRequest()).map(\.path.spelled) == ["/a.wasm", "/b.wasm"])
    for path in ["a.wasm", "b.wasm"] { try loseBytes(try test.git("rev-parse", "main:\(path)").text, test) }
    var request = ListRequest()
    request.showsAll = true
    request.showsChanges = true
    #expect(try test.open().list(request).map(\.kind) == [.core, .core])
    #expect(try test.open().inspect("b.wasm").description?.exports.count == 2)
  }

  @Test func invalidModulesHaveAProblemAndNoDescription() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    for (name, bytes, kind) in [
      ("cut.wasm", WasmBuilder.sampleModule().dropLast(3), EntryKind.core),
      ("cut-component.wasm", WasmBuilder.sampleComponent().dropLast(3), .component),
    ] {
      let file = try test.file(name, Array(bytes))
      let blob = try test.git("hash-object", "-w", file.string).text
      let tree = try run(
        ["git", "-C", test.root.string, "mktree"], input: Array("100644 blob \(blob)\t\(name)\n".utf8)
      ).text
      try test.moveBranch(to: try test.git("commit-tree", "-m", "foreign", "-p", "main", tree).text)
      for module in [
        try test.open().inspect(name),
        try InspectedModule(reading: .file(file), name: name),
      ] {
        #expect(module.problem == "unexpected end-of-file")
        #expect(module.description == nil)
        #expect(module.kind == kind)
        #expect(module.size == bytes.count)
      }
    }
  }

  @Test func filesNeedNoStore() throws {
    let test = try TestStore()
    let bytes = WasmBuilder.sampleModule(text: "one")
    let file = try InspectedModule(reading: .file(test.file("one.wasm", bytes)), name: "./one.wasm")
    #expect(try contents(of: test.root.appending("HEAD")) == nil)
    try test.add("one", at: "a.wasm")
    let stored = try test.open().inspect("a.wasm")
    #expect(file.digest == stored.digest)
    #expect(file.description == stored.description)
    #expect(file.paths.isEmpty)
  }

  @Test func whatIsNoModuleIsRefused() throws {
    let test = try TestStore()
    let text = try test.file("readme.txt", Array("text".utf8))
    #expect(throws: StoreError.source(path: text.string, reason: "it is not a WebAssembly binary")) {
      try InspectedModule(reading: .file(text), name: "readme.txt")
    }
    let missing = FilePath(test.folder.path).appending("missing.wasm")
    #expect(throws: StoreError.source(path: missing.string, reason: "No such file or directory")) {
      try InspectedModule(reading: .file(missing), name: "missing.wasm")
    }
    #expect(throws: StoreError.moduleNotFound(reference: "/a.wasm", branch: .main, lastAt: nil)) {
      try test.open().inspect("a.wasm")
    }
  }

  @Test(arguments: [
    ([1, 0, 0, 0, 1], EntryKind.core), ([0x0d, 0, 1, 0, 1], .component), ([], .unknown),
    ([1, 0, 0], .unknown),
    ([2, 0, 0, 0], .unknown), ([1, 0, 1, 0], .unknown), ([0x0d, 0, 0, 0], .unknown),
    ([0x0e, 0, 1, 0], .unknown),
  ])
  func theKindOfAnInvalidModuleIsWhatItsHeaderSays(header: [UInt8], kind: EntryKind) throws {
    let bytes = [0x00, 0x61, 0x73, 0x6d] + header
    let test = try TestStore()
    let file = try test.file("invalid.wasm", bytes)
    #expect(try InspectedModule(reading: .file(file), name: "invalid").kind == kind)
    let encoding: Encoding? = kind == .core ? .core : kind == .component ? .component : nil
    #expect(Verdict(of: bytes).encoding == encoding, "validate says the same")
    // Each byte is a separate piece, as it may be in a pipe.
    var inspection = Inspection()
    for piece in [Array(bytes[..<4])] + bytes[4...].map({ [$0] }) { inspection.update(piece.span.bytes) }
    #expect(EntryKind(inspection.finish().kind) == kind)

    let store = try test.open()
    var request = AddRequest([ModuleSource(.file(file), path: try ModulePath("invalid.wasm"))])
    request.waivesVerdict = true
    _ = try store.add(request)
    for _ in 0..<2 {
      let store = try test.open()
      #expect(try store.module("invalid.wasm").kind == kind)
      #expect(try store.inspect("invalid.wasm").kind == kind)
      #expect(try store.list(ListRequest()).map(\.kind) == [kind])
      for wanted in [EntryKind.core, .component] {
        var request = SearchRequest()
        request.kinds = [wanted]
        #expect(try store.search(request).count == (wanted == kind ? 1 : 0))
      }
      #expect(try store.search(SearchRequest()).count == 1)
      try loseCatalog(test)
    }
  }
}
