import Support
import Testing

@testable import Wasm

/// Tests that the table of features in Documentation/wasm.md has every feature with the smallest set that contains it.
@Suite("The documentation's table of features")
struct FeatureTableTests {
  @Test("is that of the code")
  func table() throws {
    let page = String(decoding: try contents(ofFile: ConformanceTableTests.path), as: UTF8.self)
    let sets: [(String, Features)] = [
      ("mvp", .mvp), ("wasm1", .wasm1), ("wasm2", .wasm2), ("wasm3", .wasm3), ("default", .default),
      ("all", .all),
    ]
    for (smaller, larger) in zip(sets, sets.dropFirst()) { #expect(smaller.1.isStrictSubset(of: larger.1)) }
    let due = try Features.all.featureNames.map { name in
      let feature = try Features(parsing: "mvp,\(name)")
      return [name, try #require(sets.first { $0.1.isSuperset(of: feature) }?.0)]
    }
    let start = try #require(page.firstRange(of: "<!-- features -->")).upperBound
    let end = try #require(page.firstRange(of: "<!-- end of the features -->")).lowerBound
    let shown = page[start..<end].split(separator: "\n").dropFirst(2).map { line in
      let cells = line.split(separator: "|")
      return [cells.first, cells.last].map { ($0 ?? "").filter { !" `".contains($0) } }
    }
    #expect(shown == due)
  }
}

/// Tests that the table of limits in Documentation/wasm.md has the numbers of the code.
@Suite("The documentation's table of limits")
struct LimitTableTests {
  static let limits: [(what: String, most: Int)] = [
    ("types of a module or component", Limit.types), ("functions", Limit.functions),
    ("imports", Limit.imports),
    ("exports", Limit.exports), ("globals", Limit.globals), ("tags", Limit.tags),
    ("what imports and exports add to a module's type", Limit.effectiveTypeSize), ("tables", Limit.tables),
    ("memories", Limit.memories), ("element segments", Limit.elementSegments),
    ("data segments", Limit.dataSegments), ("elements of an element segment", Limit.segmentElements),
    ("bytes of a function body", Limit.functionBodySize),
    ("locals, parameters included", Limit.functionLocals),
    ("parameters of a function", Limit.functionParameters), ("results of a function", Limit.functionResults),
    ("fields of a structure", Limit.structFields), ("depth of subtyping", Limit.subtypingDepth),
    ("clauses of a `try_table`", Limit.catches), ("bytes of a name", Limit.nameLength),
    ("operands at one time", Limit.operands),
    ("modules or components in a component", Limit.nestedModulesAndComponents),
    ("instances of a component", Limit.coreAndComponentInstances), ("fields of a record", Limit.recordFields),
    ("cases of a variant", Limit.variantCases), ("labels of flags", Limit.flags),
    ("depth of a component's types", Limit.componentTypeDepth),
  ]

  @Test("is that of the code")
  func table() throws {
    let page = String(decoding: try contents(ofFile: ConformanceTableTests.path), as: UTF8.self)
    let lines = LimitTableTests.limits.map { "| \($0.what) | \(LimitTableTests.grouped($0.most)) |\n" }
    #expect(page.contains("| what | most |\n|---|---|\n" + lines.joined() + "\n"))
  }

  /// A number with separators between thousands.
  private static func grouped(_ number: Int) -> String {
    guard number >= 1_000 else { return "\(number)" }
    let rest = "\(number % 1_000)"
    return grouped(number / 1_000) + "," + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
