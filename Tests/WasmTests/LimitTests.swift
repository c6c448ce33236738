import Support
import Testing

@testable import Wasm

@Suite("Inputs made to be huge")
struct LimitTests {
  @Test("locals", arguments: [(49_999, true), (50_000, false)])
  func locals(_ count: UInt64, _ isAccepted: Bool) {
    var body = WasmBuilder()
    body.raw(2)
    body.unsigned(count)
    body.raw(0x7f, 0, 0x7e, 0x0b)
    #expect((refusal(of: function(body.bytes, parameters: [0x7f])) == nil) == isAccepted)
  }

  @Test("blocks nest as deep as a body is long")
  func nesting() {
    let depth = 2_000_000
    var body: [UInt8] = [0]
    for _ in 0..<depth { body += [0x02, 0x40] }
    body += [UInt8](repeating: 0x0b, count: depth + 1)
    #expect(refusal(of: function(body)) == nil)
    body.removeLast()
    #expect(refusal(of: function(body))?.hasPrefix("unexpected end of section or function") == true)
  }

  @Test("a branch table is as long as its body")
  func branchTable() {
    var body = WasmBuilder()
    let count = 3_000_000
    body.raw(0, 0x02, 0x40, 0x41, 0, 0x0e)
    body.unsigned(UInt64(count))
    body.raw([UInt8](repeating: 1, count: count / 2) + [UInt8](repeating: 0, count: count - count / 2))
    body.raw(0, 0x0b, 0x0b)
    #expect(refusal(of: function(body.bytes)) == nil)
  }

  @Test("operands that calls with many results pile up")
  func operands() {
    var body: [UInt8] = [0]
    for _ in 0..<20_000 { body += [0x10, 0] }
    body += [0x00, 0x0b]
    let results = [UInt8](repeating: 0x7f, count: 1_000)
    #expect(
      refusal(of: function(body, results: results))?.hasPrefix("operand stack exceeds the limit") == true)
  }

  @Test("an array of four thousand million elements in unreachable code")
  func unreachableArray() {
    var module = WasmBuilder.module()
    module.section(1, entries: [{ $0.raw(0x60, 0, 0) }, { $0.raw(0x5e, 0x7f, 0) }])
    module.section(3, entries: [{ $0.raw(0) }])
    module.section(
      10, entries: [{ $0.sized([0, 0x00, 0xfb, 8, 1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x1a, 0x0b]) }])
    #expect(refusal(of: module.bytes) == nil)
  }

  @Test(
    "counts beyond the input end without memory being set aside", arguments: [1, 2, 3, 6, 9, 11] as [UInt8])
  func counts(_ section: UInt8) {
    var module = WasmBuilder.module()
    module.section(section) { $0.unsigned(90_000) }
    #expect(refusal(of: module.bytes)?.hasPrefix("unexpected end of section or function") == true)
  }

  @Test("body size", arguments: [(7_654_321, true), (7_654_322, false)])
  func bodySize(_ size: Int, _ isAccepted: Bool) {
    let body = [0] + [UInt8](repeating: 0x01, count: size - 2) + [0x0b]
    #expect((refusal(of: function(body)) == nil) == isAccepted)
  }

  @Test("tables", arguments: [(100_000, true), (100_001, false)])
  func tables(_ count: Int, _ isAccepted: Bool) {
    var module = WasmBuilder.module()
    module.section(4) {
      $0.unsigned(UInt64(count))
      for _ in 0..<count { $0.raw(0x70, 0, 0) }
    }
    #expect((refusal(of: module.bytes) == nil) == isAccepted)
  }

  @Test("names made to confuse a terminal are shown in a harmless form")
  func names() {
    var module = WasmBuilder.module()
    module.section(5, entries: [{ $0.raw(0, 1) }])
    let export: (inout WasmBuilder) -> Void = {
      $0.name("\u{1b}[2J\n" + String(repeating: "é", count: 200))
      $0.raw(2, 0)
    }
    module.section(7, entries: [export, export])
    let shown = "\\u{1b}[2J\\u{a}" + String(repeating: "é", count: 95) + "…"
    #expect(refusal(of: module.bytes)?.hasPrefix("duplicate export name `\(shown)` already defined") == true)
  }

  @Test("recursion groups without types")
  func emptyGroups() {
    var module = WasmBuilder.module()
    module.section(
      1, entries: [[0x4e, 0], [0x4e, 0], [0x5f, 0], [0x4e, 0]].map { type in { $0.raw(type) } })
    #expect(refusal(of: module.bytes) == nil)
  }

  @Test("subtypes nest to a depth of 63", arguments: [(64, true), (65, false)])
  func subtypes(_ count: Int, _ isAccepted: Bool) {
    var module = WasmBuilder.module()
    module.section(
      1,
      entries: (0..<count).map { index in
        { section in
          section.raw(0x50)
          if index == 0 { section.raw(0) } else { section.raw(1, UInt8(index - 1)) }
          section.raw(0x5f, 0)
        }
      })
    #expect((refusal(of: module.bytes) == nil) == isAccepted)
  }

  private func function(_ body: [UInt8], parameters: [UInt8] = [], results: [UInt8] = []) -> [UInt8] {
    var module = WasmBuilder.module()
    module.section(
      1,
      entries: [
        {
          $0.raw(0x60)
          $0.sized(parameters)
          $0.sized(results)
        }
      ])
    module.section(3, entries: [{ $0.raw(0) }])
    module.section(10, entries: [{ $0.sized(body) }])
    return module.bytes
  }
}
