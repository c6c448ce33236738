import Support
import Testing

@testable import Wasm

/// Small inputs that refer to a large item very many times. Each takes seconds, or minutes, if the item is processed
/// each time.
@Suite("Products of two counts", .serialized)
struct ProductTests {
  private func expect(_ bytes: [UInt8], _ comment: Comment? = nil, within limit: Duration = .seconds(2)) {
    let time = processorTime { #expect(refusal(of: bytes) == nil, comment) }
    #expect(time < limit, comment)
  }

  @Test("instantiations of a module with many imports", arguments: [1, 4])
  func instantiations(_ names: Int) {
    let count = 40_000
    var exporter = WasmBuilder.module()
    exporter.section(1, entries: [{ $0.raw(0x60, 0, 0) }])
    exporter.section(3, entries: [{ $0.raw(0) }])
    exporter.section(7) { section in
      section.unsigned(UInt64(count))
      for number in 0..<count {
        section.name(String(number, radix: 16))
        section.raw(0, 0)
      }
    }
    exporter.section(10, entries: [{ $0.raw(2, 0, 0x0b) }])
    var importer = WasmBuilder.module()
    importer.section(1, entries: [{ $0.raw(0x60, 0, 0) }])
    importer.section(2) { section in
      section.unsigned(UInt64(count))
      for number in 0..<count {
        section.name("a\(number % names)")
        section.name(String(number, radix: 16))
        section.raw(0, 0)
      }
    }
    var component = WasmBuilder.component()
    component.section(1) { $0.raw(exporter.bytes) }
    component.section(1) { $0.raw(importer.bytes) }
    let user: (inout WasmBuilder) -> Void = { instance in
      instance.raw(0, 1, UInt8(names))
      for name in 0..<names {
        instance.name("a\(name)")
        instance.raw(0x12, 0)
      }
    }
    component.section(2, entries: [{ $0.raw(0, 0, 0) }] + Array(repeating: user, count: 4_000))
    expect(component.bytes)
  }

  /// A large type, the encoding of an import of it after its name, and the sort of an argument.
  private static func imports(_ count: Int) -> [(
    name: String, section: UInt8, type: [UInt8], reference: [UInt8]
  )] {
    var functions = WasmBuilder()
    var items = WasmBuilder()
    for number in 0..<count {
      functions.raw(4, 0)
      functions.name("a\(number)")
      functions.raw(1, 0)
      items.raw(3)
      items.name("a\(number)")
      items.raw(0, 0)
    }
    var resource = WasmBuilder()
    resource.raw(4, 0, 1, 0x72, 3, 1)
    func counted(_ count: Int, _ declarations: [UInt8]) -> [UInt8] {
      var list = WasmBuilder()
      list.unsigned(UInt64(count))
      return list.bytes + declarations
    }
    let function: [UInt8] = [1, 0x40, 0, 1, 0]
    return [
      ("an instance", 7, [0x42] + counted(count + 1, function + functions.bytes), [5, 0]),
      (
        "an instance with a resource", 7,
        [0x42] + counted(count + 2, function + functions.bytes + resource.bytes), [5, 0]
      ),
      ("a module", 3, [0x50] + counted(count + 1, [1, 0x60, 0, 0] + items.bytes), [0, 0x11, 0]),
    ]
  }

  @Test("instantiations of a component with a large import", arguments: [0, 1, 2])
  func componentImports(_ index: Int) {
    let (name, section, type, reference) = ProductTests.imports(10_000)[index]
    func needs(_ component: inout WasmBuilder) {
      component.section(section, entries: [{ $0.raw(type) }])
      component.section(10, entries: [{ $0.raw([0, 1, 0x69] + reference) }])
    }
    var inner = WasmBuilder.component()
    needs(&inner)
    var component = WasmBuilder.component()
    needs(&component)
    component.section(4) { $0.raw(inner.bytes) }
    let sort = reference.dropLast() + [0]
    component.section(5, entries: Array(repeating: { $0.raw([0, 0, 1, 1, 0x69] + sort) }, count: 4_000))
    expect(component.bytes, "\(name)")
  }

  @Test("instantiations of a component with many exports")
  func componentExports() {
    var inner = WasmBuilder.component()
    let function: [UInt8] = [0x40, 0, 1, 0]
    inner.section(7, entries: [{ $0.raw(function) }])
    inner.section(10, entries: [{ $0.raw(0, 1, 0x66, 1, 0) }])
    inner.section(
      11,
      entries: (0..<10_000).map { number in
        {
          $0.raw(0)
          $0.name("a\(number)")
          $0.raw(1, 0, 0)
        }
      })
    var component = WasmBuilder.component()
    component.section(7, entries: [{ $0.raw(function) }])
    component.section(10, entries: [{ $0.raw(0, 1, 0x66, 1, 0) }])
    component.section(4) { $0.raw(inner.bytes) }
    component.section(5, entries: Array(repeating: { $0.raw(0, 0, 1, 1, 0x66, 1, 0) }, count: 4_000))
    expect(component.bytes)
  }

  @Test(
    "an argument that was accepted for one module is checked for another",
    arguments: [("m", true), ("n", false)])
  func otherModules(_ second: String, _ isValid: Bool) {
    var exporter = WasmBuilder.module()
    exporter.section(5, entries: [{ $0.raw(0, 1) }])
    exporter.section(7) { section in
      section.raw(1)
      section.name("m")
      section.raw(2, 0)
    }
    func importer(_ name: String) -> [UInt8] {
      var module = WasmBuilder.module()
      module.section(2) { section in
        section.raw(1)
        section.name("a")
        section.name(name)
        section.raw(2, 0, 1)
      }
      return module.bytes
    }
    var component = WasmBuilder.component()
    for module in [exporter.bytes, importer("m"), importer(second)] {
      component.section(1) { $0.raw(module) }
    }
    let instances: [[UInt8]] = [[0, 0, 0], [0, 1, 1, 1, 0x61, 0x12, 0], [0, 2, 1, 1, 0x61, 0x12, 0]]
    component.section(2, entries: instances.map { entry in { $0.raw(entry) } })
    #expect((refusal(of: component.bytes) == nil) == isValid)
  }

  private static let thousand = [0xe8, 7] + [UInt8](repeating: 0x7f, count: 1_000)
  private static let manyLocals: [UInt8] = [1, 0xcf, 0x86, 3, 0x7f]
  /// The type and the body of functions.
  static let functions: [(name: String, type: [UInt8], body: [UInt8])] = [
    ("locals", [0x60, 0, 0], manyLocals + [0x0b]),
    ("locals of which the last is used", [0x60, 0, 0], manyLocals + [0x20, 0xce, 0x86, 3, 0x1a, 0x0b]),
    ("parameters", [0x60] + thousand + [0], [0, 0x20, 0xe7, 7, 0x1a, 0x0b]),
    ("results", [0x60, 0] + thousand, [0, 0x00, 0x0b]),
  ]

  @Test("functions with many of something", arguments: functions.indices)
  func function(_ index: Int) {
    let (name, type, body) = ProductTests.functions[index]
    expect(module([type], count: 1_000_000, body), "\(name)")
  }

  @Test(
    "structures with many fields", arguments: [[0xfb, 1, 1, 0x1a], [0x00, 0xfb, 0, 1, 0x1a]] as [[UInt8]])
  func structures(_ use: [UInt8]) {
    var fields: [UInt8] = [0x5f, 0x90, 0x4e]
    for _ in 0..<10_000 { fields += [0x7f, 0] }
    expect(module([[0x60, 0, 0], fields], count: 1, body(use, count: 500_000)))
  }

  @Test("calls that take and give many values")
  func calls() {
    let values = body([0x41, 0], count: 1_000).dropLast()
    let calls = body([0x10, 0], count: 1_000_000).dropFirst()
    expect(
      module([[0x60] + ProductTests.thousand + ProductTests.thousand], count: 1, Array(values) + calls),
      within: .seconds(4))
  }

  /// A body without locals that repeats code.
  private func body(_ code: [UInt8], count: Int) -> [UInt8] {
    var body: [UInt8] = [0]
    for _ in 0..<count { body += code }
    return body + [0x0b]
  }

  /// A module with functions of the first type that all have the same body.
  private func module(_ types: [[UInt8]], count: Int, _ body: [UInt8]) -> [UInt8] {
    var module = WasmBuilder.module()
    module.section(1, entries: types.map { type in { $0.raw(type) } })
    module.section(3) { section in
      section.unsigned(UInt64(count))
      section.raw([UInt8](repeating: 0, count: count))
    }
    var code = WasmBuilder()
    code.sized(body)
    module.section(10) { section in
      section.unsigned(UInt64(count))
      for _ in 0..<count { section.raw(code.bytes) }
    }
    return module.bytes
  }
}
