import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Blobs that are stored as changes to others")
struct PackDeltasTests {
  private let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  @Test(
    "large ones are counted, as git lists them", arguments: ["--delta-base-offset", "--no-delta-base-offset"])
  func count(option: String) throws {
    var ids: [String] = []
    for size in [20_000, 300_000] {
      for change in UInt8(0)..<4 {
        var bytes = sample(count: size, seed: UInt64(size), compressible: 0)
        bytes[size / 2] = change
        ids.append(try repository.git("hash-object", "-w", "--stdin", input: bytes).text)
      }
    }
    try run(["mkdir", "-p", repository.objects.appending("pack").string])
    try run(
      ["git", "-C", repository.folder.path, "pack-objects", "-q", option, "objects/pack/pack"],
      input: Array((ids.joined(separator: "\n") + "\n").utf8))
    let inventory = try ObjectInventory(objects: repository.objects)
    let pack = try #require(inventory.folders.first?.packs.first)
    let lines = try repository.git("verify-pack", "-v", pack.indexPath.string).text.split(separator: "\n")
    let listed = lines.map { $0.split(separator: " ") }.filter { $0.count == 7 && $0[1] == "blob" }
    #expect(listed.count == 6)
    #expect(try pack.largeDeltaCount(from: 0) == 6)
    #expect(try pack.largeDeltaCount(from: 20_000) == 6)
    #expect(try pack.largeDeltaCount(from: 20_001) == 3)
    #expect(try pack.largeDeltaCount(from: 300_001) == 0)
    let first = try #require(ObjectID(hex: String(listed[0][0])))
    #expect(try pack.largeDeltaCount(from: 0) { $0 == first } == 1)
    try run(["rm", "-f", pack.packPath.string])
    #expect(try pack.largeDeltaCount(from: 0) == 0)
  }

  @Test("trees that stand on others do not count")
  func trees() throws {
    var parent: String?
    for commit in 0..<20 {
      var lines = ""
      for name in 0..<30 {
        let content = Array("\(name == 7 ? commit : 0)".utf8)
        let blob = try repository.git("hash-object", "-w", "--stdin", input: content).text
        lines += "100644 blob \(blob)\tf\(name)\n"
      }
      let tree = try repository.git("mktree", input: Array(lines.utf8)).text
      let words = ["-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", tree, "-m", "\(commit)"]
      parent = try run(
        ["git", "-C", repository.folder.path] + words + (parent.map { ["-p", $0] } ?? [])
      ).text
    }
    try repository.git("update-ref", "refs/heads/main", parent ?? "")
    try repository.git("repack", "-adfq", "--depth=50", "--window=50")
    let pack = try #require(ObjectInventory(objects: repository.objects).folders.first?.packs.first)
    #expect(try repository.git("verify-pack", "-v", pack.indexPath.string).text.contains(" tree "))
    #expect(try pack.largeDeltaCount(from: 0) == 0)
  }
}
