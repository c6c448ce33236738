import Identifiers
import Testing

@Suite struct HexadecimalPrefixTests {
  private let id = ObjectID(hex: "00ff10a4b825dc642cb6eb9a060e54bf8d692abc") ?? .zero

  @Test func everyBeginningMatchesAndNothingElse() throws {
    for count in 1...40 {
      let prefix = id.prefix(count)
      #expect(prefix.count == count)
      #expect(prefix.description == id.hex.prefix(count))
      #expect(prefix == HexadecimalPrefix(id.hex.prefix(count).uppercased()))
      #expect(prefix.matches(id))
      let last = prefix.description.last == "f" ? "0" : "f"
      let other = try #require(HexadecimalPrefix(prefix.description.dropLast() + last))
      #expect(!other.matches(id))
    }
    #expect(id.prefix(41) == id.prefix(40))
    #expect(try !#require(HexadecimalPrefix(id.hex + "0")).matches(id), "longer than the id")
  }

  @Test(arguments: ["", "0g", "-1", "é", " 0"]) func anythingElseIsNoPrefix(text: String) {
    #expect(HexadecimalPrefix(text) == nil)
  }

  @Test(
    arguments: [
      ("a", "a000", "afff"), ("0a", "0a00", "0aff"), ("0aB", "0ab0", "0abf"), ("ffff", "ffff", "ffff"),
    ])
  func boundsAreTheFirstAndTheLast(digits: String, first: String, last: String) throws {
    let bounds = try #require(HexadecimalPrefix(digits)?.bounds(byteCount: 2))
    #expect(hexadecimal(bounds.first) == first)
    #expect(hexadecimal(bounds.last) == last)
  }

  @Test func nothingBeginsWithMoreDigitsThanItHas() {
    #expect(HexadecimalPrefix("00000")?.bounds(byteCount: 2) == nil)
  }

  @Test func aMatchIsNoneOneOrSeveral() {
    #expect(PrefixMatch([ObjectID]()) == .none)
    #expect(PrefixMatch([id, id]) == .one(id))
    #expect(PrefixMatch([id, .zero, id]) == .several([.zero, id]))
  }
}
