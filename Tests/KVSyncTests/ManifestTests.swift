import Identifiers
import ModuleStore
import Testing

@testable import KVSync

@Suite("Manifest")
struct ManifestTests {
  private static let hello = ManifestRow(
    path: Array("index.html".utf8),
    digest: ModuleDigest(of: Array("hello\n".utf8)), size: 6, modified: 1_611_360_000,
    type: "text/html; charset=utf-8")

  @Test("an empty one is one root of 64 bytes")
  func empty() throws {
    let draft = try ManifestDraft(of: [])
    #expect(draft.rootValue.bytes.count == 64)
    #expect(draft.rootValue.digest.hex == "91ae43f16ccda23d5a281684a83e23789633080c1010c5c888831210b83c9d70")
    #expect(draft.newShards.isEmpty)
    #expect(try ManifestRoot(draft.rootValue.bytes) == draft.root)
  }

  @Test("one file gives the bytes that the format's example has")
  func example() throws {
    let draft = try ManifestDraft(of: [ManifestTests.hello])
    let shard = try #require(draft.newShards[0])
    let expected = """
      57534d53010000000100000022000000000000000000000000000000000000000eb547304658805aad788d320f10bf1f\
      5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03060000000000000000670b6000000000\
      700000007a0000000a00180000000000696e6465782e68746d6c746578742f68746d6c3b20636861727365743d7574662d38
      """
    #expect(hexadecimal(shard.bytes) == expected)
    #expect(shard.digest.hex == "488f2a6cfc18e43c004611eb16eedbdaccbec2c03c42cfa066d6ec1732832f75")
    #expect(draft.rootValue.digest.hex == "10dd27b5def7c6702cd1b4ef0c1d5775c1a4db05522443b1b68b5b2bc50537ec")
    #expect(try ManifestShard(shard.bytes, index: 0, bits: 0).rows == [ManifestTests.hello])
  }

  /// Files with paths of many kinds.
  private static func rows(_ count: Int) -> [ManifestRow] {
    (0..<count).map { number in
      let path = Array("d\(number % 7)/é \(number)".utf8)
      let type = number % 3 == 0 ? "application/wasm" : "text/plain; charset=utf-8"
      return ManifestRow(
        path: path, digest: ModuleDigest(of: path), size: UInt64(number),
        modified: UInt64(1_700_000_000 + number),
        type: type, chunks: UInt32(number % 2))
    }
  }

  @Test("what is written is read again", arguments: [1, 2, 255, 256, 257, 5_000])
  func roundTrip(count: Int) throws {
    let rows = ManifestTests.rows(count)
    let draft = try ManifestDraft(of: rows.shuffled())
    let root = try ManifestRoot(draft.rootValue.bytes)
    #expect(root.count == count)
    #expect(1 << root.bits >= count / 256)
    var found: Set<ManifestRow> = []
    for (index, digest) in root.shards.enumerated() {
      guard let digest else { continue }
      let value = try #require(draft.newShards[index])
      #expect(value.digest == digest)
      found.formUnion(try ManifestShard(value.bytes, index: index, bits: root.bits).rows)
    }
    #expect(found == Set(rows))
    // Equal files give equal bytes, and none of them is new.
    let again = try ManifestDraft(of: rows, after: root)
    #expect(again.rootValue == draft.rootValue)
    #expect(again.newShards.isEmpty)
  }

  @Test("a changed byte is noticed or names another file")
  func damaged() throws {
    let value = try #require(try ManifestDraft(of: ManifestTests.rows(3)).newShards[0])
    for position in value.bytes.indices {
      var bytes = value.bytes
      bytes[position] ^= 1
      guard let shard = try? ManifestShard(bytes, index: 0, bits: 0) else { continue }
      #expect(shard.rows != ManifestTests.rows(3), "byte \(position)")
    }
    for count in 0..<value.bytes.count {
      #expect(throws: ManifestError.self) {
        try ManifestShard(Array(value.bytes.prefix(count)), index: 0, bits: 0)
      }
    }
  }

  @Test("files that no row can have are refused")
  func unusable() {
    let long = ManifestRow(
      path: [UInt8](repeating: 0x61, count: 1_025), digest: ModuleDigest(of: []), size: 0, modified: 0,
      type: "a/b")
    #expect(throws: ManifestError.self) { try ManifestDraft(of: [long]) }
    let twice = [ManifestTests.hello, ManifestTests.hello]
    #expect(throws: ManifestError.collision(twice[0].path, twice[1].path)) { try ManifestDraft(of: twice) }
  }
}
