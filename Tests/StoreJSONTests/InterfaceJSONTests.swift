import JSONText
import StoreJSON
import Testing
import Wasm

/// What `inspect --json` writes of a module, without a tree of values.
@Suite("JSON of interfaces")
struct InterfaceJSONTests {
  private static let bounds = SizeBounds(minimum: 1, maximum: nil)
  private static let function = ExternalType.function(
    FunctionSignature(
      parameters: [.init(name: "a\"b", type: .primitive(.u8)), .init(name: nil, type: .core(.i32))],
      results: [.primitive(.string)],
      isAsync: true))

  /// A type of each kind, and its JSON.
  static let types: [(ExternalType, String)] = [
    (
      function,
      #"{"async":true,"defined_type":null,"kind":"function","parameters":[{"name":"a\"b","type":"u8"},{"name":null,"type":"i32"}],"#
        + #""results":["string"],"text":"async func(a\"b: u8, i32) -> string"}"#
    ),
    (
      .table(
        TableDescription(
          element: .reference(.abstract(.function), isNullable: true),
          bounds: SizeBounds(minimum: 0, maximum: .max), is64Bit: true)),
      #"{"address":"i64","element":"funcref","kind":"table","maximum":9223372036854775807,"minimum":0,"#
        + #""text":"(table i64 0 18446744073709551615 funcref)"}"#
    ),
    (
      .memory(MemoryDescription(bounds: bounds, isShared: true)),
      #"{"address":"i32","kind":"memory","maximum":null,"minimum":1,"page_size":65536,"shared":true,"#
        + #""text":"(memory 1 shared)"}"#
    ),
    (
      .global(type: .i64, isMutable: true),
      #"{"kind":"global","mutable":true,"text":"(global (mut i64))","type":"i64"}"#
    ),
    (
      .tag(parameters: [.i32]),
      #"{"defined_type":null,"kind":"tag","parameters":[{"name":null,"type":"i32"}],"text":"(tag (param i32))"}"#
    ),
    (
      .tag(parameters: [], definedType: DefinedTypeHash(0)),
      #"{"defined_type":"$0000000000000000","kind":"tag","parameters":[],"text":"(tag (type $0000000000000000))"}"#
    ),
    (
      .function(FunctionSignature(parameters: [], results: [], definedType: DefinedTypeHash(0))),
      #"{"async":false,"defined_type":"$0000000000000000","kind":"function","parameters":[],"results":[],"#
        + #""text":"func()"}"#
    ),
    (
      .instance(exports: [], implements: "a:b/c"),
      #"{"exports":[],"implements":"a:b/c","kind":"instance","text":"interface a:b/c {}"}"#
    ),
    (
      .module(imports: [ModuleImport(module: "m", name: "n", type: .resource)], exports: []),
      #"{"exports":[],"imports":[{"module":"m","name":"n","type":{"kind":"resource","text":"resource"}}],"#
        + #""kind":"module","text":"(core module (import \"m\" \"n\" resource))"}"#
    ),
    (
      .component(imports: [], exports: [ModuleExport(name: "e", type: .resource)]),
      #"{"exports":[{"name":"e","type":{"kind":"resource","text":"resource"}}],"imports":[],"#
        + #""kind":"component","text":"component { export e: resource }"}"#
    ),
    (
      .instance(exports: [ModuleExport(name: "e\u{1b}", type: .type(definition: .primitive(.u8)))]),
      #"{"exports":[{"name":"e\u001b","type":{"definition":"u8","kind":"type","text":"type u8"}}],"#
        + #""implements":null,"kind":"instance","text":"interface { e\\u{1b}: type u8 }"}"#
    ),
  ]

  @Test("of each kind of type", arguments: types)
  func type(_ type: ExternalType, _ json: String) throws {
    var module = ModuleDescription(encoding: .component, features: [], size: 8)
    module.exports = [ModuleExport(name: "it", type: type)]
    let members = JSONValue.object(module.jsonMembers)
    #expect(members["exports"]?.line == #"[{"name":"it","type":"# + json + "}]")
  }

  @Test("is JSON, its members sorted by name at any depth")
  func sorted() throws {
    var module = ModuleDescription(encoding: .core, features: .default, size: 8)
    module.name = "n"
    module.exports = Self.types.map { ModuleExport(name: "e", type: $0.0) }
    module.imports = Self.types.map { ModuleImport(module: "m", name: "i", type: $0.0) }
    module.sections = [
      SectionDescription(name: "type", isCustom: false, offset: 8, size: 5, count: 1),
      SectionDescription(name: "\\", isCustom: true, offset: 20, size: 0, count: nil),
    ]
    module.producers = [Producer(field: "sdk", name: "s", version: "1\n")]
    let line = JSONValue.object(module.jsonMembers).line
    let value = try #require(JSONValue(parsing: line.utf8))
    #expect(value.line == line)
    guard case .array(let sections)? = value["sections"] else { return #expect(Bool(false), "\(line)") }
    #expect(sections.map(\.line) == module.sections.map { $0.json.line })
    #expect(sections.last?["count"]?.line == "null" && sections.last?["name"]?.text == "\\")
  }
}
