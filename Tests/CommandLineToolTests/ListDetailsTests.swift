import Testing

@testable import CommandLineTool

@Suite("The details of a long listing")
struct ListDetailsTests {
  @Test(
    "are words joined by commas, in any order",
    arguments: [
      ("author", true, []), ("imports", false, ["imports"]),
      ("imports,exports", false, ["exports", "imports"]),
      ("exports,author,imports", true, ["exports", "imports"]), ("author,author", true, []),
    ])
  func words(text: String, hasAuthor: Bool, members: [String]) throws {
    let details = try #require(ListDetails(argument: text))
    #expect(details.hasAuthor == hasAuthor)
    #expect(details.interfaceMembers == members)
  }

  @Test(
    "are refused where a word is none of them",
    arguments: ["", ",", "size", "author,size", "Author", "author, imports"])
  func refusals(text: String) {
    #expect(ListDetails(argument: text) == nil)
  }
}
