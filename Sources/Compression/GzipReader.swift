/// Decompresses gzip format (RFC 1952) that is read piece by piece: one stream, or several that follow each other.
package struct GzipReader: ~Copyable {
  private var stream: InflateStream
  /// What was read and not inflated yet.
  private var window: [UInt8]
  private var unread: Range<Int>
  private var hasEnded = false

  /// The two bytes that each stream begins with.
  package static let magic: [UInt8] = [0x1f, 0x8b]

  /// Begins with bytes that were read already.
  package init(begun bytes: [UInt8]) throws(CompressionError) {
    stream = try InflateStream(format: .gzip)
    window = bytes + [UInt8](repeating: 0, count: max(0, (1 << 16) - bytes.count))
    unread = 0..<bytes.count
  }

  /// Decompresses until so many bytes of the buffer are filled, or the last stream ends.
  ///
  /// - Parameters:
  ///   - buffer: Where the bytes go.
  ///   - length: The most bytes that are read.
  ///   - failure: The caller's error for one of the stream.
  ///   - refill: Reads the next compressed bytes into an array, and answers their number; 0 where there are no more.
  /// - Returns: The number of bytes; less than `length` at the end only.
  /// - Throws: What `failure` makes of `damaged` and `cutOff`, and what `refill` throws.
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

  /// Goes to the stream that follows. Zeros in its place fill the last block of a tape.
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
    // Bytes may still come out of what zlib holds back; none do at the true end.
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
