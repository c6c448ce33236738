/// Decompresses a zlib stream that is read in pieces, through a buffer of 64 KiB.
package struct InflateWindow: ~Copyable {
  private var stream: InflateStream
  private let window = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// The part of the window that is not decompressed yet.
  private var unread = 0..<0

  /// Starts a stream.
  package init() throws(CompressionError) { stream = try InflateStream() }

  deinit { window.deallocate() }

  /// The number of bytes that were read, but not decompressed.
  ///
  /// After the end of the stream, these are the bytes that follow it.
  package var unreadCount: Int { unread.count }

  /// Decompresses until the buffer is full or the stream ends.
  ///
  /// - Parameters:
  ///   - buffer: The buffer for the decompressed bytes.
  ///   - failure: Converts an error of the stream to the caller's error.
  ///   - refill: Reads the next compressed bytes into memory and returns their number; 0 at the end.
  /// - Returns: The number of bytes.
  /// - Throws: The errors `damaged` and `cutOff`, converted by `failure`; the errors of `refill`.
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
        // zlib may have buffered output even if there is no input. If it has none, the data is cut off.
        if consumed == 0, produced == 0, !stream.isFinished { throw .cutOff }
      } catch {
        throw failure(error)
      }
    }
    return count
  }
}
