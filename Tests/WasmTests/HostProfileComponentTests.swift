import Testing

@testable import Wasm

@Suite("Host profiles in files, for components")
struct HostProfileComponentTests {
  private func objections(_ profile: String, _ module: ModuleDescription) throws -> [String] {
    try HostProfile(parsing: profile, name: "host.txt").objections(to: module).map(\.text)
  }

  private func component(_ imports: (String, ExternalType)...) -> ModuleDescription {
    var module = ModuleDescription(encoding: .component, features: .componentModel, size: 8)
    module.imports = imports.map { ModuleImport(module: nil, name: $0.0, type: $0.1) }
    return module
  }

  @Test("list interfaces of components, which stand for earlier versions too")
  func components() throws {
    let interface = ExternalType.instance(exports: [])
    let profile = "wasi:io/poll@0.2.3\nacme:*\nlog: func(text:  string)\n"
    let log = ExternalType.function(
      FunctionSignature(parameters: [.init(name: "text", type: "string")], results: []))
    #expect(
      try objections(
        profile,
        component(
          ("wasi:io/poll@0.2.3", interface), ("wasi:io/poll@0.2.0", interface), ("acme:a/b@1.0.0", interface),
          ("log", log))
      ).isEmpty)
    #expect(
      try objections(profile, component(("wasi:io/poll@0.2.4", interface), ("log", interface))) == [
        "import wasi:io/poll@0.2.4: the host does not offer it",
        "import log: has type interface with 0 items; the host offers func(text: string)",
      ])
  }

  private static func resource(_ name: String) -> ExternalType {
    .instance(exports: [ModuleExport(name: name, type: .resource)])
  }

  private static func function(
    _ parameters: ValueTypeDescription..., result: ValueTypeDescription? = nil
  ) -> ExternalType {
    let names = ["a", "b", "c"]
    return .function(
      FunctionSignature(
        parameters: zip(names, parameters).map { .init(name: $0, type: $1) },
        results: result.map { [$0] } ?? []))
  }

  static let needed = ExternalType.instance(exports: [
    ModuleExport(name: "r", type: .resource),
    ModuleExport(name: "f", type: function("list<u8>", result: "r")),
    ModuleExport(
      name: "m",
      type: .module(
        imports: [ModuleImport(module: "env", name: "memory", type: .memory(pages: 2))],
        exports: [ModuleExport(name: "table", type: "(table 1 funcref)")])),
  ])

  /// The host's offers for `needed`, and the reason why a component cannot use each.
  static let offers: [(text: String, problem: String?)] = [
    (needed.text(in: .component), nil),
    (
      """
      interface{ m: (core module (export "new" (func)) (export "table" (table 2 9 (ref null func)))
      (import "env" "memory" (memory 1))); g: func(); resource r; f: func(a: list< u8 >)  -> r; type t = u8; }
      """, nil
    ),
    (
      #"interface { r: resource; m: (core module (export "table" (table 1 funcref))) }"#,
      "x#f: the host does not offer it"
    ),
    (
      #"interface { r: resource; f: func(a: list<s8>) -> r; m: (core module) }"#,
      "x#f: has type func(a: list<u8>) -> r; the host offers func(a: list<s8>) -> r"
    ),
    (
      #"interface { r: type u8; f: func(a: list<u8>) -> r; m: (core module (export "table" (table 1 funcref))) }"#,
      "x#r: has type resource; the host offers type u8"
    ),
    (
      "interface { r: resource; f: func(a: list<u8>) -> r; m: (core module (export \"table\" (table 0 funcref))) }",
      "x#m#table: has type (table 1 funcref); the host offers (table 0 funcref)"
    ),
    (
      "interface { r: resource; f: func(a: list<u8>) -> r; m: (core module (import \"env\" \"memory\" (memory 3)) "
        + "(export \"table\" (table 1 funcref))) }",
      "x#m#import env.memory: has type (memory 2); the host offers (memory 3)"
    ),
    (
      "interface { r: resource; f: func(a: list<u8>) -> r; m: (core module (import \"env\" \"log\" (func)) "
        + "(export \"table\" (table 1 funcref))) }",
      "x#m#import env.log: the host requires it in addition"
    ),
    ("func()", "x: has type interface with 3 items; the host offers func()"),
    ("(func)", "x: has type interface with 3 items; the host offers (func)"),
  ]

  @Test("offer what is compatible with what a component needs", arguments: offers)
  func compatibleTypes(_ text: String, _ problem: String?) throws {
    let line = "x: " + text.split(separator: "\n").joined(separator: " ")
    #expect(
      try objections(line, component(("x", Self.needed))) == (problem.map { ["import \($0)"] } ?? []))
  }

  @Test("may offer a version inside of what they offer later than the one needed")
  func nestedVersions() throws {
    let module = component(
      ("w", .instance(exports: [ModuleExport(name: "a:b/c@0.2.3", type: .instance(exports: []))])))
    #expect(try objections("w: interface { a:b/c@0.2.4: interface {} }", module).isEmpty)
    #expect(
      try objections("w: interface { a:b/c@0.2.0: interface {} }", module)
        == ["import w#a:b/c: has version 0.2.3; the host offers 0.2.0"])
  }

  @Test("implement what is asked for, or a later version of it")
  func implementing() throws {
    let module = component(("x", .instance(exports: [], implements: "a:b/c@1.1.0")))
    #expect(try objections("x: interface a:b/c@1.2.0 { f: func() }", module).isEmpty)
    #expect(try objections("x: interface a:b/c@1.2.0 {}", component(("x", .instance(exports: [])))).isEmpty)
    #expect(
      try objections("x: interface a:b/c@1.0.0 {}", module) == [
        "import x: has type interface a:b/c@1.1.0 with 0 items; the host offers interface a:b/c@1.0.0 with 0 items"
      ])
    #expect(try objections("x: interface {}", module).count == 1)
  }

  /// A host's lines, and whether `a:b/u@0.2.0`, which uses a type of `a:b/t@0.2.0`, matches.
  static let versionLines: [(lines: [String], fits: Bool)] = [
    (["a:b/t@0.2.0", "a:b/u@0.2.0: interface { f: func(a: a:b/t@0.2.0.{r}) }"], true),
    (["a:b/t@0.2.3", "a:b/u@0.2.3: interface { f: func(a: a:b/t@0.2.3.{r}) }"], true),
    (
      ["a:b/t@0.2.3: interface { r: resource }", "a:b/u@0.2.0: interface { f: func(a: a:b/t@0.2.3.{r}) }"],
      true
    ),
    (["a:b/t*@0.2.3", "a:b/u@0.2.3: interface { f: func(a: a:b/t@0.2.3.{r}) }"], true),
    (["a:b/t@0.2.?", "a:b/u@0.2.0: interface { f: func(a: a:b/t@0.2.0.{r}) }"], true),
    (["a:b/t@*", "a:b/u@0.2.0: interface { f: func(a: a:b/t@0.2.3.{r}) }"], false),
    (["a:b/t@0.2.3", "a:b/u@0.2.3: interface { f: func(a: a:b/t@0.2.4.{r}) }"], false),
    (["a:b/t@0.2.3", "a:b/u@0.2.3: interface { f: func(a: a:b/t@0.2.0.{r}) }"], false),
    (
      ["a:b/t@0.2.0", "a:b/t@0.2.3", "a:b/u@0.2.3: interface { f: func(a: a:b/t@0.2.3.{r}) }"],
      false
    ),
    (
      ["a:b/t@0.2.4: func()", "a:b/t@0.2.3", "a:b/u@0.2.3: interface { f: func(a: a:b/t@0.2.3.{r}) }"],
      true
    ),
  ]

  @Test("name types by the version that they have", arguments: versionLines)
  func versions(_ lines: [String], fits: Bool) throws {
    let user = ExternalType.instance(exports: [
      ModuleExport(name: "f", type: Self.function("a:b/t@0.2.0.{r}"))
    ])
    let module = component(("a:b/t@0.2.0", Self.resource("r")), ("a:b/u@0.2.0", user))
    #expect(try objections(lines.joined(separator: "\n"), module).isEmpty == fits)
  }

  @Test("offer one version for several earlier ones")
  func sharedVersion() throws {
    let module = component(
      ("a:b/t@0.2.0", Self.resource("r")), ("a:b/t@0.2.1", Self.resource("r")),
      ("f", Self.function("a:b/t@0.2.0.{r}", "a:b/t@0.2.1.{r}")))
    let line = "f: func(a: a:b/t@0.2.3.{r}, b: a:b/t@0.2.3.{r})"
    #expect(try objections("a:b/t@0.2.3\n\(line)", module).isEmpty)
    #expect(try objections("a:b/t@0.2.1\na:b/t@0.2.3\n\(line)", module).count == 1)
  }

  @Test("are not blamed for what uses the types of something that does not fit")
  func missing() throws {
    let module = component(
      ("a:b/t@0.2.0", Self.resource("r")), ("f", Self.function("a:b/t@0.2.0.{r}")))
    #expect(
      try objections("f: func(a: a:b/t@0.2.0.{r})", module)
        == ["import a:b/t@0.2.0: the host does not offer it"])
    #expect(
      try objections("a:b/t@0.2.3: func()\nf: func(a: a:b/t@0.2.3.{r})", module)
        == ["import a:b/t@0.2.0: has type interface with 1 item; the host offers func()"])
  }

  static let wildcards: [(pattern: String, name: String, matches: Bool)] = [
    ("wasi:io/*@0.2.3", "wasi:io/poll@0.2.0", true), ("wasi:io/*@0.2.3", "wasi:io/poll@0.2.3", true),
    ("wasi:io/*@0.2.3", "wasi:io/poll@0.2.4", false), ("wasi:io/*@0.2.3", "wasi:io/poll@0.3.0", false),
    ("wasi:io/*@0.2.3", "wasi:cli/exit@0.2.0", false), ("wasi:io/*@0.2.3", "wasi:io/poll", false),
    ("wasi:i?/poll@0.2.3", "wasi:io/poll@0.2.0", true), ("*@1.4.0", "a:b/c@1.2.3", true),
    ("wasi:io/*@0.2.?", "wasi:io/poll@0.2.0", true), ("wasi:io/*@0.2.1?", "wasi:io/poll@0.2.0", false),
    ("wasi:io/*@0.2.3-rc.1", "wasi:io/poll@0.2.0", false), ("wasi:io/*@0.2", "wasi:io/poll@0.2.0", false),
    ("wasi:io/*", "wasi:io/poll@0.2.0", true), ("*", "wasi:io/poll@0.2.0", true),
    ("wasi:io/po\\ll@0.2.3", "wasi:io/poll@0.2.0", true), ("wasi:io\\/*\\@0.2.3", "wasi:io/poll@0.2.0", true),
    ("wasi:*@0.2.0@0.2.3", "wasi:io/poll@0.2.0", false),
  ]

  @Test("stand for earlier versions with patterns too", arguments: wildcards)
  func wildcardVersions(_ pattern: String, _ name: String, matches: Bool) throws {
    let expected = matches ? [] : ["import \(name): the host does not offer it"]
    #expect(try objections(pattern, component((name, .instance(exports: [])))) == expected)
  }
}
