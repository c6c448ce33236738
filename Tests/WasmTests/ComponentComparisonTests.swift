import Testing

@testable import Wasm

@Suite("Comparison of components")
struct ComponentComparisonTests {
  private static func function(_ parameters: (String, String)..., result: String? = nil) -> ExternalType {
    .function(
      FunctionSignature(
        parameters: parameters.map { .init(name: $0.0, type: $0.1) }, results: result.map { [$0] } ?? []))
  }

  private func component(
    imports: [(String, ExternalType)] = [], exports: [(String, ExternalType)] = []
  ) -> ModuleDescription {
    var module = ModuleDescription(encoding: .component, features: .componentModel, size: 8)
    module.imports = imports.map { ModuleImport(module: nil, name: $0.0, type: $0.1) }
    module.exports = exports.map { ModuleExport(name: $0.0, type: $0.1) }
    return module
  }

  private func lines(_ old: ModuleDescription, _ new: ModuleDescription) -> [String] {
    InterfaceComparison(old: old, new: new).changes.map { change in
      let types = [change.old, change.new].compactMap(\.self).joined(separator: " → ")
      return "\(change.severity) \(change.action) \(change.subject) \(change.shownName): \(types)"
    }
  }

  static let read = function(("len", "u64"), result: "list<u8>")

  /// An interface of two functions and one of three.
  static let small = ExternalType.instance(exports: [
    ModuleExport(name: "stream", type: .resource), ModuleExport(name: "read", type: read),
  ])
  static let large = ExternalType.instance(exports: [
    ModuleExport(name: "stream", type: .resource), ModuleExport(name: "read", type: read),
    ModuleExport(name: "write", type: function(("bytes", "list<u8>"))),
  ])

  @Test("what is inside an interface counts as the interface does")
  func interfaces() {
    let name = "acme:io/streams@1.0.0"
    let old = component(exports: [(name, Self.small)])
    let new = component(exports: [(name, Self.large)])
    #expect(lines(old, new) == ["minor added export \(name)#write: func(bytes: list<u8>)"])
    #expect(lines(new, old) == ["major removed export \(name)#write: func(bytes: list<u8>)"])
    let needy = component(imports: [(name, Self.small)])
    let needier = component(imports: [(name, Self.large)])
    #expect(lines(needy, needier) == ["major added import \(name)#write: func(bytes: list<u8>)"])
    #expect(lines(needier, needy) == ["minor removed import \(name)#write: func(bytes: list<u8>)"])
    #expect(lines(component(), new) == ["minor added export \(name): interface with 3 items"])
    #expect(lines(component(), needier) == ["major added import \(name): interface with 3 items"])
  }

  static let typeChanges: [(old: ExternalType, new: ExternalType)] = [
    (function(("a", "u32")), function(("a", "u64"))),
    (function(("a", "u32")), function(("b", "u32"))),
    (function(result: "u32"), function(result: "result<u32>")),
    (
      .function(FunctionSignature(parameters: [], results: [])),
      .function(FunctionSignature(parameters: [], results: [], isAsync: true))
    ),
    (.type(definition: "record { a: u32 }"), .type(definition: "record { a: u32, b: u32 }")),
    (.type(definition: "variant { a, b }"), .type(definition: "variant { a, b, c }")),
    (.type(definition: "enum { a, b }"), .type(definition: "enum { a }")),
    (.type(definition: "record { a: u32 }"), .resource),
    (.resource, small),
  ]

  @Test("a changed type is major wherever it stands", arguments: typeChanges)
  func types(_ old: ExternalType, _ new: ExternalType) {
    let texts = "\(old.summary(in: .component)) → \(new.summary(in: .component))"
    #expect(
      lines(component(exports: [("x", old)]), component(exports: [("x", new)]))
        == ["major changed export x: \(texts)"])
    let (before, after) = (
      ExternalType.instance(exports: [ModuleExport(name: "x", type: old)]),
      ExternalType.instance(exports: [ModuleExport(name: "x", type: new)])
    )
    #expect(
      lines(component(imports: [("i", before)]), component(imports: [("i", after)]))
        == ["major changed import i#x: \(texts)"])
  }

  static let versionChanges: [(old: String, new: String, export: [String], import: [String])] = [
    (
      "0.2.0", "0.2.1", ["minor version export a:b/c: 0.2.0 → 0.2.1"],
      ["major version import a:b/c: 0.2.0 → 0.2.1"]
    ),
    (
      "0.2.10", "0.2.9", ["major version export a:b/c: 0.2.10 → 0.2.9"],
      ["minor version import a:b/c: 0.2.10 → 0.2.9"]
    ),
    (
      "1.2.0", "1.10.3", ["minor version export a:b/c: 1.2.0 → 1.10.3"],
      ["major version import a:b/c: 1.2.0 → 1.10.3"]
    ),
    (
      "1.0.0+x", "1.0.0+y", ["minor version export a:b/c: 1.0.0+x → 1.0.0+y"],
      ["minor version import a:b/c: 1.0.0+x → 1.0.0+y"]
    ),
    ("0.2.0", "0.3.0", apart("export", "0.2.0", "0.3.0"), apart("import", "0.2.0", "0.3.0")),
    ("1.9.0", "2.0.0", apart("export", "1.9.0", "2.0.0"), apart("import", "1.9.0", "2.0.0")),
    ("0.0.1", "0.0.2", apart("export", "0.0.1", "0.0.2"), apart("import", "0.0.1", "0.0.2")),
    (
      "1.0.0-rc.1", "1.0.0-rc.2", apart("export", "1.0.0-rc.1", "1.0.0-rc.2"),
      apart("import", "1.0.0-rc.1", "1.0.0-rc.2")
    ),
    ("1.0.0-rc.1", "1.0.0", apart("export", "1.0.0-rc.1", "1.0.0"), apart("import", "1.0.0-rc.1", "1.0.0")),
  ]

  /// The changes where two versions have nothing to do with each other.
  private static func apart(_ subject: String, _ old: String, _ new: String) -> [String] {
    let (removed, added) = subject == "export" ? ("major", "minor") : ("minor", "major")
    return [
      "\(removed) removed \(subject) a:b/c@\(old): interface with 2 items",
      "\(added) added \(subject) a:b/c@\(new): interface with 2 items",
    ]
  }

  @Test(
    "compatible versions are one interface, and only an export may rise", arguments: versionChanges)
  func versions(_ old: String, _ new: String, export: [String], import: [String]) {
    let (before, after) = ("a:b/c@\(old)", "a:b/c@\(new)")
    #expect(
      lines(component(exports: [(before, Self.small)]), component(exports: [(after, Self.small)])) == export)
    #expect(
      lines(component(imports: [(before, Self.small)]), component(imports: [(after, Self.small)])) == `import`
    )
  }

  @Test("the same name goes before a compatible one")
  func sameNameFirst() {
    let old = component(imports: [("a:b/c@0.2.0", Self.small), ("a:b/c@0.2.1", Self.small)])
    let new = component(imports: [("a:b/c@0.2.1", Self.small)])
    #expect(lines(old, new) == ["minor removed import a:b/c@0.2.0: interface with 2 items"])
    #expect(lines(new, old) == ["major added import a:b/c@0.2.0: interface with 2 items"])
  }

  @Test("what a raised interface gains is told too")
  func raisedAndGrown() {
    let old = component(exports: [("a:b/c@0.2.0", Self.small)])
    let new = component(exports: [("a:b/c@0.2.1", Self.large)])
    #expect(
      lines(old, new) == [
        "minor version export a:b/c: 0.2.0 → 0.2.1",
        "minor added export a:b/c@0.2.0#write: func(bytes: list<u8>)",
      ])
  }

  static let typeReferences: [(old: String, new: String, isEqual: Bool)] = [
    ("wasi:io/error@0.2.0.{error}", "wasi:io/error@0.2.1.{error}", true),
    ("result<a:b/c@1.2.3.{t}, d:e/f@0.1.0.{u}>", "result<a:b/c@1.3.0.{t}, d:e/f@0.1.9.{u}>", true),
    ("wasi:io/error@0.2.0.{error}", "wasi:io/error@0.3.0.{error}", false),
    ("wasi:io/error@0.2.0.{error}", "wasi:io/error@0.2.1.{failure}", false),
    ("a:b/c@0.2.0-rc.{t}", "a:b/c@0.2.0.{t}", false),
    ("a:b/c@0.2.0", "a:b/c@0.2.1", false),
  ]

  @Test("a type of an interface whose version rises is the same type", arguments: typeReferences)
  func references(_ old: String, _ new: String, isEqual: Bool) {
    let before = component(exports: [
      ("t", .type(definition: old)), ("f", Self.function(("a", old), result: old)),
    ])
    let after = component(exports: [
      ("t", .type(definition: new)), ("f", Self.function(("a", new), result: new)),
    ])
    #expect(lines(before, after).isEmpty == isEqual)
  }

  @Test("what a nested component imports counts the other way round")
  func nested() {
    let plain = ExternalType.component(imports: [], exports: [])
    let needy = ExternalType.component(
      imports: [ModuleImport(module: nil, name: "log", type: Self.function())], exports: [])
    #expect(
      lines(component(exports: [("c", plain)]), component(exports: [("c", needy)]))
        == ["major added export c#import log: func()"])
    #expect(
      lines(component(imports: [("c", plain)]), component(imports: [("c", needy)]))
        == ["minor added import c#import log: func()"])
    let module = ExternalType.module(
      imports: [ModuleImport(module: "env", name: "m", type: .memory(pages: 1))],
      exports: [ModuleExport(name: "m", type: .memory(pages: 1))])
    let larger = ExternalType.module(
      imports: [ModuleImport(module: "env", name: "m", type: .memory(pages: 2))],
      exports: [ModuleExport(name: "m", type: .memory(pages: 2))])
    #expect(
      lines(component(exports: [("c", module)]), component(exports: [("c", larger)])) == [
        "minor changed export c#m: (memory 1) → (memory 2)",
        "major changed export c#import env.m: (memory 1) → (memory 2)",
      ])
    #expect(
      lines(component(imports: [("c", module)]), component(imports: [("c", larger)])) == [
        "major changed import c#m: (memory 1) → (memory 2)",
        "minor changed import c#import env.m: (memory 1) → (memory 2)",
      ])
  }
}
