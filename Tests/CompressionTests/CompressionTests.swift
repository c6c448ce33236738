import Support
import Testing

@testable import Compression

/// Memory with a length, which goes with the value.
private final class Memory {
  let bytes: UnsafeMutableRawBufferPointer

  init(count: Int) { bytes = .allocate(byteCount: max(count, 1), alignment: 16) }

  deinit { bytes.deallocate() }
}

/// Throws what went wrong as it is.
private func same(_ error: CompressionError) -> CompressionError { error }

@Suite struct CompressionTests {
  /// Bytes that deflate to less than themselves and still fill several windows.
  private static func sample(_ count: Int) -> [UInt8] {
    var generator = Generator(seed: UInt64(count))
    return (0..<count).map { _ in UInt8.random(in: 0..<16, using: &generator) }
  }

  private func deflated(_ plain: [UInt8], level: Int = 6) throws -> [UInt8] {
    let deflater = try Deflater(level: level)
    let memory = Memory(count: deflater.bound(plain.count))
    let count = try plain.withUnsafeBytes { try deflater.deflate($0, into: memory.bytes) }
    return Array(memory.bytes[..<count])
  }

  /// What Python's zlib makes of deflated bytes.
  private func inflatedByPython(_ bytes: [UInt8]) throws -> [UInt8] {
    let program = "import sys,zlib; sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read()))"
    return try run(["python3", "-c", program], input: bytes).output
  }

  /// Inflates through a window that is handed `piece` bytes at a time.
  private func inflated(_ bytes: [UInt8], piece: Int, room: Int) throws -> (plain: [UInt8], rest: Int) {
    var window = try InflateWindow()
    var plain: [UInt8] = []
    var position = 0
    let memory = Memory(count: room)
    while true {
      let count = try window.read(into: memory.bytes, failure: same) { (target) throws(CompressionError) in
        let part = bytes[position..<min(position + min(piece, target.count), bytes.count)]
        target.copyBytes(from: part)
        position += part.count
        return part.count
      }
      plain += memory.bytes[..<count]
      if count < room { return (plain, bytes.count - position + window.unreadCount) }
    }
  }

  @Test(arguments: [0, 1, 100, 300_000], [0, 1, 6, 12]) func wholeBuffers(count: Int, level: Int) throws {
    let plain = Self.sample(count)
    let bytes = try deflated(plain, level: level)
    #expect(try inflatedByPython(bytes) == plain)
    let output = Memory(count: count)
    let inflater = try Inflater()
    let target = UnsafeMutableRawBufferPointer(rebasing: output.bytes[..<count])
    let used = (bytes + [9, 9]).withUnsafeBytes { inflater.inflate($0, filling: target) }
    #expect(used == bytes.count, "what follows the stream is left")
    #expect(Array(target) == plain)
    #expect(Inflater.limit(of: bytes.count) >= count)
  }

  @Test(arguments: [1, 70_000], [0, 9, 12]) func piecesThatComeOneByOne(piece: Int, level: Int) throws {
    let plain = Self.sample(200_000)
    var stream = try DeflateStream(level: level)
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: plain.count, by: piece == 1 ? 9_999 : piece) {
      let part = Array(plain[start..<min(start + (piece == 1 ? 9_999 : piece), plain.count)])
      try part.withUnsafeBytes { part in
        try stream.append(part, failure: same) { (output) throws(CompressionError) in bytes += output }
      }
    }
    try stream.finish(failure: same) { (output) throws(CompressionError) in bytes += output }
    #expect(try inflatedByPython(bytes) == plain)
    let (found, rest) = try inflated(bytes + [1, 2, 3], piece: piece, room: piece == 1 ? 1_000 : 150_000)
    #expect(found == plain)
    #expect(rest == 3)
  }

  @Test func whatIsDamagedOrCutOffIsTold() throws {
    let bytes = try deflated(Self.sample(1_000))
    #expect(throws: CompressionError.cutOff) { try inflated(Array(bytes.dropLast()), piece: 10, room: 100) }
    var damaged = bytes
    damaged[0] ^= 0xff
    #expect(throws: CompressionError.damaged) { try inflated(damaged, piece: 10, room: 100) }
    damaged = bytes
    damaged[damaged.count - 1] ^= 1
    #expect(throws: CompressionError.damaged) { try inflated(damaged, piece: 1_000, room: 2_000) }
    let inflater = try Inflater()
    let memory = Memory(count: 2_000)
    #expect(damaged.withUnsafeBytes { inflater.inflate($0, into: memory.bytes) } == nil)
    #expect(throws: CompressionError.level(13)) { _ = try Deflater(level: 13) }
    #expect("\(CompressionError.level(13))" == "compression level 13 is not supported")
  }

  /// The check value of the CRC-32 (that of `123456789`), whole and in two parts.
  @Test func checksumsGoOn() {
    let digits = Array("123456789".utf8)
    let whole = digits.withUnsafeBytes { crc32(0, $0) }
    #expect(whole == 0xcbf4_3926)
    let first = digits[..<4].withUnsafeBytes { crc32(0, $0) }
    #expect(digits[4...].withUnsafeBytes { crc32(first, $0) } == whole)
  }

  @Test(arguments: [[6], [0, 9], [1, 0, 6, 0]]) func gzip(levels: [Int]) throws {
    let plain = Self.sample(200_000)
    var bytes: [UInt8] = []
    var writer = try GzipWriter(level: levels[0])
    let sink = { (span: RawSpan) throws(CompressionError) in span.withUnsafeBytes { bytes += Array($0) } }
    for level in levels {
      try writer.setLevel(level, failure: same, sink: sink)
      try writer.append(plain.span.bytes, failure: same, sink: sink)
    }
    try writer.finish(failure: same, sink: sink)
    let whole = levels.flatMap { _ in plain }
    #expect(try run(["gzip", "-dc"], input: bytes).output == whole)
    let packed = bytes
    for piece in [1, 100, 1 << 20] {
      var position = 0
      var reader = try GzipReader(begun: [])
      var output = [UInt8](repeating: 0, count: whole.count + 10)
      let count = try reader.read(into: &output, upTo: output.count, failure: same) {
        (window) throws(CompressionError) in
        let part = packed[position..<min(position + min(piece, window.count), packed.count)]
        window.replaceSubrange(0..<part.count, with: part)
        position += part.count
        return part.count
      }
      #expect(Array(output[..<count]) == whole)
    }
  }
}
