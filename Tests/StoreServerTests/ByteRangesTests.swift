import Support
import Testing

@testable import StoreServer

@Suite("Parts that a client asks for")
struct ByteRangesTests {
  @Test(
    "each form of a field",
    arguments: [
      (nil, .whole),
      ("", .whole),
      ("bytes", .whole),
      ("bytes=", .whole),
      ("bytes=,", .whole),
      ("bytes=0-0", .parts([0..<1])),
      ("bytes=0-9", .parts([0..<10])),
      ("bytes=9-9", .parts([9..<10])),
      ("bytes=3-", .parts([3..<10])),
      ("bytes=-3", .parts([7..<10])),
      ("bytes=-10", .parts([0..<10])),
      ("bytes=-11", .parts([0..<10])),
      ("bytes=-99999999999999999999999", .parts([0..<10])),
      ("bytes=5-99999999999999999999999", .parts([5..<10])),
      ("bytes=5-9223372036854775807", .parts([5..<10])),
      ("bytes=10-", .unsatisfiable),
      ("bytes=10-10", .unsatisfiable),
      ("bytes=99999999999999999999999-", .unsatisfiable),
      ("bytes=-0", .unsatisfiable),
      ("bytes=3-2", .whole),
      ("bytes=-", .whole),
      ("bytes=a-b", .whole),
      ("bytes=1-2-3", .whole),
      ("bytes=+1-2", .whole),
      ("bytes= 1 - 2", .whole),
      ("bytes=0x1-2", .whole),
      ("bytes=١-٢", .whole),
      ("lines=0-1", .whole),
      ("Bytes = 0-1", .parts([0..<2])),
      ("bytes=0-1, 3-4\t,8-", .parts([0..<2, 3..<5, 8..<10])),
      ("bytes=8-,0-1", .parts([8..<10, 0..<2])),
      ("bytes=0-1,,3-4,", .parts([0..<2, 3..<5])),
      ("bytes=0-1,20-30", .parts([0..<2])),
      ("bytes=20-30,40-", .unsatisfiable),
      ("bytes=0-1,x", .whole),
    ] as [(String?, ByteRanges)])
  func forms(field: String?, expected: ByteRanges) {
    #expect(ByteRanges(field, size: 10) == expected)
  }

  @Test("an empty body has no parts")
  func empty() {
    for field in ["bytes=0-", "bytes=0-0", "bytes=-1", "bytes=-0"] {
      #expect(ByteRanges(field, size: 0) == .unsatisfiable)
    }
  }

  @Test("parts that are too many, or together larger than the whole, are the whole")
  func tooMuch() {
    let single = (0..<33).map { "\($0)-\($0)" }
    #expect(ByteRanges("bytes=" + single.prefix(32).joined(separator: ","), size: 100) != .whole)
    #expect(ByteRanges("bytes=" + single.joined(separator: ","), size: 100) == .whole)
    #expect(ByteRanges("bytes=0-5,4-7", size: 10) == .parts([0..<6, 4..<8]))
    #expect(ByteRanges("bytes=0-5,4-8", size: 10) == .whole)
    #expect(ByteRanges("bytes=0-,0-", size: 10) == .whole)
  }

  @Test("whatever is asked for, parts lie in the body", arguments: [UInt64.random(in: 0 ... .max)])
  func bounds(seed: UInt64) {
    var generator = Generator(seed: seed)
    let letters = Array("0123456789-,= x")
    for _ in 0..<20_000 {
      let text = String(
        (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &generator)]
        })
      let size = Int.random(in: 0..<1_000, using: &generator)
      guard case .parts(let parts) = ByteRanges("bytes=" + text, size: size) else { continue }
      #expect(
        !parts.isEmpty && parts.allSatisfy { !$0.isEmpty && $0.lowerBound >= 0 && $0.upperBound <= size },
        "\(text) of \(size), seed \(seed)")
    }
  }
}
