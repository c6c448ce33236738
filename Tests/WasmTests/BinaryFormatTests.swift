import Support
import Testing

@testable import Wasm

@Suite("The binary format")
struct BinaryFormatTests {
  struct Broken: Sendable, CustomTestStringConvertible {
    var bytes: [UInt8]
    var text: String
    var testDescription: String { text }

    /// Bytes after the header of a core module.
    static func core(_ bytes: [UInt8], _ text: String) -> Broken {
      Broken(bytes: WasmBuilder.module().bytes + bytes, text: text)
    }

    /// A function whose body has four bytes, no locals and `code`, in the last section before `rest`.
    static func body(_ code: [UInt8], behind rest: [UInt8], _ text: String) -> Broken {
      .core([1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 6, 1, 4, 0] + code + rest, "\(text), function 0)")
    }

    /// Bytes after the header of a component.
    static func component(_ bytes: [UInt8], _ text: String) -> Broken {
      Broken(bytes: WasmBuilder.component().bytes + bytes, text: text)
    }
  }

  static let headers: [Broken] = [
    Broken(bytes: Array("not wasm".utf8), text: "magic header not detected (at offset 0x0)"),
    Broken(bytes: [0, 0x61, 0x73, 0x6d, 2, 0, 0, 0], text: "unknown binary version 0x2 (at offset 0x4)"),
    Broken(bytes: [0, 0x61, 0x73, 0x6d, 0x0d, 0, 0, 0], text: "unknown binary version 0xd (at offset 0x4)"),
    .component(
      [1, 8, 0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0], "expected a version header for a module (at offset 0xa)"),
    .component(
      [4, 8, 0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], "expected a version header for a component (at offset 0xa)"),
    .component(
      [1, 7, 0, 0x61, 0x73, 0x6d, 1, 0, 0], "unexpected end-of-file in the section (at offset 0x11)"),
  ]

  static let sections: [Broken] = [
    .core([14, 1, 0], "malformed section id: 14 (at offset 0x8)"),
    .core([0x80, 1, 0], "malformed section id (at offset 0x8)"),
    .component([12, 1, 0], "malformed section id: 12 (at offset 0x8)"),
    .core(
      [3, 1, 0, 1, 1, 0], "unexpected content after last section: section out of order (at offset 0xb)"),
    .core([1, 1, 0, 1, 1, 0], "unexpected content after last section: section out of order (at offset 0xb)"),
    .core([1, 2, 0, 0], "section size mismatch: unexpected data at the end of the section (at offset 0xb)"),
    .core([12, 2, 0, 0], "section size mismatch: unexpected data at the end of the section (at offset 0xb)"),
    .core([1, 3, 0], "unexpected end-of-file"),
    .component([7, 3, 0], "unexpected end-of-file"),
    .component(
      [7, 3, 0, 0], "section size mismatch: unexpected data at the end of the section (at offset 0xb)"),
    .core(
      [1, 3, 2, 0x60, 0], "unexpected end of section or function: length out of bounds (at offset 0xd)"),
    .core([0, 0], "unexpected end of section or function: length out of bounds (at offset 0xa)"),
    .core([0, 2, 2, 0x61], "unexpected end of section or function: length out of bounds (at offset 0xa)"),
    .core([0, 9, 9, 0x61], "unexpected end of section or function: length out of bounds (at offset 0xa)"),
    .core([0, 9, 8, 0x61], "unexpected end-of-file"),
    .core([1, 0x80, 0x80, 0x80, 0x80, 0x10], "integer too large (at offset 0xd)"),
    .core([1, 0x80, 0x80, 0x80, 0x80, 0x80, 0], "integer representation too long (at offset 0xd)"),
    .core(
      [1, 5, 0xc1, 0x84, 0x3d, 0, 0], "type count of 1000001 exceeds the limit of 1000000 (at offset 0xa)"),
    .core(
      [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
      "function and code section have inconsistent lengths (at offset 0x12)"),
    .core([10, 4, 1, 2, 0, 0x0b], "function and code section have inconsistent lengths (at offset 0xa)"),
    .core([12, 1, 1], "data count and data section have inconsistent lengths (at offset 0xb)"),
    .core([12, 1, 1, 11, 1, 0], "data count and data section have inconsistent lengths (at offset 0xd)"),
  ]

  static let entries: [Broken] = [
    .core([0, 2, 1, 0xff], "malformed UTF-8 encoding (at offset 0xb)"),
    .core([0, 4, 3, 0xed, 0xa0, 0x80], "malformed UTF-8 encoding (at offset 0xb)"),
    .core([0, 3, 2, 0xc0, 0x80], "malformed UTF-8 encoding (at offset 0xb)"),
    .core(
      [0, 0x05, 0xa1, 0x8d, 0x06, 0, 0], "name length of 100001 exceeds the limit of 100000 (at offset 0xa)"),
    .core([1, 2, 1, 0x61], "invalid leading byte (0x61) for type (at offset 0xb)"),
    .core([1, 4, 1, 0x60, 1, 0x20], "malformed value type (at offset 0xd)"),
    .core([1, 4, 1, 0x5e, 0x7f, 2], "malformed mutability (at offset 0xd)"),
    .core([2, 4, 1, 0, 0, 5], "malformed import kind: invalid leading byte (0x5) (at offset 0xd)"),
    .core([5, 3, 1, 0x10, 0], "malformed limits flags (at offset 0xb)"),
    .core([13, 3, 1, 1, 0], "malformed tag attribute (at offset 0xb)"),
    .core([6, 5, 1, 0x7f, 0, 0x01, 0x0b], "constant expression required (at offset 0xd)"),
    .core([9, 3, 1, 8, 0], "malformed element segment kind (at offset 0xb)"),
    .core([11, 3, 1, 3, 0], "malformed data segment kind (at offset 0xb)"),
    .core(
      [11, 4, 1, 1, 2, 0],
      "unexpected end of section or function: length out of bounds (at offset 0xd)"),
    .component([2, 2, 1, 2], "invalid leading byte (0x2) for core instance (at offset 0xb)"),
    .component([6, 3, 1, 6, 0], "invalid leading byte (0x6) for component external kind (at offset 0xb)"),
    .component([7, 2, 1, 0x10], "invalid leading byte (0x10) for component defined type (at offset 0xb)"),
    .component([8, 3, 1, 0, 1], "invalid leading byte (0x1) for canonical function lift (at offset 0xc)"),
    .component([10, 2, 1, 3], "invalid leading byte (0x3) for component name (at offset 0xb)"),
    .component(
      [7, 4, 1, 0x42, 1, 3],
      "invalid leading byte (0x3) for component or instance type declaration (at offset 0xd)"),
  ]

  /// Sections and bodies that are too short, followed by more of the file.
  static let cutShort: [Broken] = [
    .core([5, 2, 1, 8], "malformed limits flags: custom page sizes are not enabled (at offset 0xb)"),
    .core([5, 2, 1, 0], "unexpected end of section or function: length out of bounds (at offset 0xc)"),
    .core([1, 2, 0x80, 0x80, 0x80, 0x80, 0x10], "integer too large (at offset 0xe)"),
    .body(
      [0x41, 0x80, 0x80], behind: [0x80, 0x80, 0x80, 0], "integer representation too long (at offset 0x1c"),
    .body([0x41, 0x80, 0x80], behind: [0x80, 0x80, 0x10], "integer too large (at offset 0x1c"),
    .body(
      [0x41, 0x80, 0x80], behind: [0x80, 0, 0x1a, 0x0b],
      "unexpected end of section or function: length out of bounds (at offset 0x1a"),
    .body(
      [0x41, 0x80, 0x80], behind: [],
      "unexpected end of section or function: length out of bounds (at offset 0x1a"),
    .body(
      [0x01, 0x01, 0x01], behind: [0x0b],
      "unexpected end of section or function: END opcode expected, or section size mismatch (at offset 0x1a"),
  ]

  @Test(
    "a broken file is refused with the reason and the place",
    arguments: headers + sections + entries + cutShort)
  func broken(_ broken: Broken) {
    #expect(refusal(of: broken.bytes) == broken.text)
    #expect(refusal(ofPieces: broken.bytes.indices.map { broken.bytes[$0...$0] }) == broken.text)
    #expect(refusal(ofBatchesOf: broken.bytes) == broken.text)
  }

  @Test(
    "types nest to a depth of 100 and no deeper", arguments: [(100, true), (101, false), (100_000, false)])
  func depth(_ depth: Int, _ isAccepted: Bool) {
    var nested = [UInt8]()
    for _ in 1..<depth { nested += [0x42, 1, 1] }
    nested += [0x42, 0]
    var component = WasmBuilder.component()
    component.section(7, entries: [{ $0.raw(nested) }])
    #expect(((try? validate(component.bytes)) != nil) == isAccepted)
  }

  @Test("components nest as long as there are fewer than 1,000", arguments: [(999, true), (1_000, false)])
  func nesting(_ count: Int, _ isAccepted: Bool) {
    var component = WasmBuilder.component()
    for _ in 0..<count {
      let inner = component.bytes
      component = WasmBuilder.component()
      component.section(4) { $0.raw(inner) }
    }
    #expect(((try? validate(component.bytes)) != nil) == isAccepted)
  }
}
