import JSONText
import Testing

@Suite("JSON with comments")
struct CommentedJSONTests {
  @Test(
    "comments and commas that nothing follows become spaces",
    arguments: [
      ("[1,]", "[1 ]"), ("[1, /* , */ ]", "[1          ]"), ("{\"a\":1,//}\n}", "{\"a\":1    \n}"),
      ("[\",]\",1]", "[\",]\",1]"), ("[\"\\\",]\"]", "[\"\\\",]\"]"), ("[1,2]", "[1,2]"), ("[,]", "[ ]"),
      ("/*\n", "  \n"), ("//", "  "), ("[\"//\"]", "[\"//\"]"), ("/", "/"), ("[1,,]", "[1, ]"), ("\"", "\""),
    ])
  func blanked(text: String, wanted: String) {
    #expect(String(decoding: CommentedJSON.blanked(Array(text.utf8)), as: UTF8.self) == wanted)
  }
}
