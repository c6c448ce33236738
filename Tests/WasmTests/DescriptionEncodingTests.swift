import Support
import Testing

@testable import Wasm

@Suite("The encoding of descriptions")
struct DescriptionEncodingTests {
  @Test("is read as it was written", arguments: SampleModule.all)
  func samples(_ sample: SampleModule) throws {
    let described = try validate(sample.bytes)
    #expect(ModuleDescription(encoded: described.encoded()) == described)
  }

  @Test("holds every kind of type")
  func types() throws {
    let described = DescriptionEncodingTests.everyType
    #expect(ModuleDescription(encoded: described.encoded()) == described)
  }

  @Test("is what the page on formats says")
  func bytes() throws {
    var described = try validate(WasmBuilder.module().bytes)
    #expect(described.encoded() == [6, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    described.imports = [
      ModuleImport(
        module: "e", name: "e", type: .memory(MemoryDescription(bounds: SizeBounds(minimum: 1, maximum: 300)))
      )
    ]
    described.name = "é"
    described.start = 5
    #expect(
      described.encoded() == [
        6, 0, 1, 0, 8, 1, 4, 0xc3, 0xa9, 1, 1, 2, 0x65, 3, 2, 1, 1, 0xac, 2, 0, 0x80, 0x80, 4, 0, 0, 0, 0, 1,
        5, 0, 0, 0, 0,
      ])
  }

  @Test("of a defined type and of what an instance implements is what the page on formats says")
  func options() throws {
    var described = try validate(WasmBuilder.module().bytes)
    described.exports = [
      ModuleExport(
        name: "f",
        type: .function(
          FunctionSignature(
            parameters: [], results: [], isAsync: true, definedType: "$8877665544332211"))),
      ModuleExport(name: "f", type: .tag(parameters: [], definedType: "$0000000000000001")),
      ModuleExport(name: "f", type: .tag(parameters: [])),
      ModuleExport(name: "f", type: .instance(exports: [], implements: "f")),
    ]
    #expect(
      described.encoded() == [
        6, 0, 1, 0, 8, 0, 0, 4, 2, 0x66, 0, 3, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0, 0, 1, 4, 1,
        1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 1, 7, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      ])
    #expect(ModuleDescription(encoded: described.encoded()) == described)
  }

  /// Value types, and their bytes in the definition of a type.
  static let valueTypes: [(type: ValueTypeDescription, bytes: [UInt8])] = [
    ("u8", [4]), ("error-context", [54]), ("resource", [66]), (.core(.f64), [86]),
    ("funcref", [92, 0x70]),
    ("(ref $8877665544332211)", [90, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88]),
    ("record { f: bool, a: list<u8> }", [26, 2, 1, 0, 2, 0x61, 15, 2]),
    ("variant { f, a(s8) }", [28, 2, 1, 0, 2, 0x61, 1, 1]),
    ("result<_, string>", [42, 0, 1, 12]), ("flags { f, a }", [34, 2, 1, 2, 0x61]),
    ("export a.{f}", [64, 0, 1, 1, 2, 0x61, 1]), ("$outer.$outer.{f}", [64, 4, 0, 0, 1]),
    ("tuple<f, f>", [32, 2, 32, 0, 0, 0, 1, 32, 1]), (.cut("a…"), [68, 8, 0x61, 0xe2, 0x80, 0xa6]),
  ]

  @Test("of a value type is what the page on formats says, and a second time a number", arguments: valueTypes)
  func valueTypeBytes(_ type: ValueTypeDescription, _ bytes: [UInt8]) throws {
    var described = try validate(WasmBuilder.module().bytes)
    described.exports = (0..<2).map { _ in ModuleExport(name: "f", type: .type(definition: type)) }
    let again = bytes.count == 1 ? bytes : [1]
    #expect(
      described.encoded()
        == [6, 0, 1, 0, 8, 0, 0, 2, 2, 0x66, 9] + bytes + [1, 9] + again + [0, 0, 0, 0, 0, 0, 0, 0])
    #expect(ModuleDescription(encoded: described.encoded()) == described)
  }

  @Test(
    "nests no deeper than a hundred and twenty-eight value types", arguments: [(127, true), (128, false)])
  func valueTypeDepth(_ count: Int, _ isRead: Bool) throws {
    var type: ValueTypeDescription = .resource
    for _ in 0..<count { type = .list(type) }
    var described = try validate(WasmBuilder.component().bytes)
    described.exports = [ModuleExport(name: "a", type: .type(definition: type))]
    #expect((ModuleDescription(encoded: described.encoded()) == described) == isRead)
  }

  @Test("a core type is not read where a component's type stands instead")
  func wrongValueType() throws {
    var described = try validate(WasmBuilder.module().bytes)
    described.exports = [ModuleExport(name: "f", type: .global(type: .i32, isMutable: true))]
    var encoded = described.encoded()
    #expect(encoded[10...12] == [3, 80, 1])
    encoded[11] = 4
    #expect(ModuleDescription(encoded: encoded) == nil)
  }

  @Test("holds types of functions, instances and components, but no types of types")
  func typesOfTypes() throws {
    var described = try validate(WasmBuilder.component().bytes)
    described.exports = [ModuleExport(name: "f", type: .typeOf(.instance(exports: [])))]
    let encoded = described.encoded()
    #expect(encoded.indices.contains { encoded[$0...].starts(with: [1, 2, 0x66, 10, 7, 0, 0]) })
    #expect(ModuleDescription(encoded: described.encoded()) == described)
    described.exports[0].type = .typeOf(.typeOf(.resource))
    #expect(ModuleDescription(encoded: described.encoded()) == nil)
  }

  @Test("tells texts apart that only Unicode calls equal")
  func equivalentTexts() throws {
    var described = try validate(WasmBuilder.module().bytes)
    described.targetFeatures = ["\u{e9}", "e\u{301}"]
    let read = try #require(ModuleDescription(encoded: described.encoded()))
    #expect(read.targetFeatures.map { Array($0.utf8) } == described.targetFeatures.map { Array($0.utf8) })
  }

  @Test("is read as far as it is asked for", arguments: SampleModule.all)
  func parts(_ sample: SampleModule) throws {
    let described = try validate(sample.bytes)
    let encoded = described.encoded()
    let imports = try #require(ModuleDescription(encoded: encoded, through: .imports))
    #expect(imports.imports == described.imports && imports.features == described.features)
    #expect(imports.exports.isEmpty)
    let exports = try #require(ModuleDescription(encoded: encoded, through: .exports))
    #expect(exports.imports == described.imports && exports.exports == described.exports)
    #expect(exports.sections.isEmpty && exports.producers.isEmpty)
  }

  @Test("cut short or with more behind it, it is not read")
  func prefixes() throws {
    for bytes in [
      DescriptionEncodingTests.everyType.encoded(), try validate(WasmBuilder.sampleModule()).encoded(),
    ] {
      for count in bytes.indices { #expect(ModuleDescription(encoded: Array(bytes[..<count])) == nil) }
      #expect(ModuleDescription(encoded: bytes + [0]) == nil)
    }
  }

  @Test("does no harm when it is changed", arguments: [1, 2, 3] as [UInt64])
  func mutants(_ seed: UInt64) throws {
    var generator = Generator(seed: seed)
    let encoded = DescriptionEncodingTests.everyType.encoded()
    for _ in 0..<20_000 {
      var bytes = encoded
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        guard let place = bytes.indices.randomElement(using: &generator) else { continue }
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      guard let read = ModuleDescription(encoded: bytes) else { continue }
      #expect(ModuleDescription(encoded: read.encoded()) == read, "seed \(seed), \(bytes)")
    }
  }

  @Test("nests no deeper than a hundred and twenty-eight types", arguments: [(127, true), (128, false)])
  func depth(_ count: Int, _ isRead: Bool) throws {
    var type = ExternalType.resource
    for _ in 0..<count { type = .instance(exports: [ModuleExport(name: "a", type: type)]) }
    var described = try validate(WasmBuilder.component().bytes)
    described.exports = [ModuleExport(name: "a", type: type)]
    #expect((ModuleDescription(encoded: described.encoded()) == described) == isRead)
  }

  @Test("a list of more items than there are bytes is not read")
  func counts() {
    let start: [UInt8] = [6, 0, 1, 0, 8, 0]
    #expect(ModuleDescription(encoded: start + [0xff, 0xff, 0xff, 0xff, 0x0f]) == nil)
    #expect(
      ModuleDescription(encoded: start + [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]) == nil)
    #expect(ModuleDescription(encoded: [5] + start.dropFirst() + [0, 0, 0, 0, 0, 0, 0, 0, 0]) == nil)
  }

  @Test("numbers of any length are read", arguments: 0..<64 as Range<UInt64>)
  func numbers(_ bit: UInt64) throws {
    var described = ModuleDescription(encoding: .core, features: Features(rawValue: 0), size: 0)
    for value in [1 << bit, (1 << bit) &- 1, (1 << bit) | 1] as [UInt64] {
      let bounds = SizeBounds(minimum: value, maximum: value)
      described.memories = [MemoryDescription(bounds: bounds)]
      described.sections = [
        SectionDescription(
          name: "a", isCustom: false, offset: Int(value >> 1), size: Int(value >> 1), count: Int(value >> 1))
      ]
      #expect(ModuleDescription(encoded: described.encoded()) == described)
    }
  }

  @Test(
    "a text that is no UTF-8 is not read",
    arguments: [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]])
  func malformedText(_ bytes: [UInt8]) {
    var described = ModuleDescription(encoding: .core, features: Features(rawValue: 0), size: 0)
    described.name = "é" + String(repeating: "a", count: bytes.count)
    var encoded = described.encoded()
    #expect(ModuleDescription(encoded: encoded) == described)
    // Version, encoding, completeness, features, size, flag and length precede the name.
    encoded.replaceSubrange(9..<9 + bytes.count, with: bytes)
    #expect(ModuleDescription(encoded: encoded) == nil)
  }

  static let everyValueType: [ValueTypeDescription] =
    PrimitiveType.allCases.map { .primitive($0) }
    + AbstractHeapType.allCases.flatMap { heap in
      [true, false].map { .core(.reference(.abstract(heap), isNullable: $0)) }
    } + [
      "i32", "i64", "f32", "f64", "v128", "(ref $0123456789abcdef)", "(ref null $ffffffffffffffff)",
      "record { a: u8, b: list<u16> }", "variant { a, b(u8) }", "map<string, u8>", "tuple<u8, char>",
      "flags { a, b }", "enum { a }", "option<f32>", "result", "result<u8>", "result<_, u8>",
      "result<u8, list<r>>", "stream", "stream<u8>", "future", "future<u8>", "borrow<r>", "resource", "%list",
      "export r", "a:b/c@1.0.0.{r}", "export a:b/c.{r}", "$outer.{export r}", "$outer.$outer.a:b/c.{r}",
      "$outer.export a:b/c.{r}", .cut("record { a…"),
    ]

  static var everyType: ModuleDescription {
    let signature = FunctionSignature(
      parameters: [.init(name: "a", type: "list<u8>"), .init(name: nil, type: "i32")], results: ["i32"],
      isAsync: true)
    let table = TableDescription(
      element: "funcref", bounds: SizeBounds(minimum: 0, maximum: .max), is64Bit: true)
    let memory = MemoryDescription(
      bounds: SizeBounds(minimum: 1 << 40, maximum: 1 << 41), is64Bit: true, isShared: true, pageSize: 1)
    let exports = [
      ModuleExport(name: "r", type: .resource),
      ModuleExport(name: "t", type: .type(definition: "record { a: u32 }")),
      ModuleExport(name: "every", type: .type(definition: .tuple(everyValueType))),
      ModuleExport(
        name: "o", type: .typeOf(.component(imports: [], exports: [ModuleExport(name: "r", type: .resource)]))
      ),
      ModuleExport(name: "g", type: .global(type: "i64", isMutable: true)),
      ModuleExport(name: "e", type: .tag(parameters: ["i32", "i64"])),
      ModuleExport(name: "d", type: .tag(parameters: [], definedType: "$0123456789abcdef")),
      ModuleExport(name: "i", type: .instance(exports: [], implements: "a:b/c")),
      ModuleExport(
        name: "f",
        type: .function(FunctionSignature(parameters: [], results: ["i32"], definedType: "$0123456789abcdef"))
      ),
    ]
    let imports = [
      ModuleImport(module: "env", name: "f", type: .function(signature)),
      ModuleImport(module: nil, name: "m", type: .memory(memory)),
      ModuleImport(module: nil, name: "t", type: .table(table)),
    ]
    var described = ModuleDescription(encoding: .component, features: .all, size: 1 << 40)
    described.imports =
      imports + [
        ModuleImport(module: nil, name: "c", type: .module(imports: imports, exports: exports))
      ]
    described.exports = [
      ModuleExport(name: "i", type: .instance(exports: exports)),
      ModuleExport(name: "c", type: .component(imports: imports, exports: exports)),
    ]
    described.memories = [memory]
    described.tables = [table]
    described.name = "name"
    described.start = .max
    described.definedFunctions = 1_000_000
    described.sections = [
      SectionDescription(name: "type", isCustom: false, offset: 10, size: 1 << 33, count: 0),
      SectionDescription(name: "type", isCustom: true, offset: 10, size: 20, count: nil),
    ]
    described.producers = [Producer(field: "language", name: "Rust", version: "")]
    described.targetFeatures = ["+simd128"]
    described.isComplete = false
    return described
  }
}

@Suite(
  "The descriptions of the specification's cases",
  .enabled(if: SpecificationCases.installed != nil, "../shared/wasm-spec (WASM_SPEC_TESTS) is not there"))
struct DescribedCaseTests {
  @Test("are encoded without loss, and do not depend on how the case is cut")
  func cases() throws {
    var generator = Generator(seed: 7)
    for example in try #require(SpecificationCases.installed).cases where example.isValid {
      let described = try validate(example.bytes)
      #expect(ModuleDescription(encoded: described.encoded()) == described, "\(example.origin)")
      let first = Int.random(in: 0...example.bytes.count, using: &generator)
      let second = Int.random(in: first...example.bytes.count, using: &generator)
      let pieces = [example.bytes[..<first], example.bytes[first..<second], example.bytes[second...]]
      #expect(try describe(pieces: pieces) == described, "\(example.origin): cut at \(first), \(second)")
    }
  }
}
