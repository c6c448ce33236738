import Identifiers
import JSONText
import Support
import Testing

@testable import KVSync

@Suite("Forms of wrangler and kv-assets")
struct AssetFormatTests {
  @Test(
    "a hash has the digits that the specification's own program gives",
    arguments: [
      ("", 0xef46_db37_51d8_e999), ("a", 0xd24e_c4f1_a98c_6e5b), ("abc", 0x44bc_2cf5_ad77_0999),
      ("aGVsbG8K", 0xff6c_ec21_dc31_4efe), ("Mg==", 0x0238_3f19_7b78_7d2f),
      ("Nobody inspects the spammish repetition", 0xfbce_a83c_8a37_8bf1),
    ] as [(String, UInt64)])
  func hashes(text: String, wanted: UInt64) {
    #expect(XXHash64.hash(Array(text.utf8)) == wanted)
  }

  @Test(
    "keys are spelt as wrangler 1 and 4 spell them",
    arguments: [
      ("", "index.html", "index.ef46db3751.html", "index.ef46db3751.html"),
      ("hello\n", "index.html", "index.ff6cec21dc.html", "index.ff6cec21dc.html"),
      ("2", "a/b.css", "a/b.2383f197b7.css", "a/b.02383f197b.css"),
      ("2", "a.b/LICENSE", "a.b/LICENSE.2383f197b7", "a.b/LICENSE.02383f197b"),
      ("2", "a.tar.gz", "a.tar.2383f197b7.gz", "a.tar.02383f197b.gz"),
      ("2", "d/.nojekyll", "d/.nojekyll.2383f197b7", "d/.nojekyll.02383f197b"),
      ("2", ".a.b", ".a.2383f197b7.b", ".a.02383f197b.b"), ("2", "a.", "a.2383f197b7.", "a.02383f197b."),
    ])
  func keys(content: String, path: String, first: String, fourth: String) {
    let hash = AssetKeyFormat.hash(Array(content.utf8))
    #expect(AssetKeyFormat.wrangler1.key(path: path, hash: hash) == first)
    #expect(AssetKeyFormat.wrangler4.key(path: path, hash: hash) == fourth)
  }

  private static let example = Asset(
    path: "index.html", key: "index.ff6cec21dc.html", modified: 1_611_360_000, size: 6,
    type: "text/html; charset=utf-8")

  @Test("one file gives the bytes that kv-assets writes")
  func bincode() throws {
    let bytes = try AssetManifest([AssetFormatTests.example]).bytes(.bincode)
    #expect(
      hexadecimal(bytes) == """
        01000000000000000a00000000000000696e6465782e68746d6c1500000000000000696e6465782e66663663656332316463\
        2e68746d6c00670b60000000000600000000000000
        """)
    #expect(bytes.count == 71)
    let read = try AssetManifest(bytes + [1, 2, 3], named: "a").assets
    #expect(read.map(\.path) == ["index.html"] && read.map(\.key) == ["index.ff6cec21dc.html"])
    #expect(read.map(\.modified) == [1_611_360_000] && read.map(\.size) == [6])
  }

  @Test("whatever the order of the files, the bytes are those of the order of paths, and are read again")
  func order() throws {
    let assets = (0..<123).map { Asset(path: "p\($0)", key: "k\($0)", modified: UInt64($0), size: 1) }
    for format in AssetManifest.Format.allCases {
      let bytes = try AssetManifest(assets).bytes(format)
      #expect(try AssetManifest(assets.reversed()).bytes(format) == bytes)
      let read = try AssetManifest(bytes, named: "a")
      #expect(try read.bytes(.sites) == AssetManifest(assets).bytes(.sites))
      if format != .sites { #expect(try read.bytes(.bincode) == AssetManifest(assets).bytes(.bincode)) }
    }
  }

  @Test("JSON has its members in the order of their bytes")
  func json() throws {
    let manifest = AssetManifest([
      AssetFormatTests.example,
      Asset(path: "\u{ff5e}", key: "b/1", modified: 2, size: 3, type: "t", chunks: 4),
      Asset(path: "😀\"", key: "b/2", modified: 2, size: 3),
    ])
    #expect(
      String(decoding: try manifest.bytes(.json), as: UTF8.self) == """
        {"files":{"index.html":{"k":"index.ff6cec21dc.html","modified":1611360000,"n":0,"size":6,\
        "type":"text/html; charset=utf-8"},"\u{ff5e}":{"k":"b/1","modified":2,"n":4,"size":3,"type":"t"},\
        "😀\\"":{"k":"b/2","modified":2,"n":0,"size":3,"type":""}},"v":1}
        """)
    #expect(throws: AssetError.inChunks("/\u{ff5e}")) { try manifest.bytes(.bincode) }
    #expect(throws: AssetError.inChunks("/\u{ff5e}")) { try manifest.bytes(.sites) }
    let sites = try AssetManifest([AssetFormatTests.example]).bytes(.sites)
    #expect(String(decoding: sites, as: UTF8.self) == #"{"index.html":"index.ff6cec21dc.html"}"#)
  }

  @Test("what is no manifest is refused, wherever it is cut off or changed")
  func malformed() throws {
    let bytes = try AssetManifest([AssetFormatTests.example]).bytes(.bincode)
    for count in 1..<bytes.count {
      #expect(throws: AssetError.noManifest("a")) { try AssetManifest(Array(bytes[..<count]), named: "a") }
    }
    for (index, byte) in [(7, 1), (8, 255), (15, 128), (18, 255)] as [(Int, UInt8)] {
      var changed = bytes
      changed[index] = byte
      #expect(throws: AssetError.noManifest("a")) { try AssetManifest(changed, named: "a") }
    }
    for text in ["{\"files\":{\"a\":1}}", "{\"a\":1}"] {
      #expect(throws: AssetError.noManifest("a")) { try AssetManifest(Array(text.utf8), named: "a") }
    }
  }
}
