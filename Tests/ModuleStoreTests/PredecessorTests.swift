import FileSystem
import Identifiers
import Support
import SystemPackage
import Testing

@testable import ModuleStore

@Suite("Stores of the older wasmstore")
struct PredecessorTests {
  let test: TestStore
  let old: PredecessorStore
  let module: [UInt8] = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

  init() throws {
    test = try TestStore()
    old = try PredecessorStore(at: FilePath(test.folder.path).appending("old"))
  }

  private func importOld(
    partial: Bool = false, dryRun: Bool = false
  ) throws -> PredecessorImportResult {
    var request = PredecessorImportRequest(.folder(old.root))
    request.isPartial = partial
    request.isDryRun = dryRun
    let result = try test.open().importPredecessor(request)
    if result.isWritten { try test.git("fsck", "--full", "--strict") }
    return result
  }

  private func paths(_ revision: String = "main") throws -> [String] {
    var request = ListRequest()
    request.revision = revision
    return try test.open().list(request).map { "\($0.path.spelled) \($0.digest?.hex.prefix(4) ?? "")" }
  }

  /// Test vectors of the format: the contents of a folder or a commit, and its key.
  @Test(arguments: [
    ("N", "00", "e9f86cefcfd61558fe75da7d4ea48a6c82d93191c6d49579aab49f99e543dcad"),
    (
      "N", "010106612e7761736d93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476",
      "458562d66731f104dcfa0a5d5121854bcef9266f7ce09147347253bba36e3ef1"
    ),
    (
      "N",
      "0200036c69627242fcda4f6d8fd5ef593a63aa7c07785329d117de8c2dcfa24d1b6da283eac40106612e7761736d"
        + "93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476",
      "d0a4de7f0898d55424ebcadc85356137e36be6ee10def12fca71149024461895"
    ),
    (
      "C",
      "458562d66731f104dcfa0a5d5121854bcef9266f7ce09147347253bba36e3ef100000000006553f100097761736d73746f7265"
        + "0e496d706f7274202f612e7761736d",
      "e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac"
    ),
  ])
  func vectors(mark: String, digits: String, key: String) throws {
    let digits = Array(digits.utf8)
    let bytes = try stride(from: 0, to: digits.count, by: 2).map { start in
      try #require(UInt8(String(decoding: digits[start..<(start + 2)], as: UTF8.self), radix: 16))
    }
    #expect(PredecessorKey(mark: mark.utf8.first ?? 0, bytes).hex == key)
    if mark == "N" {
      #expect(try #require(PredecessorNode(bytes)).encoded == bytes)
    } else {
      let commit = try #require(PredecessorCommit(bytes))
      #expect(commit.date == 1_700_000_000 && commit.parents.isEmpty)
      #expect(commit.author == Array("wasmstore".utf8) && commit.message == Array("Import /a.wasm".utf8))
    }
  }

  /// Neither parser reads out of bounds, and parsed nodes can be encoded again.
  @Test func mutatedBytes() throws {
    let key = PredecessorKey(of: module)
    let folder = PredecessorNode(
      entries: (0..<4).map { .init(name: [0x61, 0x30 + UInt8($0)], kind: .module, key: key) })
    let commit = key.bytes + [1] + key.bytes + [0, 0, 0, 0, 0x65, 0x53, 0xf1, 0, 1, 0x61, 1, 0x62]
    var generator = Generator(seed: 5)
    for bytes in [folder.encoded, commit] {
      for _ in 0..<20_000 {
        var mutant = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          switch Int.random(in: 0..<3, using: &generator) {
          case 0:
            mutant[Int.random(in: 0..<mutant.count, using: &generator)] = .random(
              in: 0...255, using: &generator)
          case 1: mutant.removeLast(Int.random(in: 0..<mutant.count, using: &generator))
          default: mutant.append(.random(in: 0...255, using: &generator))
          }
        }
        if let node = PredecessorNode(mutant) { #expect(node.encoded.count == mutant.count) }
        _ = PredecessorCommit(mutant)
      }
    }
  }

  @Test("the worked example becomes a commit of git's")
  func workedExample() throws {
    let commit = try old.commit(old.folder(["a.wasm": old.module(module)]), "Import /a.wasm")
    #expect(commit.hex == "e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac")
    try old.branch("main", commit)
    let result = try importOld()
    #expect(result.damage.isEmpty && result.commits == 1 && result.modules == 1 && result.bytes == 8)
    #expect(try paths() == ["/a.wasm 93a4"])
    let blob = try run(["git", "-C", test.root.string, "hash-object", "--stdin"], input: module).text
    let tree = try run(
      ["git", "-C", test.root.string, "mktree"], input: Array("100644 blob \(blob)\ta.wasm\n".utf8)
    ).text
    #expect(
      try test.git("cat-file", "commit", "main").text
        == """
        tree \(tree)
        author wasmstore <wasmstore@localhost> 1700000000 +0000
        committer wasmstore <wasmstore@localhost> 1700000000 +0000

        Import /a.wasm

        Predecessor-Commit: e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac
        """)
    #expect(try test.open().resolve(commit.hex).hex == test.git("rev-parse", "main").text)
  }

  @Test("history, branches and merges come along; imported again, only what is new comes")
  func again() throws {
    let (a, b) = (try old.module(module), try old.module(module + [0, 3, 2, 0x76, 0x31]))
    let first = try old.commit(old.folder(["a.wasm": a]), "Import /a.wasm")
    let second = try old.commit(
      old.folder(["a.wasm": a, "lib/": old.folder(["y.wasm": b])]), after: [first], date: 1_700_000_001,
      author: "Zoë", "Import /lib/y.wasm")
    let merge = try old.commit(old.folder(["a.wasm": b]), after: [second, first], date: -1, "Merge dev")
    try old.branch("main", merge)
    try old.branch("dev", second)
    let result = try importOld()
    #expect(result.branches.map(\.name.name).sorted() == ["dev", "main"])
    #expect(result.commits == 3 && result.merges == 1 && result.changedCommits == 1)
    #expect(try paths("dev") == ["/a.wasm 93a4", "/lib/y.wasm \(b.hex.prefix(4))"])
    #expect(try test.git("log", "-1", "--format=%an %at %P", "dev").text.hasPrefix("Zoë 1700000001 "))
    #expect(try test.git("log", "-1", "--format=%P", "main").text.split(separator: " ").count == 2)
    #expect(try test.git("log", "-1", "--format=%B", "main").text.contains("Predecessor-Date: -1"))
    let before = try test.git("rev-parse", "main", "dev").text
    _ = try importOld()
    #expect(try test.git("rev-parse", "main", "dev").text == before)
    let third = try old.commit(old.folder(["c.wasm": a]), after: [merge], "Import /c.wasm")
    try old.branch("main", third)
    _ = try importOld()
    #expect(try paths() == ["/c.wasm 93a4"])
    _ = try test.open().undo()
    #expect(try test.git("rev-parse", "main", "dev").text == before)
    try test.add("other", at: "x.wasm")
    #expect(throws: StoreError.branchExists(.main)) { try importOld() }
  }

  @Test("a backup is imported as its folder is")
  func backup() throws {
    try old.branch("main", old.commit(old.folder(["a.wasm": old.module(module)]), "Import /a.wasm"))
    try old.file("tmp/wasmstore123456import", [1, 2, 3])
    let archive = FilePath(test.folder.path).appending("old.tar.gz")
    try run(["tar", "czf", archive.string, "-C", old.root.string, "."])
    let source = ImportRequest.Source.archive(.file(archive))
    #expect(try source.seemsPredecessor() && ImportRequest.Source.folder(old.root).seemsPredecessor())
    let result = try test.open().importPredecessor(PredecessorImportRequest(source))
    #expect(result.isWritten && result.others.temporaryFiles == 1 && result.others.temporaryBytes == 3)
    #expect(try paths() == ["/a.wasm 93a4"])
    #expect(try names(in: test.root.appending("tmp")).isEmpty)
    let other = FilePath(test.folder.path).appending("other.tar")
    try run(["tar", "cf", other.string, "-C", test.folder.path, "store/HEAD"])
    #expect(try !ImportRequest.Source.archive(.file(other)).seemsPredecessor())
    #expect(
      throws: StoreError.source(path: other.string, reason: "it is not a backup of the older wasmstore")
    ) {
      try test.open().importPredecessor(PredecessorImportRequest(.archive(.file(other))))
    }
  }

  @Test("names that git does not take are changed, and told")
  func oddNames() throws {
    let a = try old.module(module)
    let inner = try old.folder([".git": a, "..": a, "x/": old.folder(["y": a]), "%2E": a])
    // The first step of //x, which is empty; an empty folder becomes no tree.
    let commit = try old.commit(
      old.folder(["/": inner, "none/": old.folder([:]), "z": a]), author: "<a\n>", "")
    try old.branch(".hidden", commit)
    try old.branch("a..b", commit)
    let result = try importOld()
    #expect(result.branches.map(\.name.name).sorted() == ["%2Ehidden", "a%2E%2Eb"])
    #expect(
      try test.git("ls-tree", "-r", "--name-only", "%2Ehidden").text.split(separator: "\n")
        == ["%2E", "%2E%2E", "%2Egit", "x/y", "z"])
    #expect(result.renamed[RawPath(Array(".git".utf8))] == RawPath(Array("%2Egit".utf8)))
    #expect(
      try test.git("log", "-1", "--format=%B", "%2Ehidden").text.hasPrefix("Predecessor-Author: \"<a\\n>\""))
  }

  @Test("the only branch becomes the default one")
  func defaultBranch() throws {
    try old.branch("work", old.commit(old.folder(["a.wasm": old.module(module)]), "Import /a.wasm"))
    _ = try importOld()
    #expect(try test.git("symbolic-ref", "HEAD").text == "refs/heads/work")
    #expect(try test.open().list(ListRequest()).count == 1)
    _ = try test.open().undo()
    #expect(try test.git("for-each-ref", "refs/heads").text.isEmpty)
  }

  @Test("an empty folder, and one in which there is nothing")
  func nothing() throws {
    #expect(try importOld().branches.isEmpty)
    try old.branch("main", old.commit(old.folder([:]), "Remove /a.wasm"))
    #expect(try importOld().isWritten)
    #expect(try paths().isEmpty)
    #expect(throws: StoreError.self) {
      try test.open().importPredecessor(PredecessorImportRequest(.folder(FilePath(test.folder.path))))
    }
  }

  @Test(
    "what is damaged is named, and left out only when that is asked for",
    arguments: ["missing module", "changed module", "missing folder", "changed folder", "commit as folder"])
  func damage(kind: String) throws {
    let (a, b) = (try old.module(module), try old.module(module + [0, 3, 2, 0x76, 0x31]))
    let first = try old.commit(old.folder(["a.wasm": a]), "one")
    let lib = kind == "commit as folder" ? first : try old.folder(["y.wasm": b, "z.wasm": a])
    let second = try old.commit(old.folder(["a.wasm": a, "lib/": lib]), after: [first], "two")
    try old.branch("main", second)
    switch kind {
    case "missing module": try run(["rm", "\(old.root)/\(old.place(of: b))"])
    case "changed module": try old.file(old.place(of: b), module)
    case "missing folder": try run(["rm", "\(old.root)/\(old.place(of: lib))"])
    case "changed folder": try old.file(old.place(of: lib), [0])
    default: break
    }
    let found = try importOld()
    #expect(!found.isWritten)
    let damaged = try #require(found.damage.first)
    #expect(found.damage.count == 1)
    #expect(damaged.commit == second.hex)
    #expect(damaged.path?.spelled == (kind.hasSuffix("module") ? "/lib/y.wasm" : "/lib"))
    #expect(try test.git("for-each-ref").text.isEmpty)
    let partial = try importOld(partial: true)
    #expect(partial.isWritten && partial.damage == found.damage)
    #expect(try paths() == ["/a.wasm 93a4"] + (kind.hasSuffix("module") ? ["/lib/z.wasm 93a4"] : []))
    let message = try test.git("log", "-1", "--format=%B", "main").text
    #expect(message.contains("Predecessor-Missing-Path: " + (damaged.path?.spelled ?? "")))
    #expect(try !test.git("log", "-1", "--format=%B", "main~1").text.contains("Missing"))
  }

  @Test("a history whose beginning is not there begins later")
  func missingParent() throws {
    let first = try old.commit(old.folder(["a.wasm": old.module(module)]), "one")
    let second = try old.commit(old.folder([:]), after: [first], "two")
    try old.branch("main", second)
    try run(["rm", "\(old.root)/\(old.place(of: first))"])
    let result = try importOld()
    #expect(result.isWritten && result.missingParents == 1 && result.commits == 1)
    #expect(try test.git("log", "--format=%B", "main").text.contains("Predecessor-Missing-Parent: \(first)"))
    try old.file(old.place(of: first), [])
    #expect(try importOld().damage.map(\.kind) == [.commit])
  }

  @Test("references that are cut off, or lead nowhere, are damage")
  func references() throws {
    let commit = try old.commit(old.folder(["a.wasm": old.module(module)]), "one")
    try old.branch("main", commit)
    try old.file("refs/short", Array(commit.bytes.dropLast()))
    try old.branch("lost", PredecessorKey(of: [1]))
    try old.branch("odd", PredecessorKey(of: module))
    let result = try importOld(partial: true)
    #expect(Set(result.damage.map(\.name)) == ["short", "lost", "odd"])
    #expect(
      result.damage.first { $0.name == "odd" }?.problem.hasSuffix("it is a module, not a commit") == true)
    #expect(result.branches.map(\.name) == [.main])
    try run(["rm", "-r", "\(old.root)/refs"])
    #expect(try importOld().damage.map(\.problem) == ["there are objects, but no branch"])
  }

  @Test("a writer there is waited for, and what one left that died is not")
  func writers() throws {
    try old.branch("main", old.commit(old.folder([:]), "one"))
    try old.file("lock/refs/main", [])
    var options = Store.Options()
    options.lockTimeout = .milliseconds(1)
    let session = try Store(at: test.root, options).connectOrCreate().session()
    #expect(throws: StoreError.locked(what: "\(old.root)/lock", seconds: 0)) {
      try session.importPredecessor(PredecessorImportRequest(.folder(old.root)))
    }
    try run(["touch", "-d", "11 minutes ago", "\(old.root)/lock/refs/main"])
    #expect(try importOld().isWritten)
  }

  @Test("a long history takes no stack")
  func longHistory() throws {
    var commit = try old.commit(old.folder(["a.wasm": old.module(module)]), "0")
    let root = try old.folder([:])
    for number in 1...3000 { commit = try old.commit(root, after: [commit], "\(number)") }
    try old.branch("main", commit)
    #expect(try importOld(dryRun: true).commits == 3001)
    #expect(try test.git("for-each-ref").text.isEmpty)
    #expect(try importOld().commits == 3001)
    #expect(try test.git("rev-list", "--count", "main").text == "3001")
  }

  @Test("large modules are read in pieces")
  func largeModule() throws {
    let large = module + [0, 0xff, 0xff, 0x7f, 1, 0x61] + [UInt8](repeating: 7, count: 2_097_149)
    let key = try old.module(large)
    try old.branch("main", old.commit(old.folder(["big.wasm": key]), "one"))
    _ = try importOld()
    #expect(try paths() == ["/big.wasm \(key.hex.prefix(4))"])
    try old.file(old.place(of: key), large.dropLast() + [8])
    #expect(try importOld(dryRun: true).damage.map(\.kind) == [.module])
  }
}
