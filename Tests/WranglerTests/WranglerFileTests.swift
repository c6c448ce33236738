import Support
import SystemPackage
import Testing

@testable import Wrangler

@Suite("Wrangler's files")
struct WranglerFileTests {
  /// Reads a text as a file of a name.
  private func read(_ name: String, _ text: String, environment: String? = nil) throws -> WranglerFile {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.path).appending(name)
    let file = try FileDescriptor.open(path, .writeOnly, options: [.create], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(text.utf8) }
    return try WranglerFile(path, environment: environment)
  }

  /// What is wrong with a text, without the folder.
  private func mistake(_ name: String, _ text: String) throws -> String {
    let error = #expect(throws: WranglerError.self) { try read(name, text) }
    let words = "\(try #require(error))"
    let start = words.firstRange(of: "/" + name)?.lowerBound ?? words.startIndex
    return String(words[start...].dropFirst())
  }

  @Test("TOML and JSON with comments say the same")
  func both() throws {
    let toml = """
      # A comment
      name = "site"
      account_id = "abc"
      compatibility_date = 2026-01-01
      kv_namespaces = [{ binding = "A", id = "1" }]

      [[kv_namespaces]]
      binding = "B"

      [site]
      bucket = "./public"
      include = ["*.html", "a\\\\b"]
      exclude = ['x"y']
      """.replacing(
        "kv_namespaces = [{ binding = \"A\", id = \"1\" }]\n",
        with: "[[kv_namespaces]]\nbinding = \"A\"\nid = \"1\"\n")
    let json = """
      \u{feff}{ // A comment
        "name": "site", /* another,
        ] */ "account_id": "abc",
        "compatibility_date": "2026-01-01", "vars": {"a": [1, -2.5e3, null, true, "//", "/*", ",]"]},
        "kv_namespaces": [{"binding": "A", "id": "1",}, {"binding": "B"} // the last
        , ],
        "site": {"bucket": "./public", "include": ["*.html", "a\\\\b"], "exclude": ["x\\"y",]},
      }
      """
    for file in [
      try read("wrangler.toml", toml), try read("wrangler.jsonc", json), try read("wrangler.json", json),
    ] {
      #expect(file.name == "site" && file.account == "abc")
      #expect(file.namespaces.map { "\($0.binding) \($0.id ?? "-")" } == ["A 1", "B -"])
      #expect(file.included == ["*.html", "a\\b"] && file.excluded == ["x\"y"])
    }
    #expect(try read("wrangler.toml", "account_id = \"\"").account == nil)
    #expect(
      try read("wrangler.toml", "kv-namespaces = [{ binding = \"A\", id = \"1\" }]").namespaces.count == 1)
  }

  @Test("an environment has a name and namespaces of its own, and what is not its own from outside")
  func environments() throws {
    let toml = """
      name = "site"
      account_id = "abc"

      [[kv_namespaces]]
      binding = "A"
      id = "1"
      preview_id = "2"

      [site]
      bucket = "./public"
      exclude = ["x"]

      [env.staging]

      [env.production]
      name = "live"
      account_id = "def"
      kv_namespaces = [{ binding = "A", id = "3", preview_id = "4" }]
      """
    let json = """
      {"name": "site", "account_id": "abc", "env": {
        "staging": {}, "production": {"name": "live", "account_id": "def",
          "kv_namespaces": [{"binding": "A", "id": "3", "preview_id": "4"}]}},
        "kv_namespaces": [{"binding": "A", "id": "1", "preview_id": "2"}], "site": {"exclude": ["x"]}}
      """
    func words(_ environment: String?, _ name: String, _ text: String) throws -> String {
      let file = try read(name, text, environment: environment)
      let namespaces = file.namespaces.map { " \($0.binding) \($0.id ?? "-") \($0.previewID ?? "-")" }
      return "\(file.name ?? "-") \(file.account ?? "-")\(namespaces.joined()) \(file.excluded)"
    }
    for (name, text) in [("wrangler.toml", toml), ("wrangler.jsonc", json)] {
      #expect(try words(nil, name, text) == "site abc A 1 2 [\"x\"]")
      #expect(try words("staging", name, text) == "site-staging abc [\"x\"]")
      #expect(try words("production", name, text) == "live def A 3 4 [\"x\"]")
      let error = #expect(throws: WranglerError.self) { try read(name, text, environment: "other") }
      #expect("\(try #require(error))".hasSuffix("/\(name) has no env.other"))
    }
    #expect(throws: WranglerError.self) { try read("wrangler.toml", "name = \"a\"", environment: "b") }
    let wrong = #expect(throws: WranglerError.self) {
      try read("wrangler.toml", "[env.b]\nname = 1", environment: "b")
    }
    #expect("\(try #require(wrong))".hasSuffix("wrangler.toml:2: env.b.name is not a string"))
  }

  @Test(
    "a mistake is told with its line",
    arguments: [
      ("wrangler.toml", "name = 1\n", "wrangler.toml:1: name is not a string"),
      (
        "wrangler.toml", "\n[site]\nbucket = 1\n\ninclude = 1",
        "wrangler.toml:5: site.include is not an array"
      ),
      (
        "wrangler.toml", "[[kv_namespaces]]\nid = \"1\"",
        "wrangler.toml:1: kv_namespaces is not a table with a binding"
      ),
      ("wrangler.toml", "kv_namespaces = 2024-01-01", "wrangler.toml:1: kv_namespaces is not an array"),
      ("wrangler.jsonc", "{\n\"nam\": \"a\",\n\"name\": 1}", "wrangler.jsonc:3: name is not a string"),
      (
        "wrangler.jsonc", "{\n// x\n\"site\": {\n\"include\": [\n\"a\",\n3]}}",
        "wrangler.jsonc:6: site.include is not an array of strings"
      ),
      ("wrangler.jsonc", "{\n\"name\": \"a\"\n\"site\": {}}", "wrangler.jsonc:3: it is not valid JSON"),
      ("wrangler.jsonc", "{\n\"name\": \"a\"\n", "wrangler.jsonc:3: the file is truncated"),
      ("wrangler.jsonc", "[]", "wrangler.jsonc:1: the file is not a table"),
    ])
  func mistakes(name: String, text: String, words: String) throws {
    #expect(try mistake(name, text) == words)
  }

  @Test("what is no TOML is told with its line")
  func malformed() throws {
    #expect(try mistake("wrangler.toml", "name = \"a\"\nx = \n").hasPrefix("wrangler.toml:2: "))
    let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(throws: WranglerError.self) { try read("wrangler.toml", "vars = \(deep)") }
    #expect(throws: WranglerError.self) { try read("wrangler.jsonc", "{\"vars\": \(deep)}") }
  }

  @Test("no file is told")
  func missing() throws {
    let folder = try TemporaryFolder()
    #expect(try WranglerFile.find(in: FilePath(folder.path)) == nil)
    #expect(throws: WranglerError.self) { try WranglerFile(FilePath(folder.path).appending("wrangler.toml")) }
  }
}
