import Support
import Testing

@testable import Wasm

@Suite("The names of defined core types")
struct TypeNameTests {
  /// The expected hash is computed here byte by byte according to Documentation/formats.md.
  @Test("are hashes of their structure")
  func hash() throws {
    // (rec (type (func (param (ref null 1)))) (type (struct (field (mut i8)))))
    let group = fnv([2, 1, 0, 0x60, 1, 0x63, 1, 1, 0, 1, 0, 0x5f, 1, 0x78, 1])
    let second = fnv(littleEndian(group) + [1])
    // (type (sub 1 (struct (field (mut i8)) (field (ref 1))))), with the struct not final
    let types: [UInt8] = [0x4e, 2, 0x60, 1, 0x63, 1, 0, 0x5f, 1, 0x78, 1]
    #expect(try elements(ofTypes: [types], table: [0x63, 1]) == ["(ref null $\(hex(second)))"])
    let open = fnv([1, 0, 0, 0x5f, 1, 0x7f, 0])
    let first = fnv(littleEndian(open) + [0])
    let sub = fnv([1, 1, 2] + littleEndian(first) + [0x5f, 2, 0x7f, 0, 0x64, 0x70, 1])
    let last = fnv(littleEndian(sub) + [0])
    let lines: [[UInt8]] = [[0x50, 0, 0x5f, 1, 0x7f, 0], [0x4f, 1, 0, 0x5f, 2, 0x7f, 0, 0x64, 0x70, 1]]
    #expect(try elements(ofTypes: lines, table: [0x63, 1]) == ["(ref null $\(hex(last)))"])
  }

  @Test("do not depend on where a module has its types")
  func places() throws {
    let type: [UInt8] = [0x4e, 2, 0x5f, 1, 0x63, 1, 0, 0x5e, 0x7f, 1]
    let moved: [UInt8] = [0x4e, 2, 0x5f, 1, 0x63, 3, 0, 0x5e, 0x7f, 1]
    let alone = try elements(ofTypes: [type], table: [0x63, 0])
    let behind = try elements(ofTypes: [[0x60, 0, 0], [0x5f, 0], moved], table: [0x63, 2])
    let other = try elements(ofTypes: [type], table: [0x63, 1])
    #expect(alone == behind)
    #expect(alone != other)
    #expect(alone[0].utf8.count == "(ref null $0123456789abcdef)".utf8.count)
  }

  private func elements(ofTypes types: [[UInt8]], table: [UInt8]) throws -> [String] {
    var module = WasmBuilder.module()
    module.section(1, entries: types.map { type in { $0.raw(type) } })
    module.section(4, entries: [{ $0.raw(table + [0, 0]) }])
    return try validate(module.bytes).tables.map(\.element.text)
  }

  private func fnv(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
  }

  private func littleEndian(_ hash: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: hash >> (8 * UInt64($0))) }
  }

  private func hex(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
