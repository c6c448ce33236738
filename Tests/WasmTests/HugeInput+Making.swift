import Support

/// Very large components, and inputs that declare more than they contain.
extension HugeInput {
  static var components: [HugeInput] {
    let fields = listed(10_000) { named("a\($0)") + [0x7f] }
    let moreFields = listed(10_001) { named("a\($0)") + [0x7f] }
    let imports = listed(100_000) { [0] + named("a\($0)") + [1, 0] }
    let inner = WasmBuilder.module().bytes
    var nested = WasmBuilder.component().bytes
    for _ in 0..<1_100 { nested = WasmBuilder.component().bytes + [4] + numbers([nested.count], nested) }
    return [
      HugeInput(name: "components in each other", memory: 8, bytes: nested),
      component("types of a component", 160) { $0.section(7, counted(1_000_000, [0x7f])) },
      component("types of a component, one too many", 8) { $0.section(7, counted(1_000_001, [0x7f])) },
      component("fields of a record", 8) { $0.section(7, [1, 0x72] + fields) },
      component("fields of a record, one too many", 8) { $0.section(7, [1, 0x72] + moreFields) },
      component("imports of a component", 90) { component in
        component.section(7, [1, 0x40, 0, 1, 0])
        component.section(10, imports)
      },
      component("declarations of an instance", 100) {
        $0.section(7, [1, 0x42] + counted(300_000, [1, 0x7f]))
      },
      component("modules in a component", 8) { component in
        for _ in 0..<1_000 { component.section(1, inner) }
      },
      component("modules in a component, one too many", 8) { component in
        for _ in 0..<1_001 { component.section(1, inner) }
      },
      component("aliases", 60) { component in
        component.section(7, [1, 0x7f])
        component.section(6, counted(999_999, [3, 2, 0, 0]))
      },
    ]
  }

  /// Numbers of entries, without the entries. All are invalid.
  static var announcements: [HugeInput] {
    [1_000, 10_000, 100_000, 1_000_000, Int(UInt32.max)].flatMap { (count: Int) -> [HugeInput] in
      announcing("modules", count, .module(), inModules)
        + announcing("components", count, .component(), inComponents)
        + inBodies.map { defining("\(count) in a body", 1, $0 + numbers([count])) }
    }
  }

  /// The sections of a module, each with the bytes before a number.
  private static let inModules: [(code: UInt8, start: [UInt8])] =
    [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13].map { ($0, []) } + [
      (1, [1, 0x60]), (1, [1, 0x60, 0]), (1, [1, 0x5f]), (1, [1, 0x4e]), (2, [1]), (9, [1, 1, 0]),
      (11, [1, 1]),
      (10, [1]),
    ]

  private static let inBodies: [[UInt8]] = [
    [], [1], [0, 0x41, 0, 0x0e], [0, 0x1f, 0x40], [0, 0x00, 0x1c], [0, 0x00, 0xfb, 8, 0],
  ]

  private static let inComponents: [(code: UInt8, start: [UInt8])] =
    [2, 3, 5, 6, 7, 8, 10, 11].map { ($0, []) }
    + [0x6d, 0x6e, 0x6f, 0x71, 0x72, 0x40, 0x41, 0x42, 0x43].map { (7, [1, $0]) }
    + [(3, [1, 0x50]), (8, [1, 0, 0, 0]), (5, [1, 1]), (2, [1, 1])]

  private static func announcing(
    _ kind: String, _ count: Int, _ header: WasmBuilder, _ places: [(code: UInt8, start: [UInt8])]
  ) -> [HugeInput] {
    places.map { place in
      var input = header
      if place.code == 10 && kind == "modules" {
        input.section(1, [1, 0x60, 0, 0])
        input.section(3, [1, 0])
      }
      input.section(place.code, place.start + numbers([count]))
      return HugeInput(name: "\(count) in section \(place.code) of \(kind)", memory: 1, bytes: input.bytes)
    }
  }

  static func core(_ name: String, _ memory: Int, _ write: (inout WasmBuilder) -> Void) -> HugeInput {
    var module = WasmBuilder.module()
    write(&module)
    return HugeInput(name: name, memory: memory, bytes: module.bytes)
  }

  static func component(_ name: String, _ memory: Int, _ write: (inout WasmBuilder) -> Void) -> HugeInput {
    var component = WasmBuilder.component()
    write(&component)
    return HugeInput(name: name, memory: memory, bytes: component.bytes)
  }

  /// A module with `count` functions that have the same body and the first of `types`.
  static func defining(
    _ name: String, _ memory: Int, count: Int = 1, types: [UInt8] = [1, 0x60, 0, 0], _ body: [UInt8]
  ) -> HugeInput {
    core(name, memory) { module in
      module.section(1, types)
      module.section(3, counted(count, [0]))
      module.section(10, counted(count, numbers([body.count], body)))
    }
  }

  static func repeating(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    Array(repeatElement(bytes, count: count).joined())
  }

  /// A number of identical entries, and the entries.
  static func counted(_ count: Int, _ entry: [UInt8]) -> [UInt8] { numbers([count], repeating(entry, count)) }

  /// A number of entries, and the entries.
  static func listed(_ count: Int, _ entry: (Int) -> [UInt8]) -> [UInt8] {
    var entries: [UInt8] = []
    for number in 0..<count { entries += entry(number) }
    return numbers([count], entries)
  }

  static func numbers(_ values: [Int], _ rest: [UInt8] = []) -> [UInt8] {
    var builder = WasmBuilder()
    for value in values { builder.unsigned(UInt64(value)) }
    return builder.bytes + rest
  }

  static func named(_ name: String, padded count: Int = 0) -> [UInt8] {
    let name = String(repeating: "x", count: max(0, count - name.utf8.count)) + name
    return numbers([name.utf8.count], Array(name.utf8))
  }
}

extension WasmBuilder {
  /// Writes a section with these contents.
  mutating func section(_ code: UInt8, _ contents: [UInt8]) { section(code) { $0.raw(contents) } }
}
