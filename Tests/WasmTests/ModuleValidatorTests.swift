import Support
import Testing

@testable import Wasm

@Suite("The push interface")
struct ModuleValidatorTests {
  @Test("accepts the sample modules", arguments: SampleModule.all)
  func acceptsSamples(_ sample: SampleModule) throws {
    let isCore = sample.bytes[4] == 1
    #expect(try validate(sample.bytes).encoding == (isCore ? .core : .component))
  }

  @Test("says the same at every split into two pieces", arguments: SampleModule.all)
  func splitsInTwo(_ sample: SampleModule) {
    for bytes in [sample.bytes] + mutants(of: sample.bytes) {
      let whole = outcome(of: [bytes[...]])
      for split in 0...bytes.count {
        #expect(outcome(of: [bytes[..<split], bytes[split...]]) == whole, "split at \(split)")
      }
    }
  }

  @Test("says the same byte by byte", arguments: SampleModule.all)
  func splitsIntoBytes(_ sample: SampleModule) {
    for bytes in [sample.bytes] + mutants(of: sample.bytes) {
      #expect(outcome(of: bytes.indices.map { bytes[$0...$0] }) == outcome(of: [bytes[...]]))
    }
  }

  @Test("calls a truncated file just that", arguments: SampleModule.all)
  func truncated(_ sample: SampleModule) {
    var ends = 0
    for count in 0..<sample.bytes.count {
      let text = outcome(of: [sample.bytes[..<count]])
      let isComplete =
        text == "valid" || text.hasPrefix("function and code section")
        || text.hasPrefix("data count and data section")
      if isComplete { ends += 1 } else { #expect(text == "unexpected end-of-file", "\(count) bytes") }
    }
    #expect(ends < 20)
  }

  @Test("keeps saying what it said first")
  func failureStays() throws {
    var validator = ModuleValidator()
    let text = "magic header not detected (at offset 0x0)"
    #expect(message { () throws(ValidationError) in try validator.feed([0x7f, 0x45].span.bytes) } == text)
    #expect(message { () throws(ValidationError) in try validator.feed([0x00].span.bytes) } == text)
    #expect(message { () throws(ValidationError) in _ = try validator.finish() } == text)
  }

  @Test("passes over data without keeping it")
  func streamsData() throws {
    var module = WasmBuilder.module()
    module.section(5, entries: [{ $0.raw(0, 1) }])
    module.raw(11)
    module.unsigned(1 + 4 + 4 + (1 << 27))
    module.raw(1, 0, 0x41, 0, 0x0b)
    module.unsigned(1 << 27)
    var validator = ModuleValidator()
    try validator.feed(module.bytes.span.bytes)
    let zeros = [UInt8](repeating: 0, count: 1 << 16)
    for _ in 0..<(1 << 11) { try validator.feed(zeros.span.bytes) }
    #expect(try validator.finish().encoding == .core)
  }

  /// Copies of a module with one byte changed, one copy for each offset.
  private func mutants(of bytes: [UInt8]) -> [[UInt8]] {
    var generator = Generator(seed: 11)
    return bytes.indices.map { index in
      var copy = bytes
      copy[index] = UInt8.random(in: 0...255, using: &generator)
      return copy
    }
  }

  private func outcome(of pieces: [ArraySlice<UInt8>]) -> String { refusal(ofPieces: pieces) ?? "valid" }

  private func message(_ body: () throws(ValidationError) -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return error.description
    }
  }
}
