import Identifiers
import Testing

@Suite struct HexadecimalTests {
  @Test func everyByteIsReadAsItIsSpelled() {
    let all = (UInt8.min...UInt8.max).map { $0 }
    #expect(bytes(hexadecimal: hexadecimal(all).utf8) == all)
    #expect(bytes(hexadecimal: hexadecimal(all).uppercased().utf8) == all)
    #expect(hexadecimal([0, 9, 0xa0, 0xff]) == "0009a0ff")
    #expect(hexadecimal([]).isEmpty)
  }

  @Test(arguments: ["0", "0g", "000", "/0", ":0", "@0", "G0", "`0"]) func halvesAndOtherDigitsAreRefused(
    text: String
  ) {
    #expect(bytes(hexadecimal: text.utf8) == nil)
  }

  @Test func lengthsAreCounted() {
    #expect(isHexadecimal("0aF", count: 3...3))
    #expect(!isHexadecimal("0aF", count: 4...40))
    #expect(!isHexadecimal("0ag", count: 3...3))
  }
}
