/// Decompresses gzip data (RFC 1952) that is read in pieces: one stream, or several concatenated ones.
package struct GzipReader: ~Copyable {
  private var stream: InflateStream
  /// The buffer for compressed data. `unread` is the part that is not decompressed yet.
  private var window: [UInt8]
  private var unread: Range<Int>
  private var hasEnded = false

  /// The first two bytes of each stream.
  package static let magic: [UInt8] = [0x1f, 0x8b]

  /// Creates a reader with compressed bytes that were already read.
  package init(begun bytes: [UInt8]) throws(CompressionError) {
    stream = try InflateStream(format: .gzip)
    window = bytes + [UInt8](repeating: 0, count: max(0, (1 << 16) - bytes.count))
    unread = 0..<bytes.count
  }

  /// Decompresses until `length` bytes of the buffer are filled, or the last stream ends.
  ///
  /// - Parameters:
  ///   - buffer: The buffer for the decompressed bytes.
  ///   - length: The maximum number of bytes.
  ///   - failure: Converts an error of the stream to the caller's error.
  ///   - refill: Reads the next compressed bytes into an array and returns their number; 0 at the end.
  /// - Returns: The number of bytes. It is less than `length` only at the end.
  /// - Throws: The errors `damaged` and `cutOff`, converted by `failure`; the errors of `refill`.
  package mutating func read<Failure: Error>(
    into buffer: inout [UInt8], upTo length: Int, failure: (CompressionError) -> Failure,
    refill: (inout [UInt8]) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    var count = 0
    while count < length, !hasEnded {
      if unread.isEmpty { unread = 0..<(try refill(&window)) }
      do throws(CompressionError) {
        if stream.isFinished {
          try beginNext()
        } else {
          let produced = try inflate(into: &buffer, count..<length)
          count += produced
        }
      } catch {
        throw failure(error)
      }
    }
    return count
  }

  /// Starts the next stream.
  ///
  /// Zeros between streams are skipped; they fill the last block of a tape.
  private mutating func beginNext() throws(CompressionError) {
    hasEnded = unread.isEmpty
    guard let start = window[unread].firstIndex(where: { $0 != 0 }) else {
      unread = unread.upperBound..<unread.upperBound
      return
    }
    unread = start..<unread.upperBound
    stream = try InflateStream(format: .gzip)
  }

  private mutating func inflate(
    into buffer: inout [UInt8], _ room: Range<Int>
  ) throws(CompressionError) -> Int {
    let (consumed, produced) = try Self.inflate(&stream, window[unread], into: &buffer, room)
    unread = unread.lowerBound + consumed..<unread.upperBound
    // zlib may have buffered output even if there is no input. If it has none, the data is cut off.
    if consumed == 0, produced == 0, !stream.isFinished { throw .cutOff }
    return produced
  }

  private static func inflate(
    _ stream: inout InflateStream, _ input: ArraySlice<UInt8>, into buffer: inout [UInt8], _ room: Range<Int>
  ) throws(CompressionError) -> (consumed: Int, produced: Int) {
    var output = buffer.mutableSpan
    return try output.withUnsafeMutableBytes { (output) throws(CompressionError) in
      try input.span.bytes.withUnsafeBytes { (input) throws(CompressionError) in
        try stream.inflate(input, into: UnsafeMutableRawBufferPointer(rebasing: output[room]))
      }
    }
  }
}
