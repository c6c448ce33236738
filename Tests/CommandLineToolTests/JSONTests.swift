import ModuleStore
import Testing

@testable import CommandLineTool

@Suite("JSON")
struct JSONTests {
  static let value = JSONValue.object([
    ("size", .number(-7)), ("name", .text("a")),
    (
      "list",
      .array([.null, .boolean(true), .object([("b", .null), ("a", .number(.max)), ("c", .text(""))])])
    ),
    ("empty", .object([])),
  ])

  @Test("members of objects are sorted by name at any depth")
  func sorting() {
    #expect(
      Self.value.line
        == #"{"empty":{},"list":[null,true,{"a":9223372036854775807,"b":null,"c":""}],"name":"a","size":-7}"#)
    var text = Array("x".utf8)
    Self.value.writeLine(to: &text)
    #expect(String(decoding: text, as: UTF8.self) == "x" + Self.value.line)
  }

  @Test("members of objects keep their order where it is asked for")
  func order() {
    #expect(
      Self.value.serialized
        == #"{"size":-7,"name":"a","list":[null,true,{"b":null,"a":9223372036854775807,"c":""}],"empty":{}}"#)
  }

  @Test(
    "texts are escaped where they must be",
    arguments: [
      ("größe/…", "größe/…"), ("\"\\", #"\"\\"#), ("a\n\r\tb", #"a\n\r\tb"#),
      (String(repeating: "a", count: 40) + "\u{1b}", String(repeating: "a", count: 40) + #"\u001b"#),
      ("\u{7f} \u{0}", #"\u007f \u0000"#),
    ])
  func escapes(_ text: String, _ escaped: String) {
    #expect(JSONValue.text(text).line == "\"\(escaped)\"")
    #expect(JSONValue.object([(text, .null)]).line == "{\"\(escaped)\":null}")
  }
}
