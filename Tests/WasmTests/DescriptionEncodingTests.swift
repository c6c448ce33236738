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
    #expect(described.encoded() == [4, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    described.imports = [
      ModuleImport(
        module: "e", name: "e", type: .memory(MemoryDescription(bounds: SizeBounds(minimum: 1, maximum: 300)))
      )
    ]
    described.name = "é"
    described.start = 5
    #expect(
      described.encoded() == [
        4, 0, 1, 0, 8, 1, 4, 0xc3, 0xa9, 1, 1, 2, 0x65, 3, 2, 1, 1, 0xac, 2, 0, 0x80, 0x80, 4, 0, 0, 0, 0, 1,
        5, 0, 0, 0, 0,
      ])
  }

  @Test("of a defined type and of what an instance implements is what the page on formats says")
  func options() throws {
    var described = try validate(WasmBuilder.module().bytes)
    described.exports = [
      ModuleExport(
        name: "f",
        type: .function(FunctionSignature(parameters: [], results: [], isAsync: true, definedType: "$1"))),
      ModuleExport(name: "f", type: .tag(parameters: [], definedType: "$1")),
      ModuleExport(name: "f", type: .tag(parameters: [])),
      ModuleExport(name: "f", type: .instance(exports: [], implements: "$1")),
    ]
    #expect(
      described.encoded() == [
        4, 0, 1, 0, 8, 0, 0, 4, 2, 0x66, 0, 3, 4, 0x24, 0x31, 0, 0, 1, 4, 1, 3, 0, 1, 4, 0, 0, 1, 7, 1, 3, 0,
        0, 0, 0, 0, 0, 0, 0, 0,
      ])
    #expect(ModuleDescription(encoded: described.encoded()) == described)
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
    let start: [UInt8] = [4, 0, 1, 0, 8, 0]
    #expect(ModuleDescription(encoded: start + [0xff, 0xff, 0xff, 0xff, 0x0f]) == nil)
    #expect(
      ModuleDescription(encoded: start + [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]) == nil)
    #expect(ModuleDescription(encoded: [3] + start.dropFirst() + [0, 0, 0, 0, 0, 0, 0, 0, 0]) == nil)
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
      ModuleExport(
        name: "o", type: .typeOf(.component(imports: [], exports: [ModuleExport(name: "r", type: .resource)]))
      ),
      ModuleExport(name: "g", type: .global(type: "i64", isMutable: true)),
      ModuleExport(name: "e", type: .tag(parameters: ["i32", "i64"])),
      ModuleExport(name: "d", type: .tag(parameters: [], definedType: "$0")),
      ModuleExport(name: "i", type: .instance(exports: [], implements: "a:b/c")),
      ModuleExport(
        name: "f", type: .function(FunctionSignature(parameters: [], results: ["i32"], definedType: "$0"))),
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
