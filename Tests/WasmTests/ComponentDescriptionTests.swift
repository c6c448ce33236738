import Support
import Testing

@testable import Wasm

@Suite("The description of a component")
struct ComponentDescriptionTests {
  @Test("of the sample component")
  func sample() throws {
    let bytes = WasmBuilder.sampleComponent()
    var expected = ModuleDescription(encoding: .component, features: .componentModel, size: bytes.count)
    let parameters = ["a", "b"].map { FunctionSignature.Parameter(name: $0, type: "u32") }
    expected.exports = [
      ModuleExport(
        name: "add", type: .function(FunctionSignature(parameters: parameters, results: ["u32"])))
    ]
    expected.sections = [
      SectionDescription(name: "core module", isCustom: false, offset: 10, size: 41, count: nil),
      SectionDescription(name: "core instance", isCustom: false, offset: 53, size: 4, count: 1),
      SectionDescription(name: "alias", isCustom: false, offset: 59, size: 9, count: 1),
      SectionDescription(name: "type", isCustom: false, offset: 70, size: 11, count: 1),
      SectionDescription(name: "canon", isCustom: false, offset: 83, size: 6, count: 1),
      SectionDescription(name: "export", isCustom: false, offset: 91, size: 9, count: 1),
    ]
    #expect(try validate(bytes) == expected)
  }

  /// The interface `test:io/streams` with a resource, a record and a method, and a use of the record outside.
  static func interface() -> WasmBuilder {
    var component = WasmBuilder.component()
    component.section(
      7,
      entries: [
        {
          $0.raw(0x42, 6, 4, 0)
          $0.name("stream")
          $0.raw(3, 1, 1, 0x68, 0, 1, 0x72, 2)
          $0.name("a")
          $0.raw(0x79)
          $0.name("b")
          $0.raw(0x73, 4, 0)
          $0.name("pair")
          $0.raw(3, 0, 2, 1, 0x40, 1)
          $0.name("self")
          $0.raw(1, 0, 3, 4, 0)
          $0.name("[method]stream.read")
          $0.raw(1, 4)
        }
      ])
    component.section(
      10,
      entries: [
        {
          $0.raw(0)
          $0.name("test:io/streams")
          $0.raw(5, 0)
        }
      ])
    component.section(
      6,
      entries: [
        {
          $0.raw(3, 0, 0)
          $0.name("pair")
        },
        {
          $0.raw(3, 0, 0)
          $0.name("stream")
        },
      ])
    return component
  }

  static let interfaceType = ExternalType.instance(exports: [
    ModuleExport(name: "stream", type: .resource),
    ModuleExport(name: "pair", type: .type(definition: "record { a: u32, b: string }")),
    ModuleExport(
      name: "[method]stream.read",
      type: .function(
        FunctionSignature(parameters: [.init(name: "self", type: "borrow<%stream>")], results: ["pair"]))),
  ])

  @Test("calls types by the names that imports and interfaces give them")
  func names() throws {
    var component = ComponentDescriptionTests.interface()
    component.section(
      10,
      entries: [
        {
          $0.raw(0)
          $0.name("point")
          $0.raw(3, 0, 1)
        }
      ])
    component.section(
      7,
      entries: [
        { $0.raw(0x70, 3) }, { $0.raw(0x69, 2) },
        {
          $0.raw(0x43, 2)
          $0.name("p")
          $0.raw(3)
          $0.name("s")
          $0.raw(5, 0, 4)
        },
      ])
    component.section(
      10,
      entries: [
        {
          $0.raw(0)
          $0.name("f")
          $0.raw(1, 6)
        }
      ])
    let described = try validate(component.bytes)
    let function = FunctionSignature(
      parameters: [
        .init(name: "p", type: "point"), .init(name: "s", type: "test:io/streams.{stream}"),
      ], results: ["list<point>"], isAsync: true)
    #expect(
      described.imports == [
        ModuleImport(
          module: nil, name: "test:io/streams", type: ComponentDescriptionTests.interfaceType),
        ModuleImport(module: nil, name: "point", type: .type(definition: "test:io/streams.{pair}")),
        ModuleImport(module: nil, name: "f", type: .function(function)),
      ])
    #expect(described.isComplete)
  }

  @Test("calls a type that an exported interface takes from an imported one by that")
  func exportedInterface() throws {
    var component = ComponentDescriptionTests.interface()
    component.section(
      5,
      entries: [
        {
          $0.raw(1, 2, 0)
          $0.name("mine")
          $0.raw(3, 1, 0)
          $0.name("stream")
          $0.raw(3, 2)
        }
      ])
    component.section(
      11,
      entries: [
        {
          $0.raw(0)
          $0.name("again")
          $0.raw(5, 0, 0)
        },
        {
          $0.raw(0)
          $0.name("a:b/c")
          $0.raw(5, 1, 0)
        },
      ])
    #expect(
      try validate(component.bytes).exports == [
        ModuleExport(
          name: "again",
          type: .instance(exports: [
            ModuleExport(name: "stream", type: .type(definition: "test:io/streams.{stream}")),
            ModuleExport(name: "pair", type: .type(definition: "record { a: u32, b: string }")),
            ModuleExport(
              name: "[method]stream.read",
              type: .function(
                FunctionSignature(
                  parameters: [.init(name: "self", type: "borrow<%stream>")], results: ["pair"]))),
          ])),
        ModuleExport(
          name: "a:b/c",
          type: .instance(exports: [
            ModuleExport(name: "mine", type: .type(definition: "test:io/streams.{pair}")),
            ModuleExport(name: "stream", type: .type(definition: "test:io/streams.{stream}")),
          ])),
      ])
  }

  @Test("holds the types of modules and components")
  func nested() throws {
    var component = WasmBuilder()
    component.raw(SampleModule.componentTypes())
    component.section(
      10,
      entries: [
        {
          $0.raw(0)
          $0.name("m")
          $0.raw(0, 0x11, 2)
        },
        {
          $0.raw(0)
          $0.name("c")
          $0.raw(4, UInt8(SampleModule.valueTypes().count))
        },
      ])
    let described = try validate(component.bytes)
    let nothing = ExternalType.function(FunctionSignature(parameters: [], results: []))
    #expect(
      described.imports == [
        ModuleImport(
          module: nil, name: "m",
          type: .module(
            imports: [ModuleImport(module: "m", name: "f", type: nothing)],
            exports: [ModuleExport(name: "g", type: nothing)])),
        ModuleImport(
          module: nil, name: "c",
          type: .component(
            imports: [
              ModuleImport(
                module: nil, name: "i", type: .instance(exports: [ModuleExport(name: "f", type: nothing)]))
            ], exports: [])),
      ])
  }

  @Test("writes every kind of value type as WIT does")
  func valueTypes() throws {
    var component = WasmBuilder.component()
    let types: [([UInt8], String)] = [
      ([0x7f], "bool"), ([0x64 + 0x10], "char"), ([0x70, 0x7d], "list<u8>"), ([0x6b, 0x7e], "option<s8>"),
      ([0x6f, 3, 0x7c, 0x7b, 0x7a], "tuple<s16, u16, s32>"), ([0x6a, 0, 0], "result"),
      ([0x6a, 1, 0x78, 0], "result<s64>"), ([0x6a, 0, 1, 0x77], "result<_, u64>"),
      ([0x6a, 1, 0x76, 1, 0x75], "result<f32, f64>"), ([0x66, 1, 0x7d], "stream<u8>"), ([0x65, 0], "future"),
      ([0x63, 0x73, 0x79], "map<string, u32>"), ([0x72, 1, 1, 0x61, 0x7f], "record { a: bool }"),
      ([0x71, 2, 1, 0x61, 1, 0x7f, 0, 1, 0x62, 0, 0], "variant { a(bool), b }"),
      ([0x6e, 2, 1, 0x61, 1, 0x62], "flags { a, b }"), ([0x6d, 2, 1, 0x61, 1, 0x62], "enum { a, b }"),
    ]
    component.section(7, entries: types.map { type in { $0.raw(type.0) } })
    component.section(
      10,
      entries: types.indices.map { index in
        {
          $0.raw(0)
          $0.name("t\(index)")
          $0.raw(3, 0, UInt8(index))
        }
      })
    #expect(
      try validate(component.bytes).imports.map(\.type)
        == types.map {
          ExternalType.type(definition: ValueTypeDescription(stringLiteral: $0.1))
        })
  }

  /// Types that double in size; the last has a hundred thousand parts, and is imported many times.
  @Test("stays small for types that grow without bounds", .timeLimit(.minutes(1)), arguments: [1, 3])
  func hugeTypes(_ count: Int) throws {
    var component = WasmBuilder.component()
    component.section(
      7,
      entries: [{ $0.raw(0x6f, 1, 0x7d) }]
        + (0..<16).map { index in { $0.raw(0x6f, 2, UInt8(index), UInt8(index)) } })
    component.section(
      10,
      entries: (0..<count).map { index in
        {
          $0.raw(0)
          $0.name("t\(index)")
          $0.raw(3, 0, 16)
        }
      })
    let described = try validate(component.bytes)
    #expect(!described.isComplete)
    #expect(described.imports.count == count)
    for item in described.imports {
      guard case .type(.cut(let definition)) = item.type else {
        Issue.record("\(item.name) is not cut")
        continue
      }
      #expect(definition.hasPrefix("tuple<tuple<tuple<") && definition.hasSuffix("…"))
      #expect(definition.utf8.count == 65_536 + 3)
    }
  }

  /// Six levels of interfaces with eight interfaces each.
  @Test("stays small for interfaces that grow without bounds", .timeLimit(.minutes(1)))
  func hugeInterfaces() throws {
    var component = WasmBuilder.component()
    component.section(7, entries: [{ $0.raw(0x42, 0) }])
    for level in 1...6 {
      component.section(
        7,
        entries: [
          {
            $0.raw(0x42, 9, 2, 3, 2, 1, UInt8(level - 1))
            for index in 0..<8 {
              $0.raw(4, 0)
              $0.name(String(repeating: "n", count: 100) + "\(index)")
              $0.raw(5, 0)
            }
          }
        ])
    }
    component.section(
      10,
      entries: [
        {
          $0.raw(0)
          $0.name("i")
          $0.raw(5, 6)
        }
      ])
    let described = try validate(component.bytes)
    #expect(!described.isComplete)
    #expect(described.encoded().count < 100_000)
    #expect(ModuleDescription(encoded: described.encoded()) == described)
  }
}
