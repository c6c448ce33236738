import Support
import Testing

@testable import Wasm

@Suite("Components made to be huge")
struct ComponentLimitTests {
  @Test("instances", arguments: [(4_096, true), (4_097, false)])
  func instances(_ count: Int, _ isAccepted: Bool) {
    var component = WasmBuilder.component()
    component.section(5, entries: Array(repeating: { $0.raw(1, 0) }, count: count))
    #expect((refusal(of: component.bytes) == nil) == isAccepted)
  }

  @Test("types in types", arguments: [(98, true), (99, false)])
  func depth(_ count: Int, _ isAccepted: Bool) {
    var component = WasmBuilder.component()
    component.section(7, entries: chain(count) { [0x70] + $0 })
    let refusal = refusal(of: component.bytes)
    #expect((refusal == nil) == isAccepted)
    #expect(isAccepted || refusal?.contains("type nesting is too deep") == true)
  }

  @Test("types that double in size", arguments: [(17, true), (19, false)])
  func size(_ count: Int, _ isAccepted: Bool) {
    var component = WasmBuilder.component()
    component.section(7, entries: chain(count) { [0x6f, 2] + $0 + $0 })
    let refusal = refusal(of: component.bytes)
    #expect((refusal == nil) == isAccepted)
    #expect(isAccepted || refusal?.contains("effective type size exceeds the limit of 1000000") == true)
  }

  /// In full, each of the functions has four hundred thousand parts, and each component type names all of them.
  @Test("many types that share a large one", .timeLimit(.minutes(1)))
  func sharedParts() {
    var types = chain(17) { [0x6f, 2] + $0 + $0 }
    let user: (inout WasmBuilder) -> Void = {
      $0.raw(0x41, 3, 2, 3, 2, 1, 17, 1, 0x40, 1)
      $0.name("a")
      $0.raw(0, 1, 0, 4, 0)
      $0.name("a")
      $0.raw(1, 1)
    }
    types += Array(repeating: user, count: 5_000)
    var component = WasmBuilder.component()
    component.section(7, entries: types)
    #expect(refusal(of: component.bytes) == nil)
  }

  @Test("types that a component takes from outside", arguments: [(20, true), (21, false)])
  func outerAliases(_ count: Int, _ isAccepted: Bool) {
    var inner = WasmBuilder.component()
    inner.section(6, entries: Array(repeating: { $0.raw(3, 2, 1, 14) }, count: count))
    var component = WasmBuilder.component()
    component.section(7, entries: chain(14) { [0x6f, 2] + $0 + $0 })
    component.section(4) { $0.raw(inner.bytes) }
    #expect((refusal(of: component.bytes) == nil) == isAccepted)
  }

  @Test("declarations nested in types")
  func nestedDeclarations() {
    var bytes: [UInt8] = [0x42, 0]
    for _ in 0..<100_000 { bytes = [0x42, 1, 1] + bytes.prefix(300) }
    var component = WasmBuilder.component()
    component.section(7, entries: [{ $0.raw(bytes) }])
    #expect(refusal(of: component.bytes)?.contains("nesting is too deep") == true)
  }

  /// A primitive type and `count` types, each made of the previous one.
  private func chain(
    _ count: Int, _ next: ([UInt8]) -> [UInt8]
  ) -> [(inout WasmBuilder) -> Void] {
    var entries: [(inout WasmBuilder) -> Void] = [{ $0.raw(0x6f, 1, 0x7d) }]
    for index in 0..<(count - 1) {
      var place = WasmBuilder()
      place.signed(Int64(index))
      let bytes = next(place.bytes)
      entries.append { $0.raw(bytes) }
    }
    var place = WasmBuilder()
    place.signed(Int64(count - 1))
    let last = next(place.bytes)
    entries.append { $0.raw(last) }
    return entries
  }
}
