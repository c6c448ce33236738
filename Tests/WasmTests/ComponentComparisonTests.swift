import Testing

@testable import Wasm

@Suite("Comparison of components")
struct ComponentComparisonTests {
  private static func function(
    _ parameters: (String, ValueTypeDescription)..., result: ValueTypeDescription? = nil
  ) -> ExternalType {
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

  /// An interface, and one with one more function.
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

  /// Interfaces that an instance implements, and the severity of the change for an export and for an import.
  static let implementations: [(old: String?, new: String?, export: String, import: String)] = [
    (nil, "a:b/c@1.0.0", "minor", "major"), ("a:b/c@1.0.0", nil, "major", "minor"),
    ("a:b/c@1.0.0", "a:b/c@1.2.0", "minor", "major"), ("a:b/c@1.2.0", "a:b/c@1.0.0", "major", "minor"),
    ("a:b/c@1.0.0", "a:b/c@2.0.0", "major", "major"), ("a:b/c", "a:b/d", "major", "major"),
    ("a:b/c@1.0.0", "a:b/c", "major", "major"),
  ]

  @Test("what an instance implements is a promise or a demand as well", arguments: implementations)
  func implements(_ old: String?, _ new: String?, export: String, import: String) {
    let (before, after) = (
      ExternalType.instance(exports: [], implements: old), ExternalType.instance(exports: [], implements: new)
    )
    let texts = "\(before.summary(in: .component)) → \(after.summary(in: .component))"
    #expect(
      lines(component(exports: [("i", before)]), component(exports: [("i", after)])) == [
        "\(export) changed export i: \(texts)"
      ])
    #expect(
      lines(component(imports: [("i", before)]), component(imports: [("i", after)])) == [
        "\(`import`) changed import i: \(texts)"
      ])
    #expect(lines(component(exports: [("i", after)]), component(exports: [("i", after)])).isEmpty)
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

  /// The changes if two versions are not compatible.
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
    #expect(lines(new, old) == ["minor added import a:b/c@0.2.0: interface with 2 items"])
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

  /// The changes of a function's type with the versions of `a:b/t` and `a:b/u`, which increase from 0.2.0 to 0.2.3.
  static let typeReferences: [(old: String, new: String, isEqual: Bool)] = [
    ("a:b/t@0.2.0.{r}", "a:b/t@0.2.3.{r}", true),
    ("result<a:b/t@0.2.0.{r}, a:b/u@0.2.0.{r}>", "result<a:b/t@0.2.3.{r}, a:b/u@0.2.3.{r}>", true),
    ("record { a: a:b/t@0.2.0.{r}, b: u8 }", "record { a: a:b/t@0.2.3.{r}, b: u8 }", true),
    ("variant { t(a:b/t@0.2.0.{r}), u }", "variant { t(a:b/t@0.2.3.{r}), u }", true),
    ("a:b/t@0.2.0.inner.{r}", "a:b/t@0.2.3.inner.{r}", true),
    ("a:b/t@0.2.0.c:d/e@1.0.0.{r}", "a:b/t@0.2.3.c:d/e@1.1.0.{r}", true),
    ("a:b/t@0.2.0.c:d/e@1.0.0.{r}", "a:b/t@0.2.3.inner.{r}", false),
    ("a:b/t@0.2.0.{r}", "a:b/u@0.2.3.{r}", false),
    ("a:b/t@0.2.0.{r}", "a:b/t@0.2.0.{r}", false),
    ("a:b/t@0.2.0.{r}", "a:b/t@0.2.1.{r}", false),
    ("a:b/t@0.2.0.{r}", "a:b/t@0.2.3.{failure}", false),
    ("a:b/v@0.2.0.{r}", "a:b/v@0.2.3.{r}", false),
    ("a:b/v@0.2.0.{r}", "a:b/v@0.2.0.{r}", true),
    ("result<a:b/t@0.2.0.{r}>", "option<a:b/t@0.2.3.{r}>", false),
    ("a:b/t@0.2.0", "a:b/t@0.2.3", false),
  ]

  @Test("a type of an interface whose version rises is the same type", arguments: typeReferences)
  func references(_ old: String, _ new: String, isEqual: Bool) {
    func lines(imported isImported: Bool) -> [String] {
      let parts = [("0.2.0", "1.0.0", old), ("0.2.3", "1.1.0", new)].map { version, inner, text in
        let type = ValueTypeDescription(stringLiteral: text)
        let nested = ExternalType.instance(exports: [ModuleExport(name: "r", type: .resource)])
        let interface = ExternalType.instance(exports: [
          ModuleExport(name: "inner", type: nested), ModuleExport(name: "c:d/e@\(inner)", type: nested),
        ])
        let interfaces = ["a:b/t@\(version)", "a:b/u@\(version)"].map { ($0, interface) }
        let users = [("t", .type(definition: type)), ("f", Self.function(("a", type), result: type))]
        return isImported
          ? component(imports: interfaces, exports: users) : component(exports: interfaces + users)
      }
      return self.lines(parts[0], parts[1]).filter { $0.contains(" changed ") }
    }
    let types = [
      ("f", "func(a: \(old)) -> \(old) → func(a: \(new)) -> \(new)"), ("t", "type \(old) → type \(new)"),
    ]
    let changes = isEqual ? [] : types.map { "major changed export \($0.0): \($0.1)" }
    for isImported in [true, false] { #expect(lines(imported: isImported).sorted() == changes) }
  }

  private static let resource = ExternalType.instance(exports: [ModuleExport(name: "r", type: .resource)])

  @Test("a type of another version is another type where both versions stay")
  func twoVersions() {
    let interfaces = ["a:b/t@0.2.0", "a:b/t@0.2.3"].map { ($0, Self.resource) }
    func using(_ version: String) -> ModuleDescription {
      component(imports: interfaces, exports: [("f", Self.function(("p", "a:b/t@\(version).{r}")))])
    }
    #expect(lines(using("0.2.0"), using("0.2.0")) == [])
    #expect(
      lines(using("0.2.0"), using("0.2.3")) == [
        "major changed export f: func(p: a:b/t@0.2.0.{r}) → func(p: a:b/t@0.2.3.{r})"
      ])
  }

  @Test("a version that rises among the exports does not among the imports")
  func otherDirection() {
    func using(
      _ type: ValueTypeDescription, importing version: String, exporting other: String
    ) -> ModuleDescription {
      component(
        imports: [("a:b/t@\(version)", Self.resource)],
        exports: [("a:b/t@\(other)", Self.resource), ("f", Self.function(("p", type)))])
    }
    let old = using("a:b/t@0.2.1.{r}", importing: "0.2.0", exporting: "0.2.1")
    let raised = "minor version export a:b/t: 0.2.1 → 0.2.4"
    #expect(lines(old, using("a:b/t@0.2.4.{r}", importing: "0.2.0", exporting: "0.2.4")) == [raised])
    #expect(
      lines(old, using("a:b/t@0.2.0.{r}", importing: "0.2.0", exporting: "0.2.4")) == [
        raised, "major changed export f: func(p: a:b/t@0.2.1.{r}) → func(p: a:b/t@0.2.0.{r})",
      ])
  }

  /// A type's name refers to an import, or to an export if no import has the name or `export` precedes it.
  @Test("a name counts for what it stands for", arguments: ["a:b/t.{r}", "t"])
  func meanings(_ name: String) {
    let item = name == "t" ? ("t", ExternalType.resource) : ("a:b/t", Self.resource)
    func using(_ type: String, isImported: Bool) -> ModuleDescription {
      component(
        imports: isImported ? [item] : [], exports: [item, ("f", Self.function(("p", "list<\(type)>")))])
    }
    let shown = item.1.summary(in: .component)
    let exported = using(name, isImported: false)
    #expect(
      lines(using(name, isImported: true), exported) == [
        "major changed export f: func(p: list<\(name)>) → func(p: list<\(name)>)",
        "minor removed import \(item.0): \(shown)",
      ])
    #expect(
      lines(exported, using("export \(name)", isImported: true)) == ["major added import \(item.0): \(shown)"]
    )
    #expect(
      lines(using("export \(name)", isImported: true), exported) == [
        "minor removed import \(item.0): \(shown)"
      ])
  }

  /// Definitions that contain the name of a type, but not as a type.
  @Test(
    "words that name no type are no names of types",
    arguments: [
      "enum { t, u }", "flags { t, u }", "variant { a(u8), t }", "variant { t(u8), a }", "record { t: u8 }",
    ])
  func words(_ definition: String) {
    func users(_ definition: String, isImported: Bool) -> ModuleDescription {
      let type = ValueTypeDescription(stringLiteral: definition)
      return component(
        imports: isImported ? [("t", .resource)] : [],
        exports: [("t", .resource), ("d", .type(definition: type))])
    }
    #expect(
      lines(users(definition, isImported: true), users(definition, isImported: false))
        == ["minor removed import t: resource"])
    let inside = "record { a: \(definition), b: t }"
    #expect(
      lines(users(inside, isImported: true), users(inside, isImported: false)).first
        == "major changed export d: type \(inside) → type \(inside)")
  }

  @Test("an interface's own types hide others of their names")
  func ownTypes() {
    func interface(_ type: ValueTypeDescription, hasOwn: Bool) -> ModuleDescription {
      let own = [ModuleExport(name: "t", type: .resource)]
      let items = (hasOwn ? own : []) + [ModuleExport(name: "f", type: Self.function(("p", type)))]
      return component(imports: [("t", .resource)], exports: [("i", .instance(exports: items))])
    }
    #expect(
      lines(interface("t", hasOwn: false), interface("$outer.{t}", hasOwn: true))
        == ["minor added export i#t: resource"])
    #expect(
      lines(interface("t", hasOwn: false), interface("t", hasOwn: true)) == [
        "major changed export i#f: func(p: t) → func(p: t)", "minor added export i#t: resource",
      ])
  }

  @Test("a nested component has names of its own")
  func nestedNames() {
    func nested(_ inner: [String], _ type: ValueTypeDescription, outer: [String]) -> ModuleDescription {
      let function = ModuleExport(name: "f", type: Self.function(("p", type)))
      let imports = inner.map { ModuleImport(module: nil, name: $0, type: Self.resource) }
      return component(
        imports: outer.map { ($0, Self.resource) },
        exports: [("c", .component(imports: imports, exports: [function]))])
    }
    let (first, second) = ("a:b/t@0.2.0", "a:b/t@0.2.3")
    let raised = "major version export c#import a:b/t: 0.2.0 → 0.2.3"
    #expect(
      lines(nested([first], "\(first).{r}", outer: []), nested([second], "\(second).{r}", outer: [])) == [
        raised
      ])
    #expect(
      lines(
        nested([first, second], "\(first).{r}", outer: []),
        nested([first, second], "\(second).{r}", outer: []))
        == ["major changed export c#f: func(p: \(first).{r}) → func(p: \(second).{r})"])
    // Names of the enclosing component apply if the nested one has none.
    #expect(
      lines(nested([], "\(first).{r}", outer: [first]), nested([], "\(second).{r}", outer: [second]))
        == ["major version import a:b/t: 0.2.0 → 0.2.3"])
    // It could be the type of either.
    #expect(
      lines(
        nested([first], "\(first).{r}", outer: [first]), nested([second], "\(second).{r}", outer: [first])
      ).contains("major changed export c#f: func(p: \(first).{r}) → func(p: \(second).{r})"))
  }

  /// A definition that has names of its own is only the same if its text is the same.
  @Test("the definition of a component is not looked into")
  func definitions() throws {
    func defining(_ version: String, outer: String) throws -> ModuleDescription {
      let definition =
        "type component { import a:b/t@0.2.0: interface { r: resource }; "
        + "import a:b/t@0.2.3: interface { r: resource }; export f: func(p: a:b/t@\(version).{r}) }"
      let type = try #require(ExternalType(parsing: definition, in: .component))
      return component(imports: [("a:b/t@\(outer)", Self.resource)], exports: [("c", type)])
    }
    let raised = "major version import a:b/t: 0.2.0 → 0.2.3"
    #expect(try lines(defining("0.2.0", outer: "0.2.0"), defining("0.2.3", outer: "0.2.3")).count == 2)
    #expect(try lines(defining("0.2.4", outer: "0.2.0"), defining("0.2.4", outer: "0.2.3")) == [raised])
  }

  @Test("a path with a great many dots is compared as any other")
  func dots() {
    let version = "1.0.0+" + Array(repeating: "a", count: 40).joined(separator: ".")
    func using(_ name: String) -> ModuleDescription {
      component(imports: [(name, Self.resource)], exports: [("f", Self.function(("p", "\(name).{r}")))])
    }
    #expect(lines(using("a:b/t@\(version)"), using("a:b/t@\(version)")) == [])
    #expect(lines(using("a:b/t@\(version)"), using("a:b/t@\(version).b")).count == 1)
    #expect(lines(using("a:b/t@1.0.0+a.b"), using("a:b/t@1.0.0+a.c")).count == 1)
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
