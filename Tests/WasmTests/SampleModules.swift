import Support
import Testing

/// Small valid modules and components that together contain every kind of section entry.
struct SampleModule: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  var testDescription: String { name }

  static let all: [SampleModule] = [
    SampleModule(name: "sample module", bytes: WasmBuilder.sampleModule()),
    SampleModule(name: "sample component", bytes: WasmBuilder.sampleComponent()),
    SampleModule(name: "every core section", bytes: everyCoreSection()),
    SampleModule(name: "type groups", bytes: typeGroups()),
    SampleModule(name: "compact imports", bytes: compactImports()),
    SampleModule(name: "component definitions", bytes: componentDefinitions()),
    SampleModule(name: "component types", bytes: componentTypes()),
    SampleModule(name: "nested components", bytes: nestedComponents()),
  ]

  static func everyCoreSection() -> [UInt8] {
    var module = WasmBuilder.module()
    module.custom("first", [1, 2, 3])
    module.section(1, entries: [{ $0.raw(0x60, 0, 0) }, { $0.raw(0x60, 1, 0x7f, 0) }])
    module.section(
      2,
      entries: [
        {
          $0.name("m")
          $0.name("f")
          $0.raw(0, 0)
        },
        {
          $0.name("m")
          $0.name("g")
          $0.raw(3, 0x7f, 0)
        },
        {
          $0.name("m")
          $0.name("t")
          $0.raw(1, 0x70, 1, 1, 10)
        },
        {
          $0.name("m")
          $0.name("e")
          $0.raw(4, 0, 1)
        },
      ])
    module.section(3, entries: [{ $0.raw(0) }, { $0.raw(0) }])
    module.section(
      4, entries: [{ $0.raw(0x40, 0, 0x64, 0x70, 0, 2, 0xd2, 0, 0x0b) }, { $0.raw(0x6f, 0, 1) }])
    module.section(5, entries: [{ $0.raw(1, 1, 2) }, { $0.raw(0x04, 1) }])
    module.section(13, entries: [{ $0.raw(0, 1) }])
    module.section(
      6, entries: [{ $0.raw(0x7e, 1, 0x42, 0x80, 0x7f, 0x0b) }, { $0.raw(0x7f, 0, 0x23, 0, 0x0b) }])
    module.section(
      7,
      entries: [
        {
          $0.name("f")
          $0.raw(0, 1)
        },
        {
          $0.name("héllo")
          $0.raw(4, 0)
        },
      ])
    module.section(8) { $0.raw(0) }
    module.section(9, entries: elementSegments())
    module.section(12) { $0.raw(2) }
    module.section(
      10,
      entries: [{ $0.sized([0, 0x0b]) }, { $0.sized([2, 1, 0x7f, 2, 0x7e, 0x41, 1, 0x1a, 0x0b]) }])
    module.section(
      11,
      entries: [
        { $0.raw(1, 3, 0x61, 0x62, 0x63) },
        { $0.raw(2, 1, 0x42, 0, 0x0b, 2, 0x61, 0x62) },
      ])
    module.custom("last")
    return module.bytes
  }

  private static func elementSegments() -> [(inout WasmBuilder) -> Void] {
    [
      { $0.raw(0, 0x41, 0, 0x0b, 1, 0) },
      { $0.raw(1, 0, 2, 0, 1) },
      { $0.raw(2, 0, 0x41, 0, 0x0b, 0, 1, 0) },
      { $0.raw(3, 0, 1, 1) },
      { $0.raw(4, 0x41, 0, 0x0b, 1, 0xd2, 0, 0x0b) },
      { $0.raw(5, 0x70, 1, 0xd0, 0x70, 0x0b) },
      { $0.raw(6, 2, 0x41, 0, 0x0b, 0x6f, 1, 0xd0, 0x6f, 0x0b) },
      { $0.raw(7, 0x70, 1, 0xd2, 1, 0x0b) },
    ]
  }

  static func typeGroups() -> [UInt8] {
    var module = WasmBuilder.module()
    module.section(
      1,
      entries: [
        { $0.raw(0x5e, 0x78, 1) },
        {
          $0.raw(
            0x4e, 2, 0x50, 0, 0x5f, 2, 0x7f, 0, 0x63, 2, 1, 0x4f, 1, 1, 0x5f, 3, 0x7f, 0, 0x63, 2, 1, 0x77, 1)
        },
        { $0.raw(0x60, 1, 0x64, 1, 1, 0x6e) },
        { $0.raw(0x4e, 0) },
      ])
    module.section(
      6,
      entries: [
        { $0.raw(0x63, 2, 0, 0xd0, 0x71, 0x0b) },
        { $0.raw(0x64, 0, 0, 0x41, 1, 0x41, 2, 0xfb, 8, 0, 2, 0x0b) },
        { $0.raw(0x6c, 0, 0x41, 1, 0x41, 2, 0x6a, 0xfb, 28, 0x0b) },
        { $0.raw([0x7b, 0, 0xfd, 12] + [UInt8](repeating: 7, count: 16) + [0x0b]) },
        { $0.raw(0x7d, 0, 0x43, 0, 0, 0x80, 0x3f, 0x0b) },
        { $0.raw(0x7c, 0, 0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x0b) },
      ])
    return module.bytes
  }

  static func compactImports() -> [UInt8] {
    var module = WasmBuilder.module()
    module.section(1, entries: [{ $0.raw(0x60, 0, 0) }])
    module.section(
      2,
      entries: [
        {
          $0.name("m")
          $0.raw(0, 0x7f, 2)
          $0.name("a")
          $0.raw(0, 0)
          $0.name("b")
          $0.raw(3, 0x7f, 0)
        },
        {
          $0.name("n")
          $0.raw(0, 0x7e, 0, 0, 2)
          $0.name("c")
          $0.name("d")
        },
      ])
    return module.bytes
  }
}

extension SampleModule {
  static func componentDefinitions() -> [UInt8] {
    var component = WasmBuilder.component()
    component.custom("note", [9])
    component.section(
      7,
      entries: [
        { $0.raw(0x42, 0) },
        { $0.raw(0x40, 0, 1, 0) },
        { $0.raw(0x3f, 0x7f, 0) },
        { $0.raw(0x69, 2) },
        { $0.raw(0x66, 1, 0x7d) },
        { $0.raw(0x43, 0, 0, 0x79) },
      ])
    component.section(
      10,
      entries: [
        {
          $0.raw(1)
          $0.name("a:b/c@1.0.0")
          $0.raw(5, 0)
        },
        {
          $0.raw(0)
          $0.name("run")
          $0.raw(1, 1)
        },
        {
          $0.raw(2)
          $0.name("thing")
          $0.raw(1, 2)
          $0.name("id")
          $0.raw(3, 1)
        },
        {
          $0.raw(0)
          $0.name("same")
          $0.raw(3, 0, 4)
        },
      ])
    addDefinitions(to: &component)
    return component.bytes
  }

  /// Canonical functions, an instance of a module, an alias and an export.
  private static func addDefinitions(to component: inout WasmBuilder) {
    component.section(
      8,
      entries: [
        { $0.raw(1, 0, 0, 0) },
        { $0.raw(2, 2) },
        { $0.raw(3, 2) },
        { $0.raw(4, 2) },
        { $0.raw(0x1f) },
        { $0.raw(0x0e, 4) },
        { $0.raw(0x11, 4, 0) },
        { $0.raw(9, 0, 0x79, 1, 0) },
      ])
    component.section(
      2,
      entries: [
        {
          $0.raw(1, 1)
          $0.name("f")
          $0.raw(0, 0)
        }
      ])
    component.section(
      5,
      entries: [
        {
          $0.raw(1, 1, 0)
          $0.name("run")
          $0.raw(1, 0)
        }
      ])
    component.section(
      11,
      entries: [
        {
          $0.raw(0)
          $0.name("out")
          $0.raw(1, 0, 1, 1, 1)
        }
      ])
  }

  static func componentTypes() -> [UInt8] {
    var component = WasmBuilder.component()
    component.section(
      3,
      entries: [
        { $0.raw(0x60, 0, 0) },
        { $0.raw(0x00, 0x50, 0, 0x5f, 0) },
        {
          $0.raw(0x50, 4, 1, 0x60, 0, 0, 0)
          $0.name("m")
          $0.name("f")
          $0.raw(0, 0, 2, 0x10, 1, 1, 0, 3)
          $0.name("g")
          $0.raw(0, 1)
        },
      ])
    component.section(7, entries: valueTypes())
    component.section(
      7,
      entries: [
        {
          $0.raw(0x41, 3, 0, 0x60, 0, 0, 1, 0x42, 2, 1, 0x40, 0, 1, 0, 4, 0)
          $0.name("f")
          $0.raw(1, 0, 3, 0)
          $0.name("i")
          $0.raw(5, 0)
        },
        { $0.raw(0x42, 2, 1, 0x41, 0, 2, 3, 2, 1, 0) },
      ])
    return component.bytes
  }

  static func valueTypes() -> [(inout WasmBuilder) -> Void] {
    [
      { $0.raw(0x7f) },
      {
        $0.raw(0x72, 1)
        $0.name("field")
        $0.raw(0x73)
      },
      {
        $0.raw(0x71, 2)
        $0.name("some")
        $0.raw(1, 0, 0)
        $0.name("none")
        $0.raw(0, 0)
      },
      { $0.raw(0x70, 1) },
      { $0.raw(0x6f, 2, 0x7d, 0x74) },
      {
        $0.raw(0x6e, 1)
        $0.name("flag")
      },
      {
        $0.raw(0x6d, 1)
        $0.name("only")
      },
      { $0.raw(0x6b, 0x73) },
      { $0.raw(0x6a, 1, 0x73, 0) },
      { $0.raw(0x65, 0) },
      {
        $0.raw(0x40, 1)
        $0.name("p")
        $0.raw(1, 0, 0x7e)
      },
    ]
  }

  static func nestedComponents() -> [UInt8] {
    var innermost = WasmBuilder.component()
    innermost.section(1) { $0.raw(WasmBuilder.sampleModule()) }
    innermost.custom("c")
    var middle = WasmBuilder.component()
    middle.section(4) { $0.raw(innermost.bytes) }
    var outer = WasmBuilder.component()
    outer.section(4) { $0.raw(middle.bytes) }
    outer.section(1) { $0.raw(WasmBuilder.module().bytes) }
    outer.section(4) { $0.raw(WasmBuilder.component().bytes) }
    outer.section(5, entries: [{ $0.raw(0, 0, 0) }])
    return outer.bytes
  }
}
