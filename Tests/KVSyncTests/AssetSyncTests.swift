import FileSystem
import JSONText
import ModuleStore
import Support
import SystemPackage
import Testing

@testable import KVSync

@Suite("Uploading as kv-assets does")
struct AssetSyncTests {
  /// A folder, and the target of its files.
  private final class Site {
    let folder: TemporaryFolder
    let values = MemoryValues()

    init(_ files: [String: String]) throws {
      folder = try TemporaryFolder()
      for (name, text) in files { try folder.write("site/" + name, text) }
    }

    func path(_ name: String) -> FilePath { FilePath(folder.path).appending(name) }

    func contents(_ format: AssetKeyFormat = .wrangler1) throws -> AssetContents {
      let source = try FolderSource(AssetFolder(path("site")), as: .main, by: "zoe", Work())
      return try AssetContents(of: source, format)
    }

    /// Uploads at a time.
    func sync(
      at time: Int64, grace: Int64? = nil, isDryRun: Bool = false, in name: String = "assets.bin"
    ) throws -> AssetSync.Outcome {
      let contents = try contents()
      let file = try AssetManifestFile(path(name), .bincode)
      var replaced = try ReplacedKeys(in: path("replaced.json"))
      try replaced.replace(try file.manifest(), by: contents.manifest, in: file.path, at: time)
      let sync = AssetSync(contents, to: values, at: time, Work())
      let outcome = try sync.run(isDryRun: isDryRun, replaced: &replaced, grace: grace) { _ in
        for asset in contents.manifest.assets { #expect(values.keys.contains(asset.key)) }
        try file.write(contents.manifest)
      }
      if !isDryRun { try replaced.write() }
      return outcome
    }
  }

  @Test("what is there is not sent again, and the manifest is written after all else")
  func upload() throws {
    let site = try Site(["a.html": "one", "b/c.css": "two", "d.html": "one"])
    let announced = try site.sync(at: 0, isDryRun: true)
    #expect(site.values.keys.isEmpty && announced.stored.count == 3)
    let before = site.values.requestCount
    let first = try site.sync(at: 0)
    #expect(announced.requests - before == 1 && first.requests - before == 2)
    #expect(first.stored.map(\.key) == site.values.keys)
    #expect(try site.sync(at: 0).stored.isEmpty)
  }

  @Test("keys go that no manifest has had for the grace, and those of others never")
  func prune() throws {
    let site = try Site(["a.html": "one", "b.html": "two"])
    _ = try site.values.store(
      [StoredValue(key: "other", size: 0, metadata: ValueMetadata(time: 0)) { [] }]) { _ in }
    _ = try site.sync(at: 1_000)
    let first = Set(site.values.keys)
    try site.folder.write("site/a.html", "three")
    #expect(try site.sync(at: 2_000).deferred == 1)
    try run(["rm", site.folder.path + "/site/b.html"])
    #expect(try site.sync(at: 3_000).deferred == 2)
    // The first of them is old enough, but nothing is removed unless requested.
    #expect(try site.sync(at: 5_000).removed.isEmpty)
    #expect(try site.sync(at: 2_999, grace: 1_000).removed.isEmpty)
    let dry = try site.sync(at: 3_000, grace: 1_000, isDryRun: true)
    let pruned = try site.sync(at: 3_000, grace: 1_000)
    #expect(dry.removed == pruned.removed && pruned.removed.count == 1 && pruned.deferred == 1)
    // A key that returns is needed again.
    try site.folder.write("site/b.html", "two")
    #expect(try site.sync(at: 9_000, grace: 1_000).removed.isEmpty)
    #expect(Set(site.values.keys).intersection(first).count == 2)
    #expect(site.values.keys.contains("other") && site.values.keys.count == 3)
  }

  @Test("what another manifest of the namespace has stays while that is there")
  func manifests() throws {
    let site = try Site(["a.html": "one"])
    _ = try site.sync(at: 0)
    _ = try site.sync(at: 0, in: "other.bin")
    try site.folder.write("site/a.html", "two")
    #expect(try site.sync(at: 1, in: "other.bin").deferred == 0)
    #expect(try site.sync(at: 9, grace: 1, in: "other.bin").removed.isEmpty)
    #expect(try site.sync(at: 10).deferred == 1)
    #expect(try site.sync(at: 12, grace: 2, in: "other.bin").removed.count == 1)
    try site.folder.write("other.bin", "text")
    #expect(throws: AssetError.noManifest(site.path("other.bin").string)) { try site.sync(at: 12) }
    try run(["rm", site.folder.path + "/other.bin"])
    #expect(try site.sync(at: 12).stored.isEmpty)
  }

  @Test("what no key can be is refused before anything is sent")
  func refused() throws {
    let long = try Site([String(repeating: "d/", count: 250) + "a.html": "one"])
    #expect(throws: AssetError.self) { try long.contents() }
    #expect(try long.contents(.sha256).items.count == 1)
    let site = try Site(["a": "one"])
    try run(["truncate", "-s", "26214401", site.folder.path + "/site/large"])
    #expect(throws: AssetError.tooLarge("/large")) { try site.contents() }
    try run(["truncate", "-s", "26214400", site.folder.path + "/site/large"])
    #expect(try site.contents().items.count == 2)
    let name = site.path("site").appending(bytes: [0xff])
    let file = try FileDescriptor.open(name, .writeOnly, options: [.create], permissions: .ownerReadWrite)
    try file.close()
    #expect(throws: AssetError.notUTF8("\"/\\377\"")) { try site.contents() }
  }

  @Test("a file for wrangler has all values of a first publish, and no more than it may have")
  func bulk() throws {
    let site = try Site(["a.html": "one", "b.html": "two", "c.html": "one"])
    try run(["truncate", "-s", "27000000", site.folder.path + "/site/large"])
    let source = try FolderSource(AssetFolder(site.path("site")), as: .main, by: "zoe", Work())
    let values = try BulkValues(of: source, .sha256, at: 7)
    let files = try BulkFiles.write(site.path("bulk.json"), values.values)
    #expect(files.map(\.pairs) == [7])
    let text = try #require(try contents(of: site.path("bulk.json")))
    guard case .array(let pairs)? = JSONValue(parsing: text) else { throw AssetError.noManifest("bulk.json") }
    #expect(pairs.compactMap { $0["key"]?.text?.prefix(2) } == ["b/", "b/", "c/", "c/", "b/", "s/", "m/"])
    #expect(pairs.first?["value"]?.text == "b25l" && pairs.first?["metadata"]?["t"]?.number == 7)
    #expect(values.manifest.assets.map(\.chunks) == [0, 0, 0, 2])
    let many = (0..<10_001).map { number in
      StoredValue(key: "\(number)", size: 0, metadata: ValueMetadata(time: 0)) { [] }
    }
    let split = try BulkFiles.write(site.path("many.json"), many)
    #expect(
      split.map { "\($0.path.lastComponent?.string ?? "") \($0.pairs)" } == [
        "many.json 10000", "many-2.json 1",
      ])
    #expect(try BulkFiles.write(site.path("none.json"), []).map(\.bytes) == [3])
  }
}
