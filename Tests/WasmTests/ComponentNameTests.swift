import Support
import Testing

@testable import Wasm

@Suite("Names of components' imports and exports")
struct ComponentNameTests {
  @Test(
    "words of one case joined by hyphens are labels",
    arguments: ["a", "a-b", "A-b", "ab-CD", "a0", "a-0", "a-00-b1", "a0-000-3d4a-54FF"])
  func labels(_ text: String) {
    #expect(text.isLabel)
  }

  @Test(
    "other texts are not",
    arguments: ["", "-", "a-", "-a", "a--b", "aB", "Ab", "0", "0-a", "a_b", "a b", "é", "a0-3d4A"])
  func otherTexts(_ text: String) {
    #expect(!text.isLabel)
  }

  @Test(
    "versions have the form of semver.org",
    arguments: ["1.0.0", "0.2.10-rc.1+build.7", "1.0.0--", "1.0.0+01"])
  func versions(_ text: String) {
    #expect(SemanticVersion.problem(in: Array(text.utf8)[...]) == nil)
  }

  @Test(
    "what is wrong with a version is said",
    arguments: [
      ("", "empty string, expected a semver version"),
      ("a.2", "unexpected character 'a' while parsing major version number"),
      ("1.", "unexpected end of input while parsing minor version number"),
      ("1.0", "unexpected end of input while parsing minor version number"),
      ("2.0x0", "unexpected character 'x' after minor version number"),
      ("1.0.0x", "unexpected character 'x' after patch version number"),
      ("01.0.0", "invalid leading zero in major version number"),
      ("1.18446744073709551616.0", "value of minor version number exceeds u64::MAX"),
      ("1.0.0-", "empty identifier segment in pre-release identifier"),
      ("1.0.0-a..b", "empty identifier segment in pre-release identifier"),
      ("1.0.0-01", "invalid leading zero in pre-release identifier"),
      ("1.0.0+", "empty identifier segment in build metadata"),
      ("1.0.0-a é", "unexpected character ' ' after pre-release identifier"),
    ])
  func wrongVersions(_ text: String, _ problem: String) {
    #expect(SemanticVersion.problem(in: Array(text.utf8)[...]) == problem)
  }

  @Test(
    "what is wrong with a name is said",
    arguments: [
      ("a.b", "import name `a.b` is not a valid extern name: `a.b` is not in kebab case (at offset 0x10)"),
      (
        "A:b/c",
        "import name `A:b/c` is not a valid extern name: character `A` is not lowercase in package "
          + "name/namespace (at offset 0x10)"
      ),
      (
        "a:b",
        "import name `a:b` is not a valid extern name: expected `/` after package name (at offset 0x10)"
      ),
      (
        "a:b/c/d",
        "import name `a:b/c/d` is not a valid extern name: trailing characters found: `/d` "
          + "(at offset 0x10)"
      ),
      (
        "a:b/c@1.0",
        "import name `a:b/c@1.0` is not valid: invalid interface version: unexpected end of input "
          + "while parsing minor version number (at offset 0x10)"
      ),
      (
        "[method]a",
        "import name `[method]a` is not a valid extern name: failed to find `.` character "
          + "(at offset 0x10)"
      ),
      ("[static]a.b", "import name `[static]a.b` is not valid: item is not a func (at offset 0x10)"),
      (
        "url=<a>",
        "import name `url=<a>` is not a valid extern name: `url=<a>` is not in kebab case "
          + "(at offset 0x10)"
      ),
      (
        "\u{202e}a",
        "import name `\\u{202e}a` is not a valid extern name: `\\u{202e}a` is not in kebab case "
          + "(at offset 0x10)"
      ),
    ])
  func wrongNames(_ name: String, _ message: String) {
    #expect(refusal(of: component(importing: [name])) == message)
  }

  @Test(
    "names that are the same cannot both be taken",
    arguments: [
      (["a", "a"], false), (["a-b", "A-b"], false), (["a", "b"], true), (["a:b/c", "a:b/d"], true),
      (["a:b/c@1.0.0", "a:b/c@1.0.1"], true), (["a:b/c", "a:b/c"], false),
    ])
  func sameNames(_ names: [String], _ isAccepted: Bool) {
    let refusal = refusal(of: component(importing: names))
    #expect((refusal == nil) == isAccepted)
    #expect(refusal == nil || refusal?.contains("conflicts with previous name `\(names[0])`") == true)
  }

  @Test("a method has the name of its function, not one of its own, if it is called like its resource")
  func methods() throws {
    var names = ExternNameSet()
    #expect(names.insert(try ExternName("a", at: 0)) == nil)
    #expect(names.insert(try ExternName("[constructor]a", at: 0)) == nil)
    #expect(names.insert(try ExternName("[method]a.b", at: 0)) == nil)
    #expect(names.insert(try ExternName("[static]a.b", at: 0)) == "[method]a.b")
    #expect(names.insert(try ExternName("[static]a.A", at: 0)) == "a")
    #expect(names.insert(try ExternName("[method]b.b", at: 0)) == nil)
    #expect(names.insert(try ExternName("b", at: 0)) == "[method]b.b")
  }

  @Test("core names are compared by their bytes, not as Unicode text")
  func unicodeEquivalence() {
    var module = WasmBuilder.module()
    module.section(5, entries: [{ $0.raw(0, 1) }])
    module.section(
      7,
      entries: ["\u{e9}", "e\u{301}"].map { name in
        {
          $0.name(name)
          $0.raw(2, 0)
        }
      })
    var component = WasmBuilder.component()
    component.section(1) { $0.raw(module.bytes) }
    component.section(2, entries: [{ $0.raw(0, 0, 0) }])
    component.section(
      6,
      entries: [
        {
          $0.raw(0, 2, 1, 0)
          $0.name("e\u{301}")
        }
      ])
    #expect(refusal(of: component.bytes) == nil)
  }

  @Test(
    "the interface that an import implements has a version too",
    arguments: [
      ("a:b/c@1.0-0", "invalid interface version: unexpected character '-' after minor version number"),
      (
        "a:b/c@190.0", "invalid interface version: unexpected end of input while parsing minor version number"
      ),
    ])
  func implementedVersions(_ interface: String, _ message: String) throws {
    let found = try #require(refusal(of: component(implementing: interface)))
    #expect(found.hasPrefix(message))
  }

  @Test("an interface that is implemented may have a whole version")
  func implementedWholeVersion() {
    #expect(refusal(of: component(implementing: "a:b/c@1.0.0")) == nil)
  }

  /// A component that imports an empty instance that implements an interface.
  private func component(implementing interface: String) -> [UInt8] {
    var component = WasmBuilder.component()
    component.section(7, entries: [{ $0.raw(0x42, 0) }])
    component.section(
      10,
      entries: [
        {
          $0.raw(2)
          $0.name("a")
          $0.raw(1, 0)
          $0.name(interface)
          $0.raw(5, 0)
        }
      ])
    return component.bytes
  }

  /// A component that imports an empty instance with each of the names.
  private func component(importing names: [String]) -> [UInt8] {
    var component = WasmBuilder.component()
    component.section(7, entries: [{ $0.raw(0x42, 0) }])
    component.section(
      10,
      entries: names.map { name in
        {
          $0.raw(0)
          $0.name(name)
          $0.raw(5, 0)
        }
      })
    return component.bytes
  }
}
