import JSONText
import Testing

@Suite("JSON")
struct JSONValueTests {
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
      ("\u{7f} \u{0}", #"\u007f \u0000"#), ("\u{9b}\u{a0}\u{e9}", "\\u009b\u{a0}\u{e9}"),
    ])
  func escapes(_ text: String, _ escaped: String) {
    #expect(JSONValue.text(text).line == "\"\(escaped)\"")
    #expect(JSONValue.object([(text, .null)]).line == "{\"\(escaped)\":null}")
  }

  @Test("an indented value has a line for each member and element")
  func indentation() {
    let value = JSONValue.object([
      ("b", .array([.number(1), .null, .boolean(true)])),
      ("a", .object([("z", .text("\"\n")), ("y", .array([]))])),
    ])
    #expect(value.line == #"{"a":{"y":[],"z":"\"\n"},"b":[1,null,true]}"#)
    #expect(
      value.indented == """
        {
          "a": {
            "y": [],
            "z": "\\"\\n"
          },
          "b": [
            1,
            null,
            true
          ]
        }
        """)
  }

  @Test("what is written is read back")
  func reading() throws {
    let value = try #require(JSONValue(parsing: Self.value.serialized.utf8))
    #expect(value.serialized == Self.value.serialized)
    #expect(value["name"]?.text == "a" && value["size"]?.number == -7 && value["none"] == nil)
  }

  @Test(
    "what is no JSON, or is followed by something, is refused",
    arguments: [
      "", "{", "[1,]", "nul", "1 2", "01", "-", "1.", ".5", "1e", "+1", #""\ud83d""#, #""\udc00""#,
      #""\u12""#, "\"\n\"",
      "{\"a\" 1}", "[1 2]", String(repeating: "[", count: 100), #""\x""#,
    ])
  func refusal(_ text: String) { #expect(JSONValue(parsing: text.utf8) == nil) }

  @Test(
    "JSON that others write is read",
    arguments: [
      (" [ 1 ,\t2 ]\r\n", "[1,2]"), ("{ \"a\" : { } , \"b\" : [ ] }", #"{"a":{},"b":[]}"#), ("1.50", "1.50"),
      ("-0.1e+5", "-0.1e+5"), ("123456789012345678901", "123456789012345678901"),
      (#""\ud83d\ude00\/""#, #""😀/""#),
      (#""\u00e9\b""#, "\"é\\u0008\""), ("0", "0"), ("-0", "0"),
    ])
  func foreign(_ text: String, _ written: String) {
    #expect(JSONValue(parsing: text.utf8)?.serialized == written)
  }

  @Test("members are written straight into bytes")
  func writing() throws {
    var bytes = Array("x".utf8)
    JSONWriter.append(to: &bytes) { writer in
      writer.object { object in
        object.member("a") { $0.object { _ in } }
        object.member("b", "{" as String?)
        object.member("c", UInt64.max)
        object.member("d", nil as Int?)
        object.member("e", ["\n", ""])
        object.member("f", [1, 2]) { $1.object { $0.member("g", true) } }
      }
    }
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"x{"a":{},"b":"{","c":9223372036854775807,"d":null,"e":["\n",""],"f":[{"g":true},{"g":true}]}"#)
  }
}
