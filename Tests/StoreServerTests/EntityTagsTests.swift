import Testing

@testable import StoreServer

@Suite("Entity tags")
struct EntityTagsTests {
  @Test(
    "each form of a field",
    arguments: [
      ("*", .any),
      (" * ", .any),
      ("\"a\"", .tags([.init(text: "a", isWeak: false)])),
      ("\"\"", .tags([.init(text: "", isWeak: false)])),
      ("W/\"a\"", .tags([.init(text: "a", isWeak: true)])),
      ("\"a,b\"", .tags([.init(text: "a,b", isWeak: false)])),
      ("\"*\"", .tags([.init(text: "*", isWeak: false)])),
      (
        " \"a\",\t\"b\" , W/\"c\"",
        .tags([
          .init(text: "a", isWeak: false), .init(text: "b", isWeak: false), .init(text: "c", isWeak: true),
        ])
      ),
      (",\"a\",,", .tags([.init(text: "a", isWeak: false)])),
      ("", nil),
      (",", nil),
      ("a", nil),
      ("\"a", nil),
      ("a\"", nil),
      ("\"", nil),
      ("w/\"a\"", nil),
      ("W/", nil),
      ("\"a\" \"b\"", nil),
      ("\"a\"b", nil),
      ("\"a\", *", nil),
      ("\"a\", b", nil),
    ] as [(String, EntityTags?)])
  func forms(field: String, expected: EntityTags?) {
    #expect(EntityTags(field) == expected)
  }

  @Test("a weak tag is found by the weak comparison only")
  func comparisons() throws {
    let tags = try #require(EntityTags("W/\"a\", \"b\""))
    #expect(tags.contains("a") && tags.contains("b") && !tags.contains("c"))
    #expect(!tags.containsStrongly("a") && tags.containsStrongly("b"))
    #expect(EntityTags.any.contains("a") && EntityTags.any.containsStrongly("a"))
  }
}
