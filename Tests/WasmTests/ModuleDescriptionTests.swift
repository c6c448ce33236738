import Support
import Testing

@testable import Wasm

/// The description of a module or component that arrives in pieces.
func describe(pieces: [ArraySlice<UInt8>]) throws -> ModuleDescription {
  var validator = ModuleValidator()
  for piece in pieces { try validator.feed(piece.span.bytes) }
  return try validator.finish()
}

@Suite("The description of a core module")
struct ModuleDescriptionTests {
  @Test("of the sample module")
  func sample() throws {
    let bytes = WasmBuilder.sampleModule()
    var expected = ModuleDescription(encoding: .core, features: [], size: bytes.count)
    let parameters = ["i32", "i32"].map { FunctionSignature.Parameter(name: nil, type: $0) }
    let memory = MemoryDescription(bounds: SizeBounds(minimum: 1, maximum: nil))
    expected.imports = [
      ModuleImport(
        module: "env", name: "log",
        type: .function(FunctionSignature(parameters: [parameters[0]], results: [])))
    ]
    expected.exports = [
      ModuleExport(
        name: "add", type: .function(FunctionSignature(parameters: parameters, results: ["i32"]))),
      ModuleExport(name: "memory", type: .memory(memory)),
    ]
    expected.memories = [memory]
    expected.definedFunctions = 1
    expected.sections = [
      SectionDescription(name: "type", isCustom: false, offset: 10, size: 11, count: 2),
      SectionDescription(name: "import", isCustom: false, offset: 23, size: 11, count: 1),
      SectionDescription(name: "function", isCustom: false, offset: 36, size: 2, count: 1),
      SectionDescription(name: "memory", isCustom: false, offset: 40, size: 3, count: 1),
      SectionDescription(name: "export", isCustom: false, offset: 45, size: 16, count: 2),
      SectionDescription(name: "code", isCustom: false, offset: 63, size: 9, count: 1),
      SectionDescription(name: "data", isCustom: false, offset: 74, size: 11, count: 1),
    ]
    #expect(try validate(bytes) == expected)
  }

  @Test("of a module with every section")
  func everySection() throws {
    let description = try validate(SampleModule.everyCoreSection())
    #expect(
      description.sections.map(\.name) == [
        "first", "type", "import", "function", "table", "memory", "tag", "global", "export", "start",
        "element", "data count", "code", "data", "last",
      ])
    #expect(description.sections.filter(\.isCustom).map(\.name) == ["first", "last"])
    #expect(description.sections.first { $0.name == "start" }?.count == nil)
    #expect(description.sections.first { $0.name == "data count" }?.count == nil)
    #expect(
      description.imports.map(\.type) == [
        .function(FunctionSignature(parameters: [], results: [])),
        .global(type: "i32", isMutable: false),
        .table(TableDescription(element: "funcref", bounds: SizeBounds(minimum: 1, maximum: 10))),
        .tag(parameters: ["i32"]),
      ])
    #expect(
      description.tables.map(\.element) == ["funcref", "(ref func)", "externref"])
    #expect(
      description.memories == [
        MemoryDescription(bounds: SizeBounds(minimum: 1, maximum: 2)),
        MemoryDescription(bounds: SizeBounds(minimum: 1, maximum: nil), is64Bit: true),
      ])
    #expect(description.definedFunctions == 2)
    #expect(description.start == 0)
    #expect(description.isComplete)
  }

  /// Definitions of types, the index of one of them, and whether parameters and results determine it.
  static let functionTypes: [(count: Int, types: [UInt8], index: UInt8, isPlain: Bool)] = [
    (1, [0x60, 0, 0], 0, true),
    (1, [0x4f, 0, 0x60, 0, 0], 0, true),
    (1, [0x4e, 1, 0x60, 0, 0], 0, true),
    (1, [0x50, 0, 0x60, 0, 0], 0, false),
    (2, [0x50, 0, 0x60, 0, 0, 0x4f, 1, 0, 0x60, 0, 0], 1, false),
    (1, [0x4e, 2, 0x60, 0, 0, 0x5f, 0], 0, false),
    (1, [0x4e, 2, 0x5f, 0, 0x60, 0, 0], 1, false),
    (2, [0x4e, 2, 0x5f, 0, 0x5f, 0, 0x60, 0, 0], 2, true),
    (2, [0x5f, 0, 0x60, 1, 0x63, 0, 0], 1, true),
    (1, [0x60, 1, 0x63, 0, 0], 0, false),
    (1, [0x60, 0, 1, 0x63, 0], 0, false),
  ]

  @Test(
    "names the type of a function or tag where its signature does not tell all of it",
    arguments: functionTypes)
  func definedTypes(_ count: Int, _ types: [UInt8], _ index: UInt8, _ isPlain: Bool) throws {
    var module = WasmBuilder.module()
    module.section(1) { $0.raw([UInt8(count)] + types) }
    let hasResults = types.suffix(3) == [1, 0x63, 0]
    module.section(2) { builder in
      builder.unsigned(hasResults ? 1 : 2)
      for code in (hasResults ? [[0]] : [[0], [4, 0]]) as [[UInt8]] {
        builder.name("m")
        builder.name("n")
        builder.raw(code + [index])
      }
    }
    let types = try validate(module.bytes).imports.map(\.type)
    #expect(types.count == (hasResults ? 1 : 2))
    let names = types.map { type in
      switch type {
      case .function(let signature): signature.definedType
      case .tag(_, let definedType): definedType
      default: isPlain ? DefinedTypeHash(0) : nil
      }
    }
    #expect(names.allSatisfy { $0 == names[0] && ($0 == nil) == isPlain })
  }

  @Test("knows the size of a page")
  func pageSize() throws {
    var module = WasmBuilder.module()
    module.section(5, entries: [{ $0.raw(8, 1, 0) }])
    #expect(try validate(module.bytes, features: .all).memories.map(\.pageSize) == [1])
  }

  @Test("names, producers and target features come from custom sections, those of modules inside too")
  func customSections() throws {
    let processed = producers([("processed-by", [("rustc", "1.98.0"), ("clang", "22")])])
    var inner = WasmBuilder.module()
    inner.custom("producers", producers([("language", [("Rust", "")]), ("processed-by", [("clang", "22")])]))
    inner.custom("name", [0, 2, 1, 0x61])
    inner.custom("target_features", features(["+simd128"]))
    var module = WasmBuilder.module()
    module.custom("name", [0, 4, 3] + "abc".utf8 + [1, 0xff, 0xff])
    module.custom("producers", processed)
    module.custom("target_features", features(["+simd128", "-atomics"]))
    let clang = Producer(field: "processed-by", name: "clang", version: "22")
    let rustc = Producer(field: "processed-by", name: "rustc", version: "1.98.0")
    let described = try validate(module.bytes)
    #expect(described.name == "abc")
    #expect(described.producers == [rustc, clang])
    var accents = WasmBuilder.module()
    accents.custom(
      "producers", producers([("language", [("\u{e9}", ""), ("e\u{301}", ""), ("\u{e9}", "")])]))
    #expect(
      try validate(accents.bytes).producers.map { Array($0.name.utf8) } == [
        [0xc3, 0xa9], [0x65, 0xcc, 0x81],
      ])
    #expect(described.targetFeatures == ["+simd128", "-atomics"])
    var component = WasmBuilder.component()
    component.custom("component-name", [0, 2, 1, 0x63])
    component.custom("producers", processed)
    component.section(1) { $0.raw(inner.bytes) }
    let whole = try validate(component.bytes)
    #expect(whole.name == "c")
    #expect(whole.producers == [rustc, clang, Producer(field: "language", name: "Rust", version: "")])
    #expect(whole.targetFeatures == [])
    #expect(whole.sections.map(\.name) == ["component-name", "producers", "core module"])
  }

  /// Broken contents with their readable parts: name, producers, target features.
  static let broken: [(section: String, contents: [UInt8], rest: [String])] = [
    ("name", [], []),
    ("name", [0], []),
    ("name", [0, 9, 1, 0x61], []),
    ("name", [0, 2, 1, 0xff], []),
    ("name", [0, 3, 1, 0x61, 0x62], []),
    ("name", [1, 2, 1, 0x61], []),
    ("name", [0, 0xff, 0xff, 0xff, 0xff, 0x7f, 1], []),
    ("producers", [1, 1, 0x66, 2, 1, 0x61, 1, 0x62, 1], ["a"]),
    ("producers", [0xff, 0xff, 0xff, 0xff, 0x0f], []),
    ("target_features", [2, 0x2b, 1, 0x61, 0x2b], ["+a"]),
    ("target_features", [1, 0xff, 1, 0x61], []),
  ]

  @Test("leaves out what is malformed in custom sections", arguments: broken.indices)
  func malformed(_ index: Int) throws {
    let (section, contents, rest) = ModuleDescriptionTests.broken[index]
    var module = WasmBuilder.module()
    module.custom(section, contents)
    let described = try validate(module.bytes)
    #expect(described.name == nil)
    #expect(described.producers.map(\.name) + described.targetFeatures == rest)
    #expect(described.isComplete)
  }

  @Test("leaves out custom sections that are too large", arguments: [(4_096, true), (4_097, false)])
  func large(_ length: Int, _ isKept: Bool) throws {
    let name = String(repeating: "n", count: length)
    var module = WasmBuilder.module()
    module.custom("name") {
      $0.raw(0)
      $0.sized { $0.name(name) }
      $0.raw([UInt8](repeating: 1, count: 100_000))
    }
    let padding = String(repeating: "v", count: isKept ? 60_000 : 70_000)
    module.custom("producers", producers([("sdk", [("a", padding)])]))
    module.custom("target_features", features(["+" + padding]))
    let described = try validate(module.bytes)
    #expect(described.name == (isKept ? name : nil))
    #expect(described.producers.count == (isKept ? 1 : 0))
    #expect(described.targetFeatures.count == (isKept ? 1 : 0))
  }

  @Test("ends where it grows beyond its bounds, and says so")
  func bounds() throws {
    var module = WasmBuilder.module()
    module.section(5, entries: [{ $0.raw(0, 1) }])
    module.section(
      7,
      entries: (0..<600).map { index in
        {
          $0.name(String(repeating: "e", count: 50_000) + String(index))
          $0.raw(2, 0)
        }
      })
    for _ in 0..<100_000 { module.custom("s") }
    let described = try validate(module.bytes)
    #expect(!described.isComplete)
    #expect(300..<400 ~= described.exports.count)
    #expect(40_000..<60_000 ~= described.sections.count)
    #expect(described.encoded().count < 20_000_000)
  }

  @Test("is the same however the input is cut", arguments: SampleModule.all)
  func pieces(_ sample: SampleModule) throws {
    let whole = try describe(pieces: [sample.bytes[...]])
    #expect(try describe(pieces: sample.bytes.indices.map { sample.bytes[$0...$0] }) == whole)
    for split in sample.bytes.indices {
      let pieces = [sample.bytes[..<split], sample.bytes[split...]]
      #expect(try describe(pieces: pieces) == whole, "split at \(split)")
    }
    let batched = try validate(sample.bytes.span.bytes) { (batch) throws(ValidationError) in
      var features: Features = []
      for piece in 0..<batch.count {
        features.formUnion(try batch.check(piece, in: sample.bytes.span.bytes))
      }
      return features
    }
    #expect(batched == whole)
  }

  private func producers(_ fields: [(String, [(String, String)])]) -> [UInt8] {
    var section = WasmBuilder()
    section.unsigned(UInt64(fields.count))
    for (field, values) in fields {
      section.name(field)
      section.unsigned(UInt64(values.count))
      for (name, version) in values {
        section.name(name)
        section.name(version)
      }
    }
    return section.bytes
  }

  private func features(_ names: [String]) -> [UInt8] {
    var section = WasmBuilder()
    section.unsigned(UInt64(names.count))
    for name in names {
      section.raw(Array(name.utf8.prefix(1)))
      section.name(String(name.dropFirst()))
    }
    return section.bytes
  }
}
