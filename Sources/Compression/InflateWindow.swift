/// Inflates a stream of zlib format that is read piece by piece, through a window of 64 KB.
package struct InflateWindow: ~Copyable {
  private var stream: InflateStream
  private let window = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// What of the window was not inflated yet.
  private var unread = 0..<0

  /// Begins a stream.
  package init() throws(CompressionError) { stream = try InflateStream() }

  deinit { window.deallocate() }

  /// How many bytes were read and not inflated; those that follow the stream, once it has ended.
  package var unreadCount: Int { unread.count }

  /// Inflates until the buffer is full or the stream ends.
  ///
  /// - Parameters:
  ///   - buffer: Where the bytes go.
  ///   - failure: The caller's error for one of the stream.
  ///   - refill: Reads the next deflated bytes into memory, and answers their number; 0 where there are no more.
  /// - Returns: The number of bytes.
  /// - Throws: What `failure` makes of `damaged` and `cutOff`, and what `refill` throws.
  package mutating func read<Failure: Error>(
    into buffer: UnsafeMutableRawBufferPointer, failure: (CompressionError) -> Failure,
    refill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    var count = 0
    while count < buffer.count, !stream.isFinished {
      if unread.isEmpty { unread = 0..<(try refill(window)) }
      do throws(CompressionError) {
        let (consumed, produced) = try stream.inflate(
          UnsafeRawBufferPointer(rebasing: window[unread]),
          into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        unread = unread.lowerBound + consumed..<unread.upperBound
        count += produced
        // Bytes may still come out of what zlib holds back; none do at the true end.
        if consumed == 0, produced == 0, !stream.isFinished { throw .cutOff }
      } catch {
        throw failure(error)
      }
    }
    return count
  }
}
