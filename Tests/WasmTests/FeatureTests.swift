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

  /// Modules that need the named feature, beside `component-model`, and no other.
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

  private static func body(_ code: [UInt8]) -> [UInt8] {
    core { module in
      module.section(1, entries: [{ $0.raw(0x60, 0, 0) }])
      module.section(3, entries: [{ $0.raw(0) }])
      module.section(10, entries: [{ $0.sized([0] + code + [0x0b]) }])
    }
  }
}
