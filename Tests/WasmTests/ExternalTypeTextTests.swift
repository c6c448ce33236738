import Testing
import Wasm

@Suite("Text of types")
struct ExternalTypeTextTests {
  static let core: [(type: ExternalType, text: String)] = [
    (.function(FunctionSignature(parameters: [], results: [])), "(func)"),
    (
      .function(
        FunctionSignature(
          parameters: [.init(name: nil, type: "i32"), .init(name: nil, type: "funcref")],
          results: ["i64"])), "(func (param i32 funcref) (result i64))"
    ),
    (.memory(MemoryDescription(bounds: SizeBounds(minimum: 1, maximum: nil))), "(memory 1)"),
    (
      .memory(
        MemoryDescription(
          bounds: SizeBounds(minimum: 1, maximum: 2), is64Bit: true, isShared: true, pageSize: 1)),
      "(memory i64 1 2 shared (pagesize 1))"
    ),
    (
      .table(TableDescription(element: "funcref", bounds: SizeBounds(minimum: 0, maximum: 7))),
      "(table 0 7 funcref)"
    ),
    (
      .table(
        TableDescription(element: "(ref any)", bounds: SizeBounds(minimum: 3, maximum: nil), is64Bit: true)),
      "(table i64 3 (ref any))"
    ),
    (.global(type: "i32", isMutable: false), "(global i32)"),
    (.global(type: "f64", isMutable: true), "(global (mut f64))"),
    (.tag(parameters: ["i32", "i32"]), "(tag (param i32 i32))"),
    (.tag(parameters: []), "(tag)"),
    (
      .function(
        FunctionSignature(
          parameters: [.init(name: nil, type: "i32")], results: [], definedType: "$0123456789abcdef")),
      "(func (type $0123456789abcdef) (param i32))"
    ),
    (
      .tag(parameters: ["i32"], definedType: "$0123456789abcdef"),
      "(tag (type $0123456789abcdef) (param i32))"
    ),
  ]

  @Test("of a core module are as the text format has them", arguments: core)
  func coreTypes(_ type: ExternalType, _ text: String) {
    #expect(type.text(in: .core) == text)
    #expect(type.summary(in: .core) == text)
  }

  static let read = ExternalType.function(
    FunctionSignature(
      parameters: [.init(name: "at", type: "u64"), .init(name: "bytes", type: "list<u8>")],
      results: ["result<u32>"]))
  static let nothing = ExternalType.function(FunctionSignature(parameters: [], results: []))
  static let wait = ExternalType.function(FunctionSignature(parameters: [], results: [], isAsync: true))

  @Test("of a component are in the manner of WIT")
  func componentTypes() {
    let read = Self.read.text(in: .component)
    #expect(read == "func(at: u64, bytes: list<u8>) -> result<u32>")
    #expect(Self.nothing.text(in: .component) == "func()")
    #expect(Self.wait.text(in: .component) == "async func()")
    #expect(ExternalType.resource.text(in: .component) == "resource")
    #expect(
      ExternalType.type(definition: "record { a: u32 }").text(in: .component) == "type record { a: u32 }")
    #expect(ExternalType.instance(exports: []).text(in: .component) == "interface {}")
    let instance = ExternalType.instance(exports: [
      ModuleExport(name: "file", type: .resource), ModuleExport(name: "read", type: Self.read),
    ])
    #expect(instance.text(in: .component) == "interface { file: resource; read: \(read) }")
    #expect(instance.summary(in: .component) == "interface with 2 items")
    let implementation = ExternalType.instance(
      exports: [ModuleExport(name: "wait", type: Self.wait)], implements: "a:b/c@1.0.0")
    #expect(implementation.text(in: .component) == "interface a:b/c@1.0.0 { wait: async func() }")
    #expect(implementation.summary(in: .component) == "interface a:b/c@1.0.0 with 1 item")
    #expect(
      ExternalType.instance(exports: [], implements: "a:b/c").text(in: .component) == "interface a:b/c {}")
    let component = ExternalType.component(
      imports: [ModuleImport(module: nil, name: "io", type: instance)],
      exports: [ModuleExport(name: "wait", type: Self.wait)])
    #expect(
      component.text(in: .component)
        == "component { import io: interface { file: resource; read: \(read) }; export wait: async func() }")
    #expect(component.summary(in: .component) == "component with 1 import, 1 export")
  }

  @Test("of a core module inside a component quote the names")
  func nestedModule() {
    let module = ExternalType.module(
      imports: [ModuleImport(module: "en\"v", name: "\\l\u{1b}", type: Self.nothing)],
      exports: [ModuleExport(name: "run", type: Self.nothing)])
    #expect(
      module.text(in: .component)
        == #"(core module (import "en\"v" "\\l\u{1b}" (func)) (export "run" (func)))"#)
    #expect(module.summary(in: .component) == "core module with 1 import, 1 export")
  }

  @Test("is safe to show whatever names and value types are")
  func unusualNames() {
    let function = ExternalType.function(
      FunctionSignature(
        parameters: [.init(name: "größe\n", type: .flags(["\u{1b}[2J"]))], results: [.cut("\u{7f}")]))
    #expect(function.text(in: .component) == #"func(größe\u{a}: flags { \u{1b}[2J }) -> \u{7f}"#)
    let item = ModuleExport(name: "a\u{202e}", type: .type(definition: .enumeration(["b\t"])))
    #expect(
      ExternalType.component(
        imports: [ModuleImport(module: nil, name: "é\0", type: .instance(exports: [item]))], exports: []
      ).text(in: .component)
        == #"component { import é\u{0}: interface { a\u{202e}: type enum { b\u{9} } } }"#)
  }

  @Test("is appended to what stands there, which stays as it is")
  func appending() {
    var text = Array("log\u{1b}: ".utf8)
    ExternalType.type(definition: .cut("\u{1}")).write(in: .component, to: &text)
    #expect(String(decoding: text, as: UTF8.self) == "log\u{1b}: type \\u{1}")
  }

  @Test("names cannot confuse a terminal")
  func names() {
    let log = ModuleImport(module: "env", name: "log\n\u{1b}[2J", type: Self.nothing)
    #expect(log.shownName == #"env.log\u{a}\u{1b}[2J"#)
    #expect(
      ModuleImport(module: nil, name: "wasi:io/poll@0.2.0", type: .resource).shownName == "wasi:io/poll@0.2.0"
    )
    #expect(ModuleExport(name: "größe\u{202e}", type: Self.nothing).shownName == #"größe\u{202e}"#)
    let long = String(repeating: "ö", count: 1_000)
    #expect(ModuleExport(name: long, type: Self.nothing).shownName == long)
  }
}
