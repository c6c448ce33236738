import Support
import Testing

@testable import Wasm

@Suite("Locals beyond those that are written out")
struct ManyLocalsTests {
  private static let numbers: [(count: UInt64, type: [UInt8])] = [(1_000, [0x7f]), (1_000, [0x7e])]
  private static let references: [(count: UInt64, type: [UInt8])] = [(1_000, [0x7f]), (1, [0x64, 0x70])]
  /// The use of a local in a function with three parameters and these runs of locals.
  static let uses: [(runs: [(count: UInt64, type: [UInt8])], code: [UInt8], refusal: String?)] = [
    (numbers, [0x20, 0xea, 7, 0x45, 0x1a], nil),
    (numbers, [0x20, 0xeb, 7, 0x50, 0x1a], nil),
    (numbers, [0x20, 0xea, 7, 0x50, 0x1a], "type mismatch"),
    (numbers, [0x20, 0xd2, 15, 0x50, 0x1a], nil),
    (numbers, [0x20, 0xd3, 15, 0x1a], "unknown local 2003"),
    (references, [0x20, 0xeb, 7, 0x1a], "uninitialized local: 1003"),
    (references, [0xd2, 0, 0x21, 0xeb, 7, 0x20, 0xeb, 7, 0x1a], nil),
    (
      references, [0x02, 0x40, 0xd2, 0, 0x21, 0xeb, 7, 0x0b, 0x20, 0xeb, 7, 0x1a],
      "uninitialized local: 1003"
    ),
  ]

  @Test("have the types that they are declared with", arguments: uses.indices)
  func types(_ index: Int) {
    let (runs, code, due) = ManyLocalsTests.uses[index]
    var body = WasmBuilder()
    body.unsigned(UInt64(runs.count))
    for run in runs {
      body.unsigned(run.count)
      body.raw(run.type)
    }
    body.raw(code + [0x0b])
    var module = WasmBuilder.module()
    module.section(1, entries: [{ $0.raw(0x60, 3, 0x7f, 0x7f, 0x7f, 0) }])
    module.section(3, entries: [{ $0.raw(0) }, { $0.raw(0) }])
    module.section(9, entries: [{ $0.raw(3, 0, 1, 0) }])
    // A local that one function has set is not set in the next.
    module.section(10, entries: [{ $0.sized(body.bytes) }, { $0.sized(body.bytes) }])
    let refusal = refusal(of: module.bytes)
    #expect(
      (refusal == nil) == (due == nil) && refusal?.contains(due ?? "") != false, "\(refusal ?? "valid")")
  }
}
