import Support
import Testing

@testable import Wasm

@Suite("Feature sets")
struct FeatureTests {
  @Test("are read from a list, left to right")
  func parsing() throws {
    #expect(try Features(parsing: "") == .default)
    #expect(try Features(parsing: "mvp") == .mvp)
    #expect(try Features(parsing: "wasm2,+gc") == Features.wasm2.union(.gc))
    #expect(try Features(parsing: "-threads,-simd") == Features.default.subtracting([.threads, .simd]))
    #expect(try Features(parsing: "+gc,mvp") == .mvp)
    #expect(throws: UnknownFeature(name: "unheard-of")) { try Features(parsing: "wasm2,-unheard-of") }
    #expect(throws: UnknownFeature(name: "mvp")) { try Features(parsing: "+mvp") }
    #expect(
      try Features(parsing: "wasm2").description.hasPrefix("mutable-global,saturating-float-to-int,"))
    #expect(Features.knownNames.starts(with: ["mvp", "wasm1", "wasm2"]))
    #expect(Features.knownNames.contains("custom-page-sizes"))
  }

  @Test("every feature has a name, which the list reads", arguments: Features.all.featureNames)
  func names(_ name: String) throws {
    let alone = try Features(parsing: "mvp,\(name)")
    #expect(alone.description == name)
    #expect(try Features(parsing: "all,-\(name)") == Features.all.subtracting(alone))
  }

  /// Modules that need the named feature, apart from `component-model`, and no other.
  static let users: [(name: String, bytes: [UInt8])] = [
    ("mutable-global", core { $0.section(2, entries: [{ $0.raw(0, 0, 3, 0x7f, 1) }]) }),
    ("sign-extension", body([0x41, 0, 0xc0, 0x1a])),
    ("saturating-float-to-int", body([0x43, 0, 0, 0, 0, 0xfc, 0, 0x1a])),
    ("multi-value", core { $0.section(1, entries: [{ $0.raw(0x60, 0, 2, 0x7f, 0x7f) }]) }),
    ("bulk-memory", core { $0.section(11, entries: [{ $0.raw(1, 0) }]) }),
    ("reference-types", core { $0.section(4, entries: [{ $0.raw(0x6f, 0, 0) }]) }),
    ("simd", core { $0.section(1, entries: [{ $0.raw(0x60, 1, 0x7b, 0) }]) }),
    ("tail-call", body([0x12, 0])),
    ("extended-const", core { $0.section(6, entries: [{ $0.raw(0x7f, 0, 0x41, 0, 0x41, 0, 0x6a, 0x0b) }]) }),
    ("multi-memory", core { $0.section(5, entries: [{ $0.raw(0, 0) }, { $0.raw(0, 0) }]) }),
    ("memory64", core { $0.section(5, entries: [{ $0.raw(4, 0) }]) }),
    ("threads", core { $0.section(5, entries: [{ $0.raw(3, 0, 0) }]) }),
    ("gc", core { $0.section(1, entries: [{ $0.raw(0x5f, 0) }]) }),
    ("legacy-exceptions", body([0x06, 0x40, 0x0b])),
    ("wide-arithmetic", body([0x42, 0, 0x42, 0, 0xfc, 0x15, 0x1a, 0x1a])),
    ("component-model", WasmBuilder.component().bytes),
  ]

  @Test("used are recorded, and refused where they are left out", arguments: users.indices)
  func records(_ index: Int) throws {
    let (name, bytes) = FeatureTests.users[index]
    #expect(try validate(bytes).features.description == name)
    let without = try Features(parsing: "-\(name)")
    #expect(throws: ValidationError.self) { try validate(bytes, features: without) }
    do {
      _ = try validate(bytes, features: without)
    } catch {
      #expect(error.kind == .unsupported)
    }
  }

  /// Modules with an encoding that only the named feature allows.
  static let encodings: [(name: String, bytes: [UInt8])] = [
    ("memory64", body([0x41, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 0x1a], [(5, [0, 1])])),
    ("memory64", core { $0.section(5, entries: [{ $0.raw(0, 0x81, 0x80, 0x80, 0x80, 0x80, 0) }]) }),
    ("memory64", core { $0.section(5, entries: [{ $0.raw(1, 0, 0x81, 0x80, 0x80, 0x80, 0x80, 0) }]) }),
    ("memory64", core { $0.section(4, entries: [{ $0.raw(0x70, 0, 0x81, 0x80, 0x80, 0x80, 0x80, 0) }]) }),
    ("multi-memory", body([0x3f, 0x80, 0, 0x1a], [(5, [0, 1])])),
    ("multi-memory", body([0x41, 0, 0x28, 0x42, 0, 0, 0x1a], [(5, [0, 1])])),
    ("multi-memory", body([0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 10, 0x80, 0, 0], [(5, [0, 1])])),
    ("multi-memory", body([0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 11, 0x80, 0], [(5, [0, 1])])),
    ("reference-types", body([0x41, 0, 0x11, 0, 0x80, 0], [(4, [0x70, 0, 1])])),
    ("reference-types", body([0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 14, 0, 0x80, 0], [(4, [0x70, 0, 1])])),
    (
      "bulk-memory",
      core { module in
        module.section(5, entries: [{ $0.raw(0, 1) }])
        module.section(11, entries: [{ $0.raw(2, 0, 0x41, 0, 0x0b, 0) }])
      }
    ),
    ("bulk-memory", elements([2, 0, 0x41, 0, 0x0b, 0, 0])),
    ("bulk-memory", elements([4, 0x41, 0, 0x0b, 0])),
    ("bulk-memory", elements([6, 0, 0x41, 0, 0x0b, 0x70, 0])),
    ("function-references", core { $0.section(6, entries: [{ $0.raw(0x63, 0x70, 0, 0xd0, 0x70, 0x0b) }]) }),
    ("function-references", core { $0.section(4, entries: [{ $0.raw(0x63, 0x6f, 0, 0) }]) }),
    ("function-references", body([0x02, 0x63, 0x70, 0xd0, 0x70, 0x0b, 0x1a])),
    ("gc", core { $0.section(1, entries: [{ $0.raw(0x4f, 0, 0x60, 0, 0) }]) }),
    ("gc", core { $0.section(1, entries: [{ $0.raw(0x4e, 1, 0x60, 0, 0) }]) }),
  ]

  @Test(
    "used by an encoding alone are recorded, and refused where they are left out",
    arguments: encodings.indices)
  func encoding(_ index: Int) throws {
    let (name, bytes) = FeatureTests.encodings[index]
    #expect(try validate(bytes).features.featureNames.contains(name))
    #expect(refusal(of: bytes, features: try Features(parsing: "-\(name)")) != nil)
    var component = WasmBuilder.component()
    component.section(1) { $0.raw(bytes) }
    #expect(try validate(component.bytes).features.featureNames.contains(name))
  }

  @Test("are not used by the shortest form, nor by a longer one that was always allowed")
  func plainEncodings() throws {
    let bytes = FeatureTests.body(
      [0x41, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0, 0x1a, 0x3f, 0, 0x1a],
      [(5, [0, 0x81, 0x80, 0x80, 0x80, 0])])
    #expect(try validate(bytes).features == [])
    let segment = FeatureTests.elements([0x80, 0, 0x41, 0, 0x0b, 0])
    #expect(try validate(segment).features == [])
  }

  @Test("of module types are recorded by their encodings")
  func componentEncodings() throws {
    var component = WasmBuilder.component()
    component.section(
      3, entries: [{ $0.raw(0x50, 1, 0, 1, 0x61, 1, 0x62, 2, 0, 0x81, 0x80, 0x80, 0x80, 0x80, 0) }])
    #expect(try validate(component.bytes).features == [.componentModel, .memory64])
    #expect(refusal(of: component.bytes, features: try Features(parsing: "-memory64")) != nil)
  }

  /// Bodies with instructions of both forms of exceptions, or of one.
  static let exceptionBodies: [(code: [UInt8], isMixed: Bool)] = [
    ([0x06, 0x40, 0x0b, 0x1f, 0x40, 0, 0x0b], true),
    ([0x06, 0x40, 0x0b, 0x00, 0x0a], true),
    ([0x06, 0x40, 0x0b, 0xd0, 0x69, 0x1a], true),
    ([0x06, 0x40, 0x0b, 0xd0, 0x74, 0x1a], true),
    ([0x06, 0x40, 0x08, 0, 0x07, 0, 0x0b], false),
    ([0x1f, 0x40, 0, 0x08, 0, 0x0b], false),
  ]

  @Test("both forms of exceptions in one module are noted, and never refused", arguments: exceptionBodies)
  func mixedExceptions(_ code: [UInt8], _ isMixed: Bool) throws {
    let bytes = FeatureTests.body(code, [(13, [0, 0])])
    let features = try validate(bytes).features
    #expect(features.contains(.mixedExceptions) == isMixed)
    #expect(features.isSubset(of: .all))
    #expect(try validate(bytes, features: [.wasm3, .legacyExceptions]).features == features)
    let input = bytes.span.bytes
    let apart = try validate(input) { (batch) throws(ValidationError) in try batch.check(0, in: input) }
    #expect(apart.features == features)
  }

  @Test("one form of exceptions in each of two modules is no mixture")
  func separateExceptions() throws {
    var component = WasmBuilder.component()
    for code: [UInt8] in [[0x06, 0x40, 0x0b], [0x1f, 0x40, 0, 0x0b]] {
      component.section(1) { $0.raw(FeatureTests.body(code)) }
    }
    let due: Features = [.componentModel, .exceptions, .legacyExceptions]
    #expect(try validate(component.bytes).features == due)
    component.section(1) { $0.raw(FeatureTests.body([0x06, 0x40, 0x0b, 0x1f, 0x40, 0, 0x0b])) }
    #expect(try validate(component.bytes).features == due.union(.mixedExceptions))
  }

  @Test("long arrays of operands are noted, and never refused", arguments: [(10_000, false), (10_001, true)])
  func largeFixedArrays(_ count: Int, _ isNoted: Bool) throws {
    var code = WasmBuilder()
    for _ in 0..<count { code.raw(0x41, 0) }
    code.raw(0xfb, 8, 1)
    code.unsigned(UInt64(count))
    let due: Features = isNoted ? [.gc, .largeFixedArrays] : .gc
    let array: [UInt8] = [0x5e, 0x7f, 0]
    let bytes = FeatureTests.body(code.bytes + [0x1a], types: array)
    #expect(try validate(bytes).features == due)
    #expect(try validate(bytes, features: .wasm3).features == due)
    let value = [0x64, 1, 0] + code.bytes + [0x0b]
    let constant = FeatureTests.body([], [(6, value)], types: array)
    #expect(try validate(constant).features == due.union([.functionReferences, .referenceTypes]))
  }

  @Test("branch hints are noted, and never refused")
  func branchHints() throws {
    let bytes = FeatureTests.core { $0.custom("metadata.code.branch_hint") }
    #expect(try validate(bytes).features == .branchHints)
    #expect(try validate(bytes, features: .mvp).features == .branchHints)
  }

  @Test(
    "custom page sizes are accepted where they are asked for", arguments: [(0, true), (16, true), (1, false)])
  func pageSizes(_ size: UInt8, _ isAccepted: Bool) {
    let bytes = FeatureTests.core { $0.section(5, entries: [{ $0.raw(8, 1, size) }]) }
    #expect((refusal(of: bytes, features: .all) == nil) == isAccepted)
    #expect(refusal(of: bytes)?.hasPrefix("malformed limits flags") == true)
  }

  @Test("the first version's modules use none")
  func nothing() throws {
    #expect(try validate(WasmBuilder.sampleModule(), features: .mvp).features == [])
  }

  private static func core(_ write: (inout WasmBuilder) -> Void) -> [UInt8] {
    var module = WasmBuilder.module()
    write(&module)
    return module.bytes
  }

  private static func elements(_ segment: [UInt8]) -> [UInt8] {
    core { module in
      module.section(4, entries: [{ $0.raw(0x70, 0, 1) }])
      module.section(9, entries: [{ $0.raw(segment) }])
    }
  }

  /// A module with one function, and with sections of one entry each between the function and code sections.
  private static func body(
    _ code: [UInt8], _ sections: [(code: UInt8, entry: [UInt8])] = [], types: [UInt8] = []
  ) -> [UInt8] {
    core { module in
      let more = types.isEmpty ? [] : [types]
      module.section(1, entries: ([[0x60, 0, 0]] + more).map { type in { $0.raw(type) } })
      module.section(3, entries: [{ $0.raw(0) }])
      for section in sections { module.section(section.code, entries: [{ $0.raw(section.entry) }]) }
      module.section(10, entries: [{ $0.sized([0] + code + [0x0b]) }])
    }
  }
}
