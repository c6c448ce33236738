import Support
import Testing

@testable import Wasm

/// Random interfaces, passed where slightly different ones are required.
@Suite(
  "Pairs of interfaces, against wasm-tools",
  .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"))
struct ComponentPairTests {
  @Test("fit as wasm-tools has it", arguments: [1, 2, 3] as [UInt64])
  func pairs(_ seed: UInt64) throws {
    var generator = Generator(seed: seed)
    var sources: [String] = []
    for _ in 0..<100 {
      let (first, second) = pair(&generator)
      sources += positions(first, second)
    }
    let tool = try #require(WasmTools.installed)
    let verdicts = try tool.binaries(of: sources).map { (try? validate($0)) != nil }
    let objection = try tool.objection(to: zip(sources, verdicts).map { ($0, $1) })
    #expect(objection == nil, "seed \(seed)")
    #expect(verdicts.count { $0 } > 50 && verdicts.count { !$0 } > 50, "seed \(seed)")
  }

  @Test(
    "are compatible where a host of the first can run the second, and only there",
    arguments: [4, 5] as [UInt64])
  func comparisons(_ seed: UInt64) throws {
    var generator = Generator(seed: seed)
    let pairs = (0..<200).map { _ in pair(&generator) }
    let tool = try #require(WasmTools.installed)
    let links = try tool.binaries(of: pairs.map { positions($0, $1)[0] }).map { (try? validate($0)) != nil }
    let modules = try [pairs.map(\.0), pairs.map(\.1)].map { types in
      try tool.binaries(of: types.map { "(component (import \"i\" (instance \($0))))" }).map {
        try validate($0)
      }
    }
    var compatible = 0
    for (index, pair) in pairs.enumerated() {
      let comparison = InterfaceComparison(old: modules[0][index], new: modules[1][index])
      if comparison.verdict != .major { compatible += 1 }
      #expect((comparison.verdict != .major) == links[index], "seed \(seed): \(pair)")
    }
    #expect(compatible > 50, "seed \(seed)")
  }

  /// Two interfaces that are the same, or slightly different.
  private func pair(_ generator: inout Generator) -> (String, String) {
    let choices = (0..<80).map { _ in UInt8.random(in: 0...255, using: &generator) }
    var others = choices
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      others[Int.random(in: 0..<24, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
    }
    var (first, second) = (InterfaceText(choices), InterfaceText(others))
    return (first.instance(), second.instance())
  }

  /// Components that pass an item of the first type where the second is required.
  private func positions(_ first: String, _ second: String) -> [String] {
    [
      """
      (component (import "i" (instance $i \(first))) (import "c" (component $c (import "i" (instance \(second)))))
        (instance (instantiate $c (with "i" (instance $i)))))
      """,
      """
      (component (import "c" (component $c (import "i" (instance \(second)))))
        (import "d" (component $d (import "c" (component (import "i" (instance \(first)))))))
        (instance (instantiate $d (with "c" (component $c)))))
      """,
      """
      (component (import "c" (component $c (export "i" (instance \(first)))))
        (export "x" (component $c) (component (export "i" (instance \(second))))))
      """,
      "(component (import \"i\" (instance $i \(first))) (export \"x\" (instance $i) (instance \(second))))",
    ]
  }
}

/// Writes the text of an interface from a list of random choices.
private struct InterfaceText {
  private let choices: [UInt8]
  private var position = 0
  /// The number of types and resources with names so far.
  private var typeCount = 0
  private var resourceCount = 0

  init(_ choices: [UInt8]) { self.choices = choices }

  private mutating func choose(_ count: Int) -> Int {
    defer { position += 1 }
    return position < choices.count ? Int(choices[position]) % count : 0
  }

  /// The declarations of an instance type.
  mutating func instance(depth: Int = 0) -> String {
    var text = ""
    for index in 0..<2 + choose(3) {
      switch choose(depth < 2 ? 6 : 4) {
      case 0:
        text += "(export \"r\(index)\" (type $r\(resourceCount) (sub resource)))"
        resourceCount += 1
      case 1:
        let names = [["x", "y"], ["y", "x"], ["x"]][choose(3)]
        let fields = names.map { "(field \"\($0)\" \(value(depth: 0)))" }.joined()
        text += "(type $d\(typeCount) (record \(fields))) "
        text += "(export \"t\(index)\" (type $t\(typeCount) (eq $d\(typeCount))))"
        typeCount += 1
      case 2, 3: text += "(export \"f\(index)\" \(function()))"
      case 4:
        var inner = InterfaceText(Array(choices.dropFirst(position)))
        text += "(export \"i\(index)\" (instance \(inner.instance(depth: depth + 1))))"
        position += inner.position
      default:
        var inner = InterfaceText(Array(choices.dropFirst(position)))
        let word = ["import", "export"][choose(2)]
        text +=
          "(export \"c\(index)\" (component (\(word) \"i\" (instance \(inner.instance(depth: depth + 1))))))"
        position += inner.position
      }
    }
    return text
  }

  private mutating func function() -> String {
    let isAsync = choose(8) == 0
    let names = [[], ["a"], ["a", "b"], ["b"]][choose(4)]
    let parameters = names.map { "(param \"\($0)\" \(value(depth: 0, canBorrow: true)))" }.joined()
    let result = choose(2) == 0 ? "" : "(result \(value(depth: 0)))"
    return "(func \(isAsync ? "async " : "")\(parameters)\(result))"
  }

  private mutating func value(depth: Int, canBorrow: Bool = false) -> String {
    let primitives = ["u8", "u16", "s8", "u32", "f32", "bool", "char", "string"]
    switch choose(depth < 2 ? 14 : 8) {
    case 8: return "(list \(value(depth: depth + 1, canBorrow: canBorrow)))"
    case 9: return "(option \(value(depth: depth + 1, canBorrow: canBorrow)))"
    case 10:
      return
        "(tuple \(value(depth: depth + 1, canBorrow: canBorrow)) \(value(depth: 2, canBorrow: canBorrow)))"
    case 11:
      let ok = choose(2) == 0 ? "" : value(depth: depth + 1, canBorrow: canBorrow)
      let error = choose(2) == 0 ? "" : "(error \(value(depth: depth + 1, canBorrow: canBorrow)))"
      return "(result \(ok) \(error))"
    case 12 where resourceCount > 0:
      let handle = canBorrow && choose(2) == 0 ? "borrow" : "own"
      return "(\(handle) $r\(choose(resourceCount)))"
    case 13 where typeCount > 0: return "$t\(choose(typeCount))"
    case let choice: return primitives[choice % primitives.count]
    }
  }
}
