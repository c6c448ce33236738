import Identifiers
import Testing

@Suite struct ObjectIDTests {
  private static let hex = "00ff10a4b825dc642cb6eb9a060e54bf8d692abc"

  @Test func digitsAndBytesAreTheSameId() throws {
    let id = try #require(ObjectID(hex: ObjectIDTests.hex.uppercased()))
    #expect(id.hex == ObjectIDTests.hex)
    #expect(id.bytes.count == ObjectID.byteCount)
    #expect(id.bytes.prefix(4) == [0, 0xff, 0x10, 0xa4])
    #expect(ObjectID(bytes: id.bytes) == id)
    #expect(ObjectID(in: [9, 9] + id.bytes + [9], at: 2) == id)
    #expect((0..<20).map { id[byte: $0] } == id.bytes)
  }

  @Test(arguments: [
    "", "00", hex + "0", String(hex.dropLast()), "g" + hex.dropFirst(), "é" + hex.dropFirst(2),
  ])
  func anythingElseIsNoId(text: String) {
    #expect(ObjectID(hex: text) == nil)
  }

  @Test func bytesOfAnotherLengthAreNoId() {
    #expect(ObjectID(bytes: [UInt8](repeating: 1, count: 19)) == nil)
    #expect(ObjectID(bytes: [UInt8](repeating: 1, count: 21)) == nil)
    for offset in [-1, 3, 23] { #expect(ObjectID(in: [UInt8](repeating: 1, count: 22), at: offset) == nil) }
  }

  /// One of two ids that differ in one byte only is the greater, wherever that byte stands.
  @Test(arguments: 0..<20) func idsAreOrderedAsTheirBytes(place: Int) throws {
    var bytes = [UInt8](repeating: 0x80, count: 20)
    let id = try #require(ObjectID(bytes: bytes))
    bytes[place] = 0x81
    if place < 19 { bytes[place + 1] = 0 }
    let greater = try #require(ObjectID(bytes: bytes))
    #expect(id < greater && !(greater < id) && id != greater)
  }
}
