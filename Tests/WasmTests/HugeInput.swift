import Support

/// An input that is very large, or declares more than it contains.
struct HugeInput: Sendable {
  var name: String
  /// The maximum memory for its validation, in megabytes, in addition to the input itself.
  var memory: Int
  var bytes: [UInt8]

  /// Modules and components at their limits and one above.
  static var atLimits: [HugeInput] { types + functions + bodies + expressions + borders + components }

  private static var types: [HugeInput] {
    let limit = 1_000_000
    let wide = counted(10_000, [0x7f, 0])
    let different = listed(200_000) { number in
      var type: [UInt8] = [0x60, 9]
      for place in 0..<9 { type.append(UInt8(0x7c + (number >> (2 * place)) & 3)) }
      return type + [0]
    }
    let subtypes = listed(60) { number in
      let supertype: [UInt8] = number == 0 ? [0x50, 0, 0x5f] : [0x50, 1, UInt8(number - 1), 0x5f]
      return supertype + wide
    }
    return [
      core("types", 40) { $0.section(1, counted(limit, [0x60, 0, 0])) },
      core("types, one too many", 8) { $0.section(1, counted(limit + 1, [0x60, 0, 0])) },
      core("types in one group", 120) { $0.section(1, [1, 0x4e] + counted(limit, [0x5f, 0])) },
      core("types, all different", 80) { $0.section(1, different) },
      core("parameters", 2) { $0.section(1, [1, 0x60] + counted(1_000, [0x7f]) + [0]) },
      core("parameters, one too many", 2) { $0.section(1, [1, 0x60] + counted(1_001, [0x7f]) + [0]) },
      core("fields of many subtypes", 20) { $0.section(1, subtypes) },
      core("fields, one too many", 2) { $0.section(1, [1, 0x5f] + counted(10_001, [0x7f, 0])) },
    ]
  }

  private static var functions: [HugeInput] {
    let limit = 1_000_000
    return [
      defining("functions", 40, count: limit, [0, 0x0b]),
      defining("functions, one too many", 8, count: limit + 1, [0, 0x0b]),
      defining("locals in many functions", 8, count: 100_000, numbers([1, 49_999], [0x7f, 0x0b])),
      defining("locals, one by one", 4, [0xd0, 0x86, 3] + repeating([1, 0x7f], 50_000) + [0x0b]),
      defining("locals, one too many", 4, numbers([1, 50_001], [0x7f, 0x0b])),
    ]
  }

  private static var bodies: [HugeInput] {
    let thousand = counted(1_000, [0x7f])
    var wide: [UInt8] = [2, 0x60, 0]
    for part in [thousand, [0x60], thousand, thousand] { wide += part }
    let values = repeating([0x41, 0], 1_000)
    var branches: [UInt8] = [0, 0x02, 0, 0x02, 0]
    for part in [
      values, [0x41, 0, 0x0e], numbers([100_000], repeating([0, 1], 50_000)), [0, 0x0b, 0x0b, 0x0b],
    ] {
      branches += part
    }
    let loops = [0] + values + repeating([0x03, 1, 0x0b], 100_000) + [0x0b]
    let blocks = [0] + repeating([0x02, 0x40], 2_000_000) + repeating([0x0b], 2_000_001)
    let targets: [UInt8] = [0, 0x41, 0, 0x0e] + counted(6_000_000, [0]) + [0, 0x0b]
    let catches: [UInt8] = [0, 0x1f, 0x40]
    let selection: [UInt8] = [0, 0x00, 0x1c]
    return [
      defining("blocks in each other", 130, blocks),
      defining("branch targets", 8, targets),
      defining("branch targets with many values", 4, types: wide, branches),
      defining("loops with many values", 4, types: wide, loops),
      defining("catches", 2, catches + counted(10_000, [2, 0]) + [0x0b, 0x0b]),
      defining("catches, one too many", 2, catches + counted(10_001, [2, 0]) + [0x0b, 0x0b]),
      defining("types of a selection", 2, selection + counted(1_000_000, [0x7f]) + [0x1a, 0x0b]),
    ]
  }

  private static var expressions: [HugeInput] {
    let start: [UInt8] = [1, 0x7f, 0, 0x41, 0]
    let long = start + repeating([0x41, 0, 0x6a], 1_000_000) + [0x0b]
    let deep = start + repeating([0x41, 0], 1_000_000) + repeating([0x6a], 1_000_000) + [0x0b]
    return [
      core("a constant expression that is long", 8) { $0.section(6, long) },
      core("a constant expression that is deep", 24) { $0.section(6, deep) },
      core("globals", 24) { $0.section(6, counted(1_000_000, [0x7f, 0, 0x41, 0, 0x0b])) },
      core("expressions of an element segment", 8) { module in
        module.section(9, [1, 5, 0x70] + counted(1_000_000, [0xd0, 0x70, 0x0b]))
      },
      core("element segments", 8) { $0.section(9, counted(100_000, [5, 0x70, 1, 0xd0, 0x70, 0x0b])) },
      core("element segments, one too many", 2) { $0.section(9, counted(100_001, [5, 0x70, 0])) },
      core("data segments", 8) { $0.section(11, counted(100_000, [1, 0])) },
      core("data segments, one too many", 2) { $0.section(11, counted(100_001, [1, 0])) },
      core("a memory of 4 GiB and a table of ten million", 2) { module in
        module.section(4, [1, 0x70] + numbers([0, 10_000_000]))
        module.section(5, [1] + numbers([0, 65_536]))
      },
      core("a table of more", 2) { $0.section(4, [1, 0x70] + numbers([0, 10_000_001])) },
    ]
  }

  private static var borders: [HugeInput] {
    let exports = listed(300_000) { named("\($0)") + [2, 0] }
    let longNames = listed(100) { named("\($0 + 100)", padded: 100_000) + [2, 0] }
    return [
      core("imports", 110) { $0.section(2, counted(499_999, named("a") + named("b") + [3, 0x7f, 0])) },
      core("imports, too many together", 110) {
        $0.section(2, counted(1_000_000, named("a") + named("b") + [3, 0x7f, 0]))
      },
      core("exports", 60) {
        $0.section(5, [1, 0, 0])
        $0.section(7, exports)
      },
      core("exports, announced one too many", 8) {
        $0.section(5, [1, 0, 0])
        $0.section(7, numbers([1_000_001], exports))
      },
      core("names of exports", 60) {
        $0.section(5, [1, 0, 0])
        $0.section(7, longNames)
      },
      core("a name that is too long", 2) {
        $0.section(5, [1, 0, 0])
        $0.section(7, [1] + named("x", padded: 100_001) + [2, 0])
      },
      core("a name section of 50 MB", 2) { module in
        module.custom("name", [1] + numbers([50_000_000], repeating([0xff, 0, 0x61, 0x62], 12_500_000)))
      },
    ]
  }
}
