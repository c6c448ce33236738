import FileSystem
import Identifiers
import ModuleStore
import Support
import SystemPackage
import Testing

@testable import KVSync

@Suite("Publishing a folder")
struct FolderSourceTests {
  /// A folder, and its publishing target.
  private final class Site {
    let folder: TemporaryFolder
    let values = MemoryValues()
    let heads = MemoryHeads()
    var target: PublishTarget { PublishTarget(values: values, heads: heads) }

    init(_ files: [String: String]) throws {
      folder = try TemporaryFolder()
      for (name, text) in files { try write(name, text) }
    }

    func write(_ name: String, _ text: String, at time: Int = 1_700_000_000) throws {
      try folder.write("site/" + name, text)
      try run(["touch", "-d", "@\(time)", "--", "\(folder.path)/site/\(name)"])
    }

    func source() throws -> FolderSource {
      try FolderSource(
        AssetFolder(FilePath(folder.path).appending("site")), as: .main, by: "zoe", Work())
    }

    /// The files some seconds later, and how many were read to determine them.
    func cached(later seconds: Int64) throws -> (source: FolderSource, readCount: Int) {
      let files = try AssetFolder(FilePath(folder.path).appending("site"))
      let cache = DigestCache(
        in: FilePath(folder.path).appending("digests"), of: files, now: Timestamp.now.seconds + seconds)
      let source = try FolderSource(files, as: .main, by: "zoe", cache: cache, Work())
      return (source, source.readCount)
    }

    func publish(_ change: (inout Publisher.Request) -> Void = { _ in }) throws -> Publisher.Outcome {
      var request = Publisher.Request { _ in }
      change(&request)
      let cache = ManifestCache(in: FilePath(folder.path).appending("cache"))
      return try Publisher(try source(), to: target, cache: cache, request).publish()
    }

    /// The rows that a reader gets.
    func rows() throws -> [ManifestRow] {
      let entry = try PublishedBranch(HeadName(store: "default", branch: "main"), in: heads).head().newest
      return try PublishedManifest(values, cache: nil).rows(of: #require(entry).manifest)
    }
  }

  @Test("files are published with their types and times, and a time stays while the content does")
  func times() throws {
    let site = try Site(["index.html": "one", "a/b.css": "two", "c.wasm": "\0asm", "d": "\0asm"])
    let first = try site.publish()
    #expect(first.revision == 1 && first.stored.count == 5)
    #expect(
      try site.rows().map { "\(String(decoding: $0.path, as: UTF8.self)) \($0.type) \($0.modified)" } == [
        "a/b.css text/css; charset=utf-8 1700000000", "c.wasm application/wasm 1700000000",
        "d application/wasm 1700000000", "index.html text/html; charset=utf-8 1700000000",
      ])
    try site.write("index.html", "one", at: 1_700_000_500)
    #expect(try site.publish().revision == nil)
    try site.write("index.html", "three", at: 1_700_000_500)
    try site.write("a/b.css", "four", at: 1_600_000_000)
    let second = try site.publish()
    #expect(second.stored.count { $0.key.kind == .content } == 2 && second.skipped == 2)
    // A file that replaces a newer one is new for its readers, even if it is older.
    #expect(try site.rows().map(\.modified) == [1_700_000_001, 1_700_000_000, 1_700_000_000, 1_700_000_500])
  }

  @Test("once the manifest is known, a folder that has not changed takes one request")
  func requests() throws {
    let site = try Site(["a": "one"])
    _ = try site.publish()
    let before = site.target.requestCount
    #expect(try site.publish().revision == nil)
    #expect(site.target.requestCount == before + 1)
  }

  @Test("a folder takes the place of a branch, or of what was rolled back from, only if that is meant")
  func late() throws {
    let site = try Site(["a": "one"])
    _ = try site.publish()
    try site.write("a", "two")
    _ = try site.publish()
    _ = try PublishedBranch(HeadName(store: "default", branch: "main"), in: site.heads).rollback(
      to: nil, by: "zoe")
    #expect(throws: PublishError.leftBehind("default/main")) { try site.publish() }
    #expect(try site.publish { $0.isForced = true }.revision == 4)

    let store = try Store(at: FilePath(site.folder.path).appending("store")).connectOrCreate().session()
    var module = WasmBuilder.module()
    module.raw(0)
    module.raw([2, 1, 0x61])
    let bytes = module.bytes
    try site.folder.write("m.wasm", String(decoding: bytes, as: UTF8.self))
    _ = try store.add(
      AddRequest([
        ModuleSource(.file(FilePath(site.folder.path).appending("m.wasm")), path: try ModulePath("m"))
      ]))
    _ = try Publisher(BranchSource(store), to: site.target, cache: nil, request(forced: true)).publish()
    #expect(throws: PublishError.late("default/main")) { try site.publish() }
    #expect(try site.publish { $0.isForced = true }.revision == 6)
  }

  private func request(forced isForced: Bool) -> Publisher.Request {
    var request = Publisher.Request { _ in }
    request.isForced = isForced
    return request
  }

  @Test("a file that changes after it was looked at is not published")
  func changed() throws {
    let site = try Site(["a": "one"])
    let source = try site.source()
    try site.write("a", "other")
    #expect(throws: AssetError.changed("/a")) {
      try Publisher(source, to: site.target, cache: nil, request(forced: false)).publish()
    }
    try run(["rm", "\(site.folder.path)/site/a"])
    #expect(throws: AssetError.changed("/a")) {
      try Publisher(source, to: site.target, cache: nil, request(forced: false)).publish()
    }
    #expect(site.values.keys.isEmpty && site.heads.heads().isEmpty)
  }

  @Test("a file that nobody has written since it was read is not read again")
  func cache() throws {
    let site = try Site(["a": "one", "b/c.wasm": "\0asm", "d": "three"])
    // The files were written just before, and another change could have the same time.
    #expect(try site.cached(later: 0).readCount == 3 && site.cached(later: 0).readCount == 3)
    #expect(try site.cached(later: 5).readCount == 3 && site.cached(later: 5).readCount == 0)
    #expect(try site.cached(later: 5).source.files().files == site.source().files().files)
    // The same length, and the time of the last change is reset.
    try site.write("a", "two")
    #expect(try site.cached(later: 5).readCount == 1 && site.cached(later: 5).readCount == 0)
    #expect(try site.cached(later: 5).source.files().files == site.source().files().files)
    try run(["rm", "\(site.folder.path)/site/d"])
    try site.write("e", "four")
    #expect(try site.cached(later: 5).readCount == 1 && site.cached(later: 5).readCount == 0)
  }

  @Test("a cache of digests that is damaged counts for nothing, and one that is wrong is forgotten")
  func damagedCache() throws {
    let site = try Site(["a": "one", "b": "two"])
    _ = try site.cached(later: 5)
    let folder = FilePath(site.folder.path).appending("digests")
    let names = try run(["ls", folder.string]).text.split(separator: "\n")
    let file = folder.appending(String(try #require(names.first)))
    let bytes = try #require(try contents(of: file))
    for position in bytes.indices {
      var other = bytes
      other[position] ^= 1
      try writeFile(file, other)
      #expect(try site.cached(later: 0).readCount == 2, "byte \(position)")
      try writeFile(file, Array(bytes[..<position]))
      #expect(try site.cached(later: 0).readCount == 2, "\(position) bytes")
    }
    try writeFile(file, bytes)
    let source = try site.cached(later: 5).source
    #expect(source.readCount == 0)
    try site.write("a", "other")
    #expect(throws: AssetError.changed("/a")) {
      try Publisher(source, to: site.target, cache: nil, request(forced: false)).publish()
    }
    #expect(try site.cached(later: 5).readCount == 2)
  }

  @Test("a path that is no UTF-8 is published as it is")
  func bytes() throws {
    let site = try Site(["a": "one"])
    try run(["mv", "\(site.folder.path)/site/a", "\(site.folder.path)/site/b"])
    let path = FilePath(site.folder.path).appending("site").appending(bytes: [0xff, 0x61])
    let file = try FileDescriptor.open(path, .writeOnly, options: [.create], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll("two".utf8) }
    _ = try site.publish()
    #expect(try site.rows().map(\.path) == [[0x62], [0xff, 0x61]])
  }

  @Test("no folder is told")
  func missing() throws {
    let site = try Site(["a": "one"])
    for name in ["none", "site/a"] {
      let path = FilePath(site.folder.path).appending(name)
      #expect(throws: AssetError.noFolder(path.string)) { try AssetFolder(path) }
    }
  }
}
