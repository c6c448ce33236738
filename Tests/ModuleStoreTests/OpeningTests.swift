import FileSystem
import Identifiers
import Support
import SystemPackage
import Testing

@testable import ModuleStore

/// Which stores are opened, which are created, and which folders are left unchanged.
@Suite struct OpeningTests {
  @Test func aStoreIsMadeWithItsParents() throws {
    let test = try TestStore()
    let root = FilePath(test.folder.path).appending("not/there/yet")
    let store = try Store(at: root).connectOrCreate().session()
    #expect(store.defaultBranch == .main)
    try run(["git", "-C", root.string, "fsck", "--strict"])
    #expect(try run(["git", "-C", root.string, "symbolic-ref", "HEAD"]).text == "refs/heads/main")
    #expect(try run(["git", "-C", root.string, "config", "core.bigFileThreshold"]).text == "1m")
    #expect(try FileStatus(root.appending("tmp/new")) == nil, "no draft is left behind")
  }

  /// A process that opens a store while another creates it does not see a different kind of folder or an unfinished
  /// store.
  @Test func manyMakeOneStore() throws {
    let test = try TestStore()
    for round in 0..<200 {
      let store = Store(at: FilePath(test.folder.path).appending("\(round)"))
      try inParallel(3, workers: 3) { (worker) throws(StoreError) in
        if worker == 0 { _ = try store.connectOrCreate() }
        while true {
          do throws(StoreError) {
            _ = try store.connect()
            return
          } catch {
            guard case .noStore = error else { throw error }
          }
        }
      }
    }
  }

  @Test func anEmptyFolderBecomesAStore() throws {
    let test = try TestStore()
    try run(["mkdir", test.root.string])
    #expect(try test.open().branches().map(\.name.name) == ["main"])
  }

  @Test(arguments: ["true", "mkdir R", "mkdir R R/tmp; touch R/write.lock; cp /dev/null R/config"])
  func readingMakesNoStore(script: String) throws {
    let test = try TestStore()
    try run(["sh", "-c", "cd '\(test.folder.path)' && " + script.replacing("R", with: "store")])
    let before = test.folder.files()
    #expect(throws: StoreError.noStore(path: test.root.string)) {
      try Store(at: test.root).connect().session()
    }
    #expect(test.folder.files() == before)
    #expect(try test.open().branches().map(\.name.name) == ["main"])
    try test.git("fsck", "--strict")
    #expect(try Store(at: test.root).connect().session().branch == .main)
  }

  @Test(arguments: [
    ("mkdir -p R/.git", "a git work tree", false),
    ("mkdir -p R/objects R/tmp", "a store of the older wasmstore", true),
    ("mkdir -p R && touch R/notes.txt", "a folder with other files", false),
  ])
  func otherFoldersAreLeftAlone(script: String, seems: String, isPredecessor: Bool) throws {
    let test = try TestStore()
    try run(["sh", "-c", "cd '\(test.folder.path)' && " + script.replacing("R", with: "store")])
    let before = test.folder.files()
    #expect(
      throws: StoreError.notAStore(path: test.root.string, seems: seems, isPredecessor: isPredecessor)
    ) { try test.open() }
    #expect(test.folder.files() == before)
  }

  @Test func aRootThatIsAFileIsRefused() throws {
    let test = try TestStore()
    _ = try test.file("store", [1])
    #expect(throws: StoreError.root(path: test.root.string, reason: "it is a file")) { try test.open() }
  }

  @Test func aNewerFormatIsRefused() throws {
    let test = try TestStore()
    _ = try test.open()
    try test.git("config", "wasmstore.formatVersion", "3")
    #expect(throws: StoreError.newerFormat(path: test.root.string, found: 3, supported: 2)) {
      try test.open()
    }
  }

  @Test(arguments: [
    ["core.repositoryFormatVersion", "1", "extensions.objectFormat", "sha256"],
    ["core.repositoryFormatVersion", "2"],
  ])
  func aGitRepositoryOfAnotherFormatIsRefused(settings: [String]) throws {
    let test = try TestStore()
    _ = try test.open()
    for index in stride(from: 0, to: settings.count, by: 2) {
      try run(["git", "config", "-f", "\(test.root)/config", settings[index], settings[index + 1]])
    }
    #expect(throws: StoreError.self) { try test.open() }
  }

  @Test func aGitRepositoryIsReadAsItIsAndAdoptedByTheFirstWrite() throws {
    let test = try TestStore()
    try run(["git", "init", "-q", "--bare", "-b", "main", test.root.string])
    let module = try test.file("m.wasm", WasmBuilder.sampleModule())
    let blob = try test.git("hash-object", "-w", module.string).text
    let tree = try run(
      ["git", "-C", test.root.string, "mktree"], input: Array("100644 blob \(blob)\tm.wasm\n".utf8)
    ).text
    let commit = try test.git("commit-tree", "-m", "plain", tree).text
    try test.git("update-ref", "refs/heads/main", commit)
    let configuration = try contents(of: test.root.appending("config"))
    #expect(try test.open().list(ListRequest()).map(\.path.spelled) == ["/m.wasm"])
    #expect(try contents(of: test.root.appending("config")) == configuration)
    try test.add("two", at: "n.wasm")
    #expect(try test.git("config", "wasmstore.formatVersion").text == "2")
    #expect(try test.open().list(ListRequest()).map(\.path.spelled) == ["/m.wasm", "/n.wasm"])
  }

  @Test func aStoreOfFormat1IsRaisedByTheFirstWriteAndItsUndoWorks() throws {
    let test = try TestStore()
    let first = try #require(try test.add("one", at: "a.wasm").commit)
    try test.add("two", at: "a.wasm")
    for setting in [
      ["--unset-all", "receive.hideRefs"], ["--add", "receive.hideRefs", "refs/private"],
      ["wasmstore.formatVersion", "1"],
    ] {
      try run(["git", "-C", test.root.string, "config"] + setting)
    }
    try run(["rm", test.root.appending("gate").string])
    try run(["touch", test.root.appending("catalog-1.sqlite").string])
    let configuration = try contents(of: test.root.appending("config"))
    let store = try test.open()
    #expect(try store.operations().count == 2)
    #expect(try store.status().formatVersion == 1)
    #expect(try contents(of: test.root.appending("config")) == configuration, "reading changes nothing")
    #expect(try store.undo().command == "add /a.wasm")
    #expect(try test.open().head() == first)
    #expect(try test.git("config", "wasmstore.formatVersion").text == "2")
    #expect(
      try test.git("config", "--get-all", "receive.hideRefs").text.split(separator: "\n")
        == ["refs/private", "refs/wasmstore"])
    #expect(try FileStatus(test.root.appending("catalog-1.sqlite")) == nil)
    try test.add("three", at: "b.wasm")
    #expect(try test.git("config", "--get-all", "receive.hideRefs").text.split(separator: "\n").count == 2)
  }

  // MARK: Catalog

  @Test(arguments: [
    "rm -f R/catalog-*", "echo garbage > R/catalog-1.db; rm -f R/catalog-1.db-*",
    "rm -f R/catalog-1.db-*; truncate -s 5000 R/catalog-1.db",
    "rm -f R/catalog-1.db-*; : > R/catalog-1.db",
  ])
  func answersAreTheSameWithoutTheCatalog(damage: String) throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try test.add("two", at: "a.wasm")
    try test.add("two", at: "dir/b.wasm")
    func answers() throws -> [String] {
      let store = try test.open()
      let path = try ModulePath("a.wasm")
      return try store.list(ListRequest()).map { "\($0)" } + store.versions(of: path).map { "\($0)" }
        + [store.module(store.module("a.wasm").digest.hex).path?.description ?? "none"]
    }
    let warm = try answers()
    try run(["sh", "-c", damage.replacing("R", with: test.root.string)])
    #expect(try answers() == warm)
    try test.add("three", at: "c.wasm")
    #expect(try test.open().contains("c.wasm"))
  }

  @Test func aDamagedCatalogIsLeftAndANewGenerationBegun() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let damage = "rm -f R/catalog-1.db-*; echo garbage > R/catalog-1.db"
    try run(["sh", "-c", damage.replacing("R", with: test.root.string)])
    _ = try test.open().list(ListRequest())
    #expect(try contents(of: test.root.appending("catalog-1.db")) == Array("garbage\n".utf8))
    #expect(test.notes.all.contains(.catalogRestarted(test.root.appending("catalog-2.db").string)))
    #expect(try test.open().status().catalog?.path == test.root.appending("catalog-2.db").string)
  }
}
