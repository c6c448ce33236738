import Support
import Testing

@testable import Wasm

@Suite("Components that break a rule")
struct ComponentValidatorTests {
  typealias Entry = @Sendable (inout WasmBuilder) -> Void

  /// An addition to a component that has, as types 0 to 3, `(func)`, `(resource i32)`, `(record (field "a" u8))` and
  /// `(func (param "r" 2))`, as core instance 0 one with `add`, which is core function 0, and an import of the function
  /// `f` of type 0.
  struct Addition: Sendable, CustomTestStringConvertible {
    var section: UInt8
    var bytes: [UInt8]
    var message: String?
    var testDescription: String { message ?? "valid: section \(section), \(bytes)" }
  }

  static let additions: [Addition] = [
    // Types
    Addition(section: 7, bytes: [0x70, 9], message: "unknown type 9: type index out of bounds"),
    Addition(section: 7, bytes: [0x70, 0], message: "type index 0 is not a defined type"),
    Addition(section: 7, bytes: [0x69, 2], message: "type index 2 is not a resource type"),
    Addition(section: 7, bytes: [0x72, 0], message: "record type must have at least one field"),
    Addition(section: 7, bytes: [0x71, 0], message: "variant type must have at least one case"),
    Addition(section: 7, bytes: [0x6f, 0], message: "tuple type must have at least one type"),
    Addition(section: 7, bytes: [0x6e, 0], message: "flags must have at least one entry"),
    Addition(section: 7, bytes: [0x6d, 0], message: "enum type must have at least one variant"),
    Addition(
      section: 7, bytes: [0x6d, 2, 1, 0x61, 1, 0x41],
      message: "enum tag name `A` conflicts with previous tag name `a`"),
    Addition(
      section: 7, bytes: [0x6d, 1, 2, 0x61, 0x42], message: "enum tag name `aB` is not in kebab case"),
    Addition(section: 7, bytes: [0x6d, 1, 0], message: "enum tag name cannot be empty"),
    Addition(section: 7, bytes: [0x66, 1, 0x74], message: "`stream<char>` is not valid at this time"),
    Addition(section: 7, bytes: [0x67, 0x7d, 4], message: "Fixed-length lists require the component model"),
    Addition(
      section: 7, bytes: [0x67, 0x77, 0xff, 0xff, 0xff, 0xff, 0x0f],
      message: "exceeds maximum byte size of 268435455"),
    Addition(
      section: 7, bytes: [0x64], message: "`error-context` requires the component model error-context feature"
    ),
    Addition(section: 7, bytes: [0x3f, 0x7e, 0], message: "resources with `i64` require the `cm64` feature"),
    Addition(
      section: 7, bytes: [0x3f, 0x7f, 1, 0], message: "core function 0 has wrong signature for a destructor"),
    Addition(
      section: 7, bytes: [0x42, 1, 1, 0x3f, 0x7f, 0],
      message: "resources can only be defined within a concrete"),
    Addition(section: 7, bytes: [0x63, 0x73, 0x7d], message: nil),
    // Aliases
    Addition(
      section: 6, bytes: [1, 0, 9, 1, 0x61], message: "unknown instance 9: instance index out of bounds"),
    Addition(section: 6, bytes: [0, 0, 1, 0, 1, 0x61], message: "core instance 0 has no export named `a`"),
    Addition(
      section: 6, bytes: [0, 2, 1, 0, 3, 0x61, 0x64, 0x64],
      message: "export `add` for core instance 0 is not a memory"),
    Addition(section: 6, bytes: [3, 2, 1, 0], message: "invalid outer alias count of 1"),
    Addition(
      section: 6, bytes: [2, 0, 0, 1, 0x61], message: "support for component model `value`s is not enabled"),
    // Canonical functions
    Addition(
      section: 8, bytes: [0, 0, 0, 0, 0],
      message: "lowered parameter types `[]` do not match parameter types `[I32, I32]` of core function 0"),
    Addition(
      section: 8, bytes: [1, 0, 0, 1, 6],
      message: "the `async` canonical option requires an async function type"),
    Addition(section: 8, bytes: [1, 0, 0, 2, 0, 1], message: "option `utf8` conflicts with option `utf16`"),
    Addition(
      section: 8, bytes: [1, 0, 0, 1, 4, 0], message: "`realloc` requires `memory` to also be specified"),
    Addition(
      section: 8, bytes: [1, 0, 0, 1, 9], message: "canonical option `gc` requires the `cm-gc` feature"),
    Addition(section: 8, bytes: [2, 0], message: "type index 0 is not a resource type"),
    Addition(section: 8, bytes: [2, 1], message: nil),
    Addition(
      section: 8, bytes: [0x26], message: "`thread.index` requires the component model threading feature"),
    Addition(section: 8, bytes: [0x0c, 1], message: "zero byte: invalid boolean value"),
    Addition(section: 8, bytes: [0x0a, 0x7f, 1], message: "`context.get` immediate must be zero: 1"),
    // Imports and exports
    Addition(section: 10, bytes: [0, 1, 0x67, 1, 3], message: "func not valid to be used as import"),
    Addition(
      section: 10, bytes: [0, 1, 0x66, 1, 0], message: "import name `f` conflicts with previous name `f`"),
    Addition(section: 10, bytes: [0, 1, 0x67, 5, 0], message: "type index 0 is not an instance type"),
    Addition(
      section: 10, bytes: [2, 1, 0x67, 1, 0, 1, 0x68, 1, 0],
      message: "only instances can have an `implements`"),
    Addition(
      section: 11, bytes: [0, 1, 0x67, 1, 9, 0], message: "unknown function 9: function index out of bounds"),
    Addition(section: 11, bytes: [0, 1, 0x67, 3, 2, 0], message: nil),
    Addition(
      section: 11, bytes: [0, 1, 0x67, 3, 2, 1, 3, 1],
      message: "ascribed type of export is not compatible with item's type"),
    // Instances
    Addition(
      section: 2, bytes: [0, 0, 1, 0, 0x12, 9],
      message: "unknown core instance 9: instance index out of bounds"),
    Addition(
      section: 2, bytes: [1, 2, 1, 0x61, 0, 0, 1, 0x61, 0, 0], message: "export name `a` already defined"),
    Addition(section: 5, bytes: [0, 9, 0], message: "unknown component 9: component index out of bounds"),
    Addition(
      section: 5, bytes: [1, 2, 0, 1, 0x61, 1, 0, 0, 1, 0x41, 1, 0],
      message: "conflicts with previous name `a`"),
    // Core types
    Addition(
      section: 3, bytes: [0x50, 1, 0, 0, 0, 0, 0], message: "unknown type 0: type index out of bounds"),
    Addition(
      section: 3, bytes: [0x50, 2, 3, 0, 2, 0, 0, 3, 0, 2, 0, 0],
      message: "duplicate export name `` already defined"),
  ]

  @Test("are refused with the rule", arguments: additions)
  func refusals(_ addition: Addition) {
    var component = base()
    component.section(addition.section, entries: [{ $0.raw(addition.bytes) }])
    let refusal = refusal(of: component.bytes)
    if let message = addition.message {
      #expect(refusal?.contains(message) == true, "\(refusal ?? "valid")")
    } else {
      #expect(refusal == nil)
    }
  }

  @Test(
    "are refused as wasm-tools refuses them",
    .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"),
    arguments: additions)
  func wasmTools(_ addition: Addition) throws {
    let wasmTools = try #require(WasmTools.installed)
    var component = base()
    component.section(addition.section, entries: [{ $0.raw(addition.bytes) }])
    let theirs = try wasmTools.refusal(of: component.bytes)
    #expect((theirs == nil) == (addition.message == nil), "\(theirs ?? "valid")")
  }

  @Test("a start function is refused")
  func startFunction() {
    var component = base()
    component.section(9) { $0.raw(0, 0, 0) }
    #expect(
      refusal(of: component.bytes)?.hasPrefix("support for component model `value`s is not enabled") == true)
  }

  @Test("record the features that they use")
  func features() throws {
    let plain = try validate(base().bytes).features
    #expect(plain.contains(.componentModel) && !plain.contains(.componentAsync))
    var component = base()
    component.section(8, entries: [{ $0.raw(0x1f) }])
    #expect(try validate(component.bytes).features.contains(.componentAsync))
    #expect(
      refusal(of: component.bytes, features: Features.default.subtracting(.componentAsync))?
        .contains("require the component model async feature") == true)
  }

  private func base() -> WasmBuilder {
    var component = WasmBuilder.component()
    var module = WasmBuilder.module()
    module.section(1, entries: [{ $0.raw(0x60, 2, 0x7f, 0x7f, 1, 0x7f) }])
    module.section(3, entries: [{ $0.raw(0) }])
    module.section(
      7,
      entries: [
        {
          $0.name("add")
          $0.raw(0, 0)
        }
      ])
    module.section(10, entries: [{ $0.sized([0, 0x20, 0, 0x20, 1, 0x6a, 0x0b]) }])
    component.section(1) { $0.raw(module.bytes) }
    component.section(2, entries: [{ $0.raw(0, 0, 0) }])
    component.section(
      6,
      entries: [
        {
          $0.raw(0, 0, 1, 0)
          $0.name("add")
        }
      ])
    component.section(
      7,
      entries: [
        { $0.raw(0x40, 0, 1, 0) },
        { $0.raw(0x3f, 0x7f, 0) },
        { $0.raw(0x72, 1, 1, 0x61, 0x7d) },
        { $0.raw(0x40, 1, 1, 0x72, 2, 1, 0) },
      ])
    component.section(
      10,
      entries: [
        {
          $0.raw(0)
          $0.name("f")
          $0.raw(1, 0)
        }
      ])
    return component
  }
}

/// Labels of one type must not differ in case alone, but an expected label must be identical.
@Suite("Labels of components that fit but for the case of a letter")
struct LabelCaseTests {
  /// Types with a label, and the error if the label is expected in the other case.
  static let types: [(bytes: [UInt8], message: String)] = [
    ([0x40, 1, 1, 0x78, 0x7d, 1, 0], "expected parameter named `X`, found `x`"),
    ([0x72, 1, 1, 0x78, 0x7d], "expected field name `X`, found `x`"),
    ([0x71, 1, 1, 0x78, 1, 0x7d, 0], "expected case named `X`, found `x`"),
    ([0x6d, 1, 1, 0x78], "mismatch in enum elements"),
    ([0x6e, 1, 1, 0x78], "mismatch in flags elements"),
  ]

  @Test("are refused", arguments: types)
  func labels(_ type: [UInt8], _ message: String) {
    let other = type.map { $0 == 0x78 ? 0x58 : $0 }
    #expect(refusal(of: LabelCaseTests.passing(type, to: type)) == nil)
    #expect(refusal(of: LabelCaseTests.passing(type, to: other))?.contains(message) == true)
  }

  /// A component that imports a type or function and passes it to a component that imports another.
  private static func passing(_ given: [UInt8], to due: [UInt8]) -> [UInt8] {
    let isFunction = given[0] == 0x40
    let needed: [UInt8] = [0, 1, 0x61] + (isFunction ? [1, 0] : [3, 0, 0])
    var inner = WasmBuilder.component()
    inner.section(7, entries: [{ $0.raw(due) }])
    inner.section(10, entries: [{ $0.raw(needed) }])
    var outer = WasmBuilder.component()
    outer.section(7, entries: [{ $0.raw(given) }])
    outer.section(10, entries: [{ $0.raw(needed) }])
    outer.section(4) { $0.raw(inner.bytes) }
    outer.section(5, entries: [{ $0.raw([0, 0, 1, 1, 0x61] + (isFunction ? [1, 0] : [3, 1])) }])
    return outer.bytes
  }
}

@Suite("Memories with pages of another size")
struct PageSizeMatchTests {
  static let plain: [UInt8] = [0, 1]
  static let bytes: [UInt8] = [8, 1, 0]
  static let explicit: [UInt8] = [8, 1, 16]

  @Test(
    "fit an import only if its pages have the same size",
    arguments: [
      (plain, plain, true), (plain, explicit, true), (explicit, plain, true), (bytes, bytes, true),
      (plain, bytes, false), (bytes, plain, false), (bytes, explicit, false), (explicit, bytes, false),
    ])
  func instantiation(_ given: [UInt8], _ due: [UInt8], _ isAccepted: Bool) {
    var exporter = WasmBuilder.module()
    exporter.section(5, entries: [{ $0.raw(given) }])
    exporter.section(7, entries: [{ $0.raw([1, 0x6d, 2, 0]) }])
    var importer = WasmBuilder.module()
    importer.section(2, entries: [{ $0.raw([1, 0x61, 1, 0x6d, 2] + due) }])
    var component = WasmBuilder.component()
    component.section(1) { $0.raw(exporter.bytes) }
    component.section(1) { $0.raw(importer.bytes) }
    component.section(2, entries: [{ $0.raw([0, 0, 0]) }, { $0.raw([0, 1, 1, 1, 0x61, 0x12, 0]) }])
    let refusal = refusal(of: component.bytes, features: .all)
    #expect((refusal == nil) == isAccepted)
    #expect(isAccepted || refusal?.contains("mismatch in page size for memories") == true)
  }

  @Test("serve canonical functions", arguments: [plain, bytes, explicit])
  func canonicalOption(_ memory: [UInt8]) {
    var module = WasmBuilder.module()
    module.section(5, entries: [{ $0.raw(memory) }])
    module.section(7, entries: [{ $0.raw([1, 0x6d, 2, 0]) }])
    var component = WasmBuilder.component()
    component.section(7, entries: [{ $0.raw([0x40, 1, 1, 0x78, 0x73, 1, 0]) }])
    component.section(10, entries: [{ $0.raw([0, 1, 0x66, 1, 0]) }])
    component.section(1) { $0.raw(module.bytes) }
    component.section(2, entries: [{ $0.raw([0, 0, 0]) }])
    component.section(6, entries: [{ $0.raw([0, 2, 1, 0, 1, 0x6d]) }])
    component.section(8, entries: [{ $0.raw([1, 0, 0, 1, 3, 0]) }])
    #expect(refusal(of: component.bytes, features: .all) == nil)
  }
}
