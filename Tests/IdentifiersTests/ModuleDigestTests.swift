import Identifiers
import Testing

@Suite struct ModuleDigestTests {
  @Test func digitsOfEitherCaseMayFollowThePrefix() {
    let hex = String(repeating: "0aF9", count: 16)
    #expect(ModuleDigest(hex)?.hex == hex.lowercased())
    #expect(ModuleDigest("sha256:" + hex)?.hex == hex.lowercased())
    for text in ["", "sha256:", "sha256:" + hex.dropLast(), "sha1:" + hex, "sha256:sha256:" + hex] {
      #expect(ModuleDigest(text) == nil, "\(text)")
    }
  }

  @Test func bytesKeepTheirOrder() throws {
    let bytes = (0..<32).map { UInt8($0 * 7) }
    let digest = try #require(ModuleDigest(bytes: bytes))
    #expect(digest.bytes == bytes)
    #expect(digest.abbreviated() == "00070e15")
    var text: [UInt8] = [0x20]
    digest.appendHex(to: &text)
    #expect(String(decoding: text, as: UTF8.self) == " " + digest.hex)
    #expect(ModuleDigest(bytes: Array(bytes.dropLast())) == nil)
  }

  @Test(arguments: 0..<32) func digestsAreOrderedAsTheirBytes(place: Int) throws {
    var bytes = [UInt8](repeating: 0x80, count: 32)
    let digest = try #require(ModuleDigest(bytes: bytes))
    bytes[place] = 0x81
    if place < 31 { bytes[place + 1] = 0 }
    let greater = try #require(ModuleDigest(bytes: bytes))
    #expect(digest < greater && !(greater < digest) && digest != greater)
  }
}
