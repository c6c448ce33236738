import Testing

@testable import JSONText

@Suite struct JSONEventReaderTests {
  /// What is told of a text that comes in pieces of a length; nil where it is no JSON.
  private static func events(_ text: String, pieces length: Int) -> [String]? {
    var reader = JSONEventReader()
    var found: [String] = []
    var part: [UInt8] = []
    func take(_ event: JSONEventReader.Event) {
      switch event {
      case .beginObject: found.append("{")
      case .endObject: found.append("}")
      case .beginArray: found.append("[")
      case .endArray: found.append("]")
      case .name(let name): found.append("name \(name)")
      case .literal(let literal): found.append(literal)
      case .text(let bytes): part += bytes
      case .endText:
        found.append("text \(String(decoding: part, as: UTF8.self))")
        part = []
      }
    }
    var rest = Array(text.utf8)[...]
    do {
      while !rest.isEmpty {
        try reader.read(Array(rest.prefix(length)), take)
        rest = rest.dropFirst(length)
      }
      try reader.finish(take)
    } catch { return nil }
    return found
  }

  private static let readable: [(text: String, events: [String])] = [
    (#"[]"#, ["[", "]"]),
    (" [ 1 , -2.5e+3,true ,null\n]\t", ["[", "1", "-2.5e+3", "true", "null", "]"]),
    (#"{"a":{"b":[]},"":"x"}"#, ["{", "name a", "{", "name b", "[", "]", "}", "name ", "text x", "}"]),
    (
      #""\" \\ \/ \b \f \n \r \t é \u00e9 \ud83d\ude00""#,
      ["text \" \\ / \u{8} \u{c} \n \r \t é é 😀"]
    ),
    ("12", ["12"]),
    (#"{"n\u00e9\n":0}"#, ["{", "name né\n", "0", "}"]),
  ]

  @Test(arguments: [1, 2, 3, 1000])
  func `what is in a text is told whatever the pieces`(_ length: Int) {
    for (text, events) in Self.readable { #expect(Self.events(text, pieces: length) == events) }
  }

  @Test(arguments: [
    "", " ", "[", "]", "[1,]", "[,1]", "[1 2]", "[1]]", "[] []", "{]", "[}", #"{"a"}"#, #"{"a":}"#,
    #"{"a":1,}"#,
    #"{a:1}"#, #"{1:1}"#, "tru", "nulll", "01", "1.", "+1", "-", "1e", #"""#, #""\x""#, #""\u12""#,
    #""\ud800""#,
    #""\ud800x""#, #""\ud800\n""#, #""\udc00""#, #""\ud800\ud800""#, "\"\n\"", "'a'",
    String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
  ])
  func `what is no JSON is refused whatever the pieces`(_ text: String) {
    for length in [1, 2, 1000] { #expect(Self.events(text, pieces: length) == nil) }
  }
}
