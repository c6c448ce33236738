internal import Czlib

/// Inflates bytes that come in pieces, with zlib.
struct InflateStream: ~Copyable {
  /// zlib keeps the address of its state, so that it must not move with this value.
  private let state: UnsafeMutablePointer<z_stream>
  /// Whether the stream came to its end with the right checksum.
  private(set) var isFinished = false

  init(format: DeflateFormat = .zlib) throws(CompressionError) {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    let status = inflateInit2_(
      state, format.windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      state.deallocate()
      throw .library("begin to inflate", status: status)
    }
  }

  deinit {
    inflateEnd(state)
    state.deallocate()
  }

  /// Inflates as much as input and room allow, and returns how many bytes of each were used.
  ///
  /// - Throws: `damaged` when the stream is not valid.
  mutating func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) -> (consumed: Int, produced: Int) {
    let input = UnsafeRawBufferPointer(rebasing: input.prefix(1 << 30))
    let output = UnsafeMutableRawBufferPointer(rebasing: output.prefix(1 << 30))
    // zlib's declaration lacks a const; it does not write here.
    state.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    state.pointee.avail_in = UInt32(input.count)
    state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(output.count)
    switch Czlib.inflate(state, Z_NO_FLUSH) {
    case Z_STREAM_END: isFinished = true
    // A "buffer error" says only that there was nothing to do without more input or room.
    case Z_OK, Z_BUF_ERROR: break
    case Z_MEM_ERROR: throw .noMemory
    default: throw .damaged
    }
    return (input.count - Int(state.pointee.avail_in), output.count - Int(state.pointee.avail_out))
  }
}
