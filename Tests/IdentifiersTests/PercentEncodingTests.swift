import Identifiers
import Testing

@Suite("Percent-encoding")
struct PercentEncodingTests {
  @Test("all but unreserved characters are escaped")
  func escapes() {
    #expect(percentEncoded("azAZ09-._~".utf8) == "azAZ09-._~")
    #expect(percentEncoded("a/b %?#:+@é".utf8) == "a%2Fb%20%25%3F%23%3A%2B%40%C3%A9")
    #expect(percentEncoded([0x00, 0x0f, 0x7f, 0xff]) == "%00%0F%7F%FF")
  }
}
