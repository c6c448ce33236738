import Support
import Testing

@testable import Wasm

@Suite("Integers in LEB128")
struct ByteReaderTests {
  @Test(
    "unsigned",
    arguments: [
      ([0x00], 0), ([0x7f], 127), ([0x80, 0x01], 128), ([0x80, 0x00], 0),
      ([0xff, 0xff, 0xff, 0xff, 0x0f], 0xffff_ffff),
    ] as [([UInt8], UInt32)])
  func unsigned(_ bytes: [UInt8], _ value: UInt32) {
    #expect(read(bytes) { (reader) throws(ValidationError) in try reader.u32() } == .success(value))
    #expect(read(bytes) { (reader) throws(ValidationError) in try reader.u64() } == .success(UInt64(value)))
  }

  @Test(
    "signed",
    arguments: [
      ([0x00], 0), ([0x3f], 63), ([0x40], -64), ([0x7f], -1), ([0xff, 0x7f], -1), ([0x80, 0x7f], -128),
      ([0x80, 0x80, 0x80, 0x80, 0x78], -0x8000_0000), ([0xff, 0xff, 0xff, 0xff, 0x07], 0x7fff_ffff),
    ] as [([UInt8], Int32)])
  func signed(_ bytes: [UInt8], _ value: Int32) {
    #expect(read(bytes) { (reader) throws(ValidationError) in try reader.s32() } == .success(value))
    #expect(read(bytes) { (reader) throws(ValidationError) in try reader.s33() } == .success(Int64(value)))
    #expect(read(bytes) { (reader) throws(ValidationError) in try reader.s64() } == .success(Int64(value)))
  }

  @Test("33 bits keep their sign")
  func signed33() {
    let lowest: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x70]
    let highest: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0x0f]
    #expect(read(lowest) { (reader) throws(ValidationError) in try reader.s33() } == .success(-(1 << 32)))
    #expect(read(highest) { (reader) throws(ValidationError) in try reader.s33() } == .success((1 << 32) - 1))
  }

  @Test("numbers of any size come back", arguments: 0..<8)
  func roundTrip(_ seed: UInt64) {
    var generator = Generator(seed: seed)
    for _ in 0..<2_000 {
      let number =
        UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0..<64, using: &generator)
      let signed = Int64(bitPattern: number) &* (seed % 2 == 0 ? 1 : -1)
      var builder = WasmBuilder()
      builder.unsigned(number)
      let unsignedResult = read(builder.bytes) { (reader) throws(ValidationError) in try reader.u64() }
      #expect(unsignedResult == .success(number), "seed \(seed)")
      builder = WasmBuilder()
      builder.signed(signed)
      let signedResult = read(builder.bytes) { (reader) throws(ValidationError) in try reader.s64() }
      #expect(signedResult == .success(signed), "seed \(seed)")
    }
  }

  @Test("too long or too large is refused at the byte that shows it")
  func refused() {
    let long: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x80, 0x00]
    #expect(
      message(long) { (reader) throws(ValidationError) in _ = try reader.u32() }
        == "integer representation too long")
    #expect(
      message(long) { (reader) throws(ValidationError) in _ = try reader.s32() }
        == "integer representation too long")
    #expect(
      message(long) { (reader) throws(ValidationError) in _ = try reader.s33() }
        == "integer representation too long")
    let large: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0x1f]
    #expect(
      message(large) { (reader) throws(ValidationError) in _ = try reader.u32() } == "integer too large")
    let largeSigned: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0x4f]
    #expect(
      message(largeSigned) { (reader) throws(ValidationError) in _ = try reader.s32() } == "integer too large"
    )
    let large64 = [UInt8](repeating: 0xff, count: 9) + [0x02]
    #expect(
      message(large64) { (reader) throws(ValidationError) in _ = try reader.u64() } == "integer too large")
    #expect(
      message(large64) { (reader) throws(ValidationError) in _ = try reader.s64() } == "integer too large")
    #expect(
      message([0x80]) { (reader) throws(ValidationError) in _ = try reader.u32() } == "unexpected end-of-file"
    )
  }

  private func read<Value>(
    _ bytes: [UInt8], _ body: (inout ByteReader) throws(ValidationError) -> Value
  ) -> Result<Value, ValidationError> {
    bytes.withUnsafeBufferPointer { buffer in
      var reader = ByteReader(buffer, at: 0)
      do throws(ValidationError) {
        let value = try body(&reader)
        #expect(reader.isAtEnd)
        return .success(value)
      } catch {
        return .failure(error)
      }
    }
  }

  private func message(
    _ bytes: [UInt8], _ body: (inout ByteReader) throws(ValidationError) -> Void
  ) -> String? {
    if case .failure(let error) = read(bytes, body) { error.message } else { nil }
  }
}
