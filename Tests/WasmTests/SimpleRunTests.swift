import Support
import Testing

@testable import Wasm

@Suite("The short cut through simple instructions")
struct SimpleRunTests {
  /// Short bodies are too close to their end for the fast path; idle instructions before the end make them use it.
  @Test("finds what the long way finds", arguments: 0..<16 as Range<UInt64>)
  func agrees(_ seed: UInt64) {
    var generator = Generator(seed: seed)
    var accepted = 0
    for _ in 0..<2_000 {
      let code = randomCode(&generator)
      let short = outcome(of: code, idle: 0)
      let long = outcome(of: code, idle: 16)
      #expect(short == long, "seed \(seed), code \(code)")
      if short == "valid" { accepted += 1 }
    }
    #expect(accepted > 10, "seed \(seed)")
  }

  /// Some instructions that the fast path supports, sometimes with an odd byte.
  private func randomCode(_ generator: inout Generator) -> [UInt8] {
    var code: [UInt8] = []
    for _ in 0..<Int.random(in: 1...5, using: &generator) where code.count < 4 {
      code += SimpleRunTests.pieces.randomElement(using: &generator) ?? []
    }
    if Int.random(in: 0..<8, using: &generator) == 0,
      let place = code.indices.randomElement(using: &generator)
    {
      let byte = UInt8.random(in: 0..<0xfb, using: &generator)
      if byte != 0x44 && byte != 0x0e { code[place] = byte }
    }
    return code
  }

  private static let pieces: [[UInt8]] = [
    [0x20, 0], [0x20, 0], [0x20, 1], [0x20, 2], [0x20, 9], [0x20, 0x80, 0x00], [0x20, 0x80, 0x80, 0x00],
    [0x21, 0], [0x22, 0], [0x21, 1], [0x22, 2], [0x21, 3], [0x23, 0], [0x23, 1], [0x23, 2],
    [0x41, 5], [0x41, 0xff, 0x00], [0x41, 0x80, 0x80, 0x80, 0x80, 0x08], [0x42, 1], [0x42, 0x80, 0x01],
    [0x6a], [0x6a], [0x45], [0x7c], [0xa7], [0xac], [0x92], [0x1a], [0x1a], [0x00],
    [0x28, 2, 0], [0x28, 3, 0], [0x36, 2, 4], [0x2d, 0, 0x80, 1], [0x28, 0x40, 0, 0],
  ]

  private func outcome(of code: [UInt8], idle: Int) -> String {
    let (bytes, end) = module(code, idle: idle)
    do {
      _ = try validate(bytes)
      return "valid"
    } catch {
      let place = error.offset >= end + idle ? error.offset - idle : error.offset
      return "\(error.message) at \(place)"
    }
  }

  /// A module with a function [i32 i64] -> [], a local of type i32 and one that must be set first, and the end of its
  /// code.
  private func module(_ code: [UInt8], idle: Int) -> (bytes: [UInt8], end: Int) {
    var module = WasmBuilder.module()
    module.section(1, entries: [{ $0.raw(0x60, 2, 0x7f, 0x7e, 0) }])
    module.section(3, entries: [{ $0.raw(0) }])
    module.section(5, entries: [{ $0.raw(0, 1) }])
    module.section(
      6, entries: [{ $0.raw(0x7f, 0, 0x41, 0, 0x0b) }, { $0.raw(0x7d, 1, 0x43, 0, 0, 0, 0, 0x0b) }])
    let locals: [UInt8] = [2, 1, 0x7f, 1, 0x64, 0x70]
    let code = code + [UInt8](repeating: 0x01, count: 6)
    let end = module.bytes.count + 4 + locals.count + code.count
    let body = locals + code + [UInt8](repeating: 0x01, count: idle) + [0x0b]
    module.section(10, entries: [{ $0.sized(body) }])
    return (module.bytes, end)
  }
}
