import Identifiers
import HTTPServing
import ModuleStore
import Support
import Testing

@testable import StoreServer

@Suite("Paths of requests")
struct RequestPathTests {
  @Test(
    "escapes are taken apart once",
    arguments: [
      ("", ""), ("a/b", "a/b"), ("%61", "a"), ("%2F", "/"), ("%2f%2E", "/."), ("%2561", "%61"), ("%25", "%"),
      ("a+b", "a+b"), ("%C3%A4", "ä"), ("%c3%a4", "ä"), ("%00", nil), ("a%00b", nil), ("ä", "ä"),
      ("e%CC%81", "e\u{301}"),
      ("%", nil), ("%4", nil), ("%4g", nil), ("%g4", nil), ("a%", nil), ("%%61", nil), ("%ff", nil),
      ("%C0%AF", nil), ("%E0%80%AF", nil), ("%ED%A0%80", nil), ("%C3", nil), ("%F4%90%80%80", nil),
    ] as [(String, String?)])
  func escapes(text: String, decoded: String?) {
    #expect(percentDecoded(text).map { Array($0.utf8) } == decoded.map { Array($0.utf8) })
  }

  @Test("escaped bytes come back if they are UTF-8", arguments: [UInt64.random(in: 0 ... .max)])
  func roundTrip(seed: UInt64) {
    var generator = Generator(seed: seed)
    let digits = Array("0123456789abcdefABCDEF")
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
        UInt8.random(in: 0 ... .max, using: &generator)
      }
      let text = bytes.map { byte in
        let upper = Bool.random(using: &generator)
        return "%"
          + [byte >> 4, byte & 15].map { value in
            String(digits[Int(value) + (upper && value > 9 ? 6 : 0)])
          }.joined()
      }.joined()
      let expected = bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
      #expect(
        percentDecoded(text).map { Array($0.utf8) } == expected.map { Array($0.utf8) },
        "\(text), seed \(seed)")
    }
  }

  @Test(
    "empty segments are dropped",
    arguments: [
      ("", []), ("/", []), ("//", []), ("a", ["a"]), ("/a//b/", ["a", "b"]), ("a%2fb", ["a/b"]),
      ("a%2F%2Fb", ["a//b"]), ("a%252fb", ["a%2fb"]), (".", ["."]), ("a/../b", ["a", "..", "b"]),
      ("e%CC%81/%CC%81", ["e\u{301}", "\u{301}"]),
    ] as [(String, [String])])
  func segments(text: String, segments: [String]) throws {
    let path = try RequestPath(text)
    #expect(path.isEmpty == segments.isEmpty)
    #expect(path.joined.utf8.elementsEqual(segments.joined(separator: "/").utf8))
    #expect(path.first.map { Array($0.utf8) } == segments.first.map { Array($0.utf8) })
    #expect(path.rest.joined.utf8.elementsEqual(segments.dropFirst().joined(separator: "/").utf8))
  }

  @Test(
    "a malformed escape is a mistake of the client",
    arguments: ["%", "a/%zz", "a%00", "%ff", "%C0%AE%C0%AE/a"])
  func malformed(text: String) {
    let failure = #expect(throws: HTTPFailure.self) { try RequestPath(text) }
    #expect(failure?.code == "invalid_input")
  }

  @Test("a module is named by a path or a whole hash")
  func moduleReferences() throws {
    let hex = String(repeating: "aB", count: 32)
    #expect(try RequestPath(hex).moduleReference == RequestPath(hex.lowercased()).moduleReference)
    #expect(try RequestPath("sha256:" + hex).moduleReference == RequestPath(hex).moduleReference)
    #expect(try RequestPath("dir/" + hex).moduleReference == .path(ModulePath("dir/" + hex)))
    #expect(try RequestPath("//a//b.wasm").moduleReference == .path(ModulePath("a/b.wasm")))
    let failure = #expect(throws: HTTPFailure.self) { try RequestPath("//").moduleReference }
    #expect(failure?.code == "not_found")
    for text in ["..", "a/../b", "%2e%2e/a", "a%01", ".git", "a%0A"] {
      #expect(throws: StoreError.self, "\(text)") { try RequestPath(text).moduleReference }
    }
  }
}
