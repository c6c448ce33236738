import Support
import Testing

@testable import Wasm

@Suite("Function bodies")
struct FunctionValidatorTests {
  struct Body: Sendable, CustomTestStringConvertible {
    var code: [UInt8]
    /// The offset of the error in the code.
    var place: Int
    var text: String
    var testDescription: String { text }

    init(_ code: [UInt8], _ place: Int, _ text: String) {
      self.code = code
      self.place = place
      self.text = text
    }
  }

  /// Bodies of a function [i32 i64] -> [i32] in a module with a memory, a global of each mutability and a table.
  static let invalid: [Body] = [
    Body([0x0b], 0, "type mismatch: instruction requires [i32] but stack has []"),
    Body([0x20, 1, 0x0b], 2, "type mismatch: instruction requires [i32] but stack has [i64]"),
    Body([0x20, 0, 0x20, 0, 0x0b], 4, "type mismatch: block requires [i32] but stack has [i32 i32]"),
    Body([0x20, 2, 0x0b], 0, "unknown local 2: local index out of bounds"),
    Body([0x23, 2, 0x0b], 0, "unknown global 2: global index out of bounds"),
    Body([0x20, 0, 0x24, 0, 0x0b], 2, "immutable global: cannot modify it with `global.set`"),
    Body([0x0c, 1, 0x0b], 0, "unknown label: branch depth too large"),
    Body([0x10, 9, 0x0b], 0, "unknown function 9: function index out of bounds"),
    Body(
      [0x20, 0, 0x28, 3, 0, 0x0b], 2, "invalid memop alignment: alignment must not be larger than natural"),
    Body([0x20, 0, 0x28, 0x42, 1, 0, 0x0b], 2, "unknown memory 1"),
    Body([0xfc, 9, 0, 0x0b], 0, "data count section required"),
    Body([0xd2, 1, 0x1a, 0x41, 0, 0x0b], 0, "undeclared function reference"),
    Body([0xff, 0x0b], 0, "illegal opcode ff"),
    Body([0xfc, 0x20, 0x0b], 0, "illegal opcode fc 20"),
    Body([0x05, 0x0b], 0, "`else` found outside `if` block"),
    Body([0x07, 0, 0x0b], 0, "`catch` found outside `try` block"),
    Body([0x20, 0, 0x0b, 0x01], 3, "operators remaining after end of function body: section size mismatch"),
    Body(
      [0x20, 0], 2, "unexpected end of section or function: END opcode expected, or section size mismatch"),
    Body([0x41], 1, "unexpected end of section or function: length out of bounds"),
    Body([0x20, 1, 0xd1, 0x0b], 2, "type mismatch: expected ref but found i64"),
    Body([0x20, 0, 0x1c, 0, 0x0b], 2, "invalid result arity"),
    Body(
      [0x20, 1, 0xfd, 0x15, 0, 0x0b], 2, "type mismatch: instruction requires [v128] but stack has [i64]"),
    Body([0x00, 0xfd, 0x15, 16, 0x0b], 1, "invalid lane index"),
  ]

  @Test("that are broken are refused with the reason, the place and the function", arguments: invalid)
  func refuses(_ body: Body) throws {
    let (bytes, start) = module(body.code)
    let place = String(start + body.place, radix: 16)
    #expect(refusal(of: bytes) == "\(body.text) (at offset 0x\(place), function 0 \"run\")")
  }

  static let valid: [[UInt8]] = [
    [0x20, 0, 0x0b],
    [0x00, 0x0b],
    [0x00, 0x1a, 0x1b, 0x6a, 0x0b],
    [0x00, 0xd4, 0xd1, 0x0b],
    [0x00, 0xfb, 0x1a, 0xd4, 0xd1, 0x0b],
    [0x02, 0x7f, 0x20, 0, 0x20, 0, 0x0d, 0, 0x0b, 0x0b],
    [0x20, 0, 0x20, 0, 0x0e, 2, 0, 0, 0, 0x0b],
    [0x41, 1, 0x20, 0, 0x04, 0x40, 0x0b, 0x0b],
    [0x20, 0, 0x28, 2, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x0b],
    [0xd2, 0, 0xd1, 0x0b],
  ]

  @Test("that are sound are accepted", arguments: valid)
  func accepts(_ code: [UInt8]) {
    #expect(refusal(of: module(code).bytes) == nil)
  }

  @Test("a local without a default must be set first, and again after the block that set it")
  func uninitializedLocals() {
    let get: [UInt8] = [0x20, 0, 0x1a]
    let set: [UInt8] = [0xd2, 0, 0x21, 0]
    let text = "uninitialized local: 0 (at offset"
    #expect(refusal(of: localsModule(set + get)) == nil)
    #expect(refusal(of: localsModule(get))?.hasPrefix(text) == true)
    #expect(refusal(of: localsModule([0x02, 0x40] + set + get + [0x0b])) == nil)
    #expect(refusal(of: localsModule([0x02, 0x40] + set + [0x0b] + get))?.hasPrefix(text) == true)
  }

  /// A module whose first function, exported as "run", has the given code, and the start of the code.
  private func module(_ code: [UInt8]) -> (bytes: [UInt8], start: Int) {
    var module = WasmBuilder.module()
    module.section(1, entries: [{ $0.raw(0x60, 2, 0x7f, 0x7e, 1, 0x7f) }])
    module.section(3, entries: [{ $0.raw(0) }, { $0.raw(0) }])
    module.section(4, entries: [{ $0.raw(0x70, 0, 1) }])
    module.section(5, entries: [{ $0.raw(0, 1) }])
    module.section(6, entries: [{ $0.raw(0x7f, 0, 0x41, 0, 0x0b) }, { $0.raw(0x7f, 1, 0x41, 0, 0x0b) }])
    module.section(
      7,
      entries: [
        {
          $0.name("run")
          $0.raw(0, 0)
        }
      ])
    let start = module.bytes.count + 5
    module.section(10, entries: [{ $0.sized([0] + code) }, { $0.sized([0, 0x20, 0, 0x0b]) }])
    return (module.bytes, start)
  }

  private func localsModule(_ code: [UInt8]) -> [UInt8] {
    var module = WasmBuilder.module()
    module.section(1, entries: [{ $0.raw(0x60, 0, 0) }])
    module.section(3, entries: [{ $0.raw(0) }])
    module.section(9, entries: [{ $0.raw(3, 0, 1, 0) }])
    module.section(10, entries: [{ $0.sized([1, 1, 0x64, 0] + code + [0x0b]) }])
    return module.bytes
  }
}
