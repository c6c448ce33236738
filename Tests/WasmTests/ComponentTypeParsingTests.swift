import Support
import Testing

@testable import Wasm

@Suite("Texts of components' types, read")
struct ComponentTypeParsingTests {
  static let texts = [
    "resource", "func()", "async func()", "func(a: u32) -> string", "func(a: list<u8>, b: option<%string>)",
    "type u8", "type %record", "type record { a: u32, b: tuple<u8, char> }",
    "type variant { a(list<u8>), b }",
    "type enum { a, b }", "type flags { read, write }", "type result", "type result<u8>",
    "type result<_, u8>",
    "type result<u8, result>", "type stream", "type stream<u8>", "type future<stream<u8>>",
    "type map<string, u8>", "type borrow<%stream>", "type error-context", "type a:b/t@1.0.0",
    "type a:b/t@0.2.0.{r}", "type export a:b/t@1.0.0-rc.1+x.inner.{string}", "type export r",
    "type $outer.{r}",
    "type $outer.{export r}", "type $outer.a:b/t.{r}", "type $outer.$outer.export a:b/t.{r}",
    "type list<$outer.{%string}>", "type func(a: u8)", "type async func() -> u8",
    "type interface { a: resource }", "type component { import a: func(); export b: type u8 }",
    "interface {}",
    "interface { a: func(); b: type record { a: u8 }; [method]a.b: resource; a:b/c@1.0.0: interface {} }",
    "component {}", "interface a:b/c {}",
    "interface a:b/c@1.0.0 { a: func(); i: interface d:e/f { r: resource } }",
    "component { import a: func(); export a: func(); export b: component {} }",
    "(core module)",
    #"(core module (import "a" "" (func (param i32) (result i64))) (export "b\"\\" (memory 1 2)))"#,
    #"(core module (export "\u{1b}ö" (global (mut (ref null $0123456789abcdef)))))"#,
    "(core module (import \"a\" \"b\" (func (type $0123456789abcdef) (param i32))))",
  ]

  @Test("are the ones that descriptions write", arguments: texts)
  func roundTrip(_ text: String) throws {
    let type = try #require(ExternalType(parsing: text, in: .component))
    #expect(type.text(in: .component) == text)
    let spaced = text.contains("\"") ? text : text.split(separator: " ").joined(separator: " \t ")
    #expect(ExternalType(parsing: "  \(spaced) ", in: .component) == type)
  }

  @Test("are taken apart")
  func parts() {
    let text = """
      component { import i: interface { r: resource; f: async func(p: borrow<r>, q: record { a: u8 }) -> list<u8> };
      """ + ##" export m: (core module (import "\#" "\u{a}" (memory 1))); export t: type enum { a } }"##
    let function = FunctionSignature(
      parameters: [.init(name: "p", type: "borrow<r>"), .init(name: "q", type: "record { a: u8 }")],
      results: ["list<u8>"], isAsync: true)
    let items = [
      ModuleExport(name: "r", type: .resource), ModuleExport(name: "f", type: .function(function)),
    ]
    let module = ExternalType.module(
      imports: [ModuleImport(module: "#", name: "\n", type: .memory(pages: 1))], exports: [])
    #expect(
      ExternalType(parsing: text, in: .component)
        == .component(
          imports: [ModuleImport(module: nil, name: "i", type: .instance(exports: items))],
          exports: [
            ModuleExport(name: "m", type: module),
            ModuleExport(name: "t", type: .type(definition: "enum { a }")),
          ]))
    #expect(ExternalType(parsing: "(memory 1)", in: .core) == .memory(pages: 1))
    #expect(ExternalType(parsing: "(memory 1)", in: .component) == nil)
  }

  /// Paths of interfaces, and the names in them.
  static let paths: [(text: String, names: [String])] = [
    ("a.b", ["a", "b"]), ("a:b/c@0.2.0.d", ["a:b/c@0.2.0", "d"]), ("a:b/c.d.e", ["a:b/c", "d", "e"]),
    ("a:b/c@0.2.0.d:e/f@1.0.0.g", ["a:b/c@0.2.0", "d:e/f@1.0.0", "g"]),
    ("a:b/c@1.0.0-rc.1+x.2", ["a:b/c@1.0.0-rc.1+x.2"]),
    ("a:b/c@1.0.0-rc.1.d:e/f.g", ["a:b/c@1.0.0-rc.1", "d:e/f", "g"]),
  ]

  @Test("have the paths of interfaces in their names", arguments: paths)
  func pathNames(_ text: String, _ names: [String]) {
    guard case .type(.named(let reference)) = ExternalType(parsing: "type \(text).{r}", in: .component) else {
      Issue.record("no name")
      return
    }
    #expect(reference.interface.map(\.text) == names && reference.name.text == "r")
  }

  /// A text, and its form in descriptions.
  static let otherForms: [(text: String, form: String)] = [
    ("type  record{a:  u32 ,b: list < u8 >}", "type record { a: u32, b: list<u8> }"),
    ("type variant { a( u8 ) , b}", "type variant { a(u8), b }"),
    ("type result< _ ,u8>", "type result<_, u8>"),
    ("type result<a:b/t.{ r },$outer.{ export  r }>", "type result<a:b/t.{r}, $outer.{export r}>"),
    ("func  ( a: u8,b: export  a:b/t.{r} )->u8", "func(a: u8, b: export a:b/t.{r}) -> u8"),
    ("async  func()", "async func()"),
    ("interface{}", "interface {}"),
    (
      "interface { resource r; type t = enum { a,b }; i: interface { f: func(); } g: func(); }",
      "interface { r: resource; t: type enum { a, b }; i: interface { f: func() }; g: func() }"
    ),
    (
      "component { export resource r; import type t = u8; }",
      "component { import t: type u8; export r: resource }"
    ),
    (
      "type  interface{a: func( p: u8 )}", "type interface { a: func(p: u8) }"
    ),
    (
      #"( core  module ( export "a\ b" ( func ( param  i32 ) ) )( import "a" "b" (table 1 (ref null func)) ) )"#,
      #"(core module (import "a" "b" (table 1 funcref)) (export "a b" (func (param i32))))"#
    ),
  ]

  @Test("are brought into one form", arguments: otherForms)
  func forms(_ text: String, _ form: String) {
    #expect(ExternalType(parsing: text, in: .component)?.text(in: .component) == form)
  }

  @Test(
    "that are no types",
    arguments: [
      "", "u8", "resources", "resource x", "type", "type record", "type record { a }", "type record { a: }",
      "type record { a:u8 }", "type record { a: u8, }", "type enum { a b }", "type enum { a(u8) }",
      "type list",
      "type list<>", "type list<u8, u8>", "type result<_>", "type result<u8, _>", "type map<u8>",
      "type option",
      "type tuple<u8", "type u8>", "type own<r>", "type type u8", "type a b", "type a.{", "type .{a}",
      "type a.{}",
      "type a.{b c}", "type a.{export b}", "type export", "type $outer", "type _", "type A-b_c", "type core",
      "type float32", "type export list", "type $outer.r", "type $outer.{a b}", "type a.{export b}",
      "func", "func(", "func(u8)", "func(a: u8", "func(a: u8 b: u8)", "func(,)", "func(a: u8,)", "func() ->",
      "func() -> ()", "func() - > u8", "async", "async resource", "interface", "interface {",
      "interface { a }",
      "interface { a: func() b: func() }", "interface { ; }", "interface { a: func();; }",
      "interface { a: func(); a: func() }", "interface { : func() }", "interface { type t u8 }",
      "component { a: func() }", "component { import a: func(), }",
      "component { export a: func(); export a: func() }",
      "(func)", "(core)", "(core module", "(core module))", "(core module (func))",
      #"(core module (import "a" (func)))"#,
      #"(core module (export "a" "b" (func)))"#, #"(core module (export "a" func))"#,
      #"(core module (export "a (func)))"#,
      #"(core module (export "a\n" (func)))"#, #"(core module (export "\u{d800}" (func)))"#,
      #"(core module (export "\u" (func)))"#, #"(core module (export "a" (func)"#,
      #"(core module (export "\"#,
      #"(core module (export "a" (func)) (export "a" (func)))"#, #"(core module (export "a" (fun)))"#,
      "func() func()",
    ])
  func noTypes(_ text: String) {
    #expect(ExternalType(parsing: text, in: .component) == nil)
  }

  @Test("may nest as deep as a type can, not deeper")
  func depth() {
    func lists(_ count: Int) -> String {
      "type " + String(repeating: "list<", count: count) + "u8" + String(repeating: ">", count: count)
    }
    func interfaces(_ count: Int) -> String {
      String(repeating: "interface { a: ", count: count) + "func()" + String(repeating: " }", count: count)
    }
    for text in [lists(Limit.componentTypeDepth), interfaces(Limit.componentTypeDepth)] {
      #expect(ExternalType(parsing: text, in: .component)?.text(in: .component) == text)
    }
    for text in [lists(100_000), interfaces(100_000), String(repeating: "(", count: 100_000)] {
      #expect(ExternalType(parsing: text, in: .component) == nil)
    }
  }

  @Test("take time by their length", .timeLimit(.minutes(1)))
  func time() {
    let count = 20_000
    let fields = (0..<count).map { "a\($0): list<u8>" }.joined(separator: ", ")
    let items = (0..<count).map { "a\($0): func(a: record { a: u8 })" }.joined(separator: "; ")
    let exports = (0..<count).map { "(export \"\($0)\" (func))" }.joined(separator: " ")
    for text in ["type record { \(fields) }", "interface { \(items) }", "(core module \(exports))"] {
      #expect(ExternalType(parsing: text, in: .component)?.text(in: .component) == text)
    }
  }

  @Test("of whatever the specification's valid components import and export")
  func specification() throws {
    var count = 0
    for example in SpecificationCases.installed?.cases ?? []
    where example.suite == "cm-spec" && example.isValid {
      let module = try validate(example.bytes)
      guard module.encoding == .component, module.isComplete else { continue }
      for type in module.imports.map(\.type) + module.exports.map(\.type) {
        count += 1
        #expect(ExternalType(parsing: type.text(in: .component), in: .component) == type, "\(example.origin)")
      }
    }
    #expect(count > 100 || SpecificationCases.installed == nil)
  }

  @Test(
    "of what components made by another program import and export", .enabled(if: WasmTools.installed != nil),
    arguments: DescriptionTruthTests.components)
  func components(_ source: DescriptionTruthTests.Source) throws {
    let tool = try #require(WasmTools.installed)
    let module = try validate(tool.output(of: ["parse", "-"], input: Array(source.text.utf8)))
    let types = module.imports.map(\.type) + module.exports.map(\.type)
    #expect(!types.isEmpty)
    for type in types { #expect(ExternalType(parsing: type.text(in: .component), in: .component) == type) }
  }
}
