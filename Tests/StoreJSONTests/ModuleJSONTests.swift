import JSONText
import ModuleStore
import StoreJSON
import Testing

/// The JSON form of what names and sorts modules.
@Suite("JSON of modules")
struct ModuleJSONTests {
  @Test(
    "a path is as it is, and quoted as git quotes it where it is no valid UTF-8",
    arguments: [
      (Array("/a b.wasm".utf8), #""/a b.wasm""#), (Array("/\"\n\u{e9}".utf8), "\"/\\\"\\n\u{e9}\""),
      ([0x2f, 0xff, 0x09], #""\"/\\377\\t\"""#), (Array(#""/\377""#.utf8), #""\"/\\377\"""#),
    ])
  func path(_ bytes: [UInt8], _ json: String) {
    #expect(RawPath(bytes).json.line == json)
  }

  @Test("a kind is its word, and null where it is unknown")
  func kind() {
    #expect(EntryKind.oddName.json.line == #""odd name""#)
    #expect(EntryKind.unknown.json.line == "null")
  }
}
