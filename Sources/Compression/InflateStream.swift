internal import Czlib

/// Decompresses data that arrives in pieces, with zlib.
struct InflateStream: ~Copyable {
  /// The state of zlib, which stores the address of the state, so the state must not move with this value.
  private let state: UnsafeMutablePointer<z_stream>
  /// Whether the end of the stream was reached, with a correct checksum.
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

  /// Decompresses as much as the input and the output buffer allow, and returns how many bytes of each were used.
  ///
  /// - Throws: `damaged` if the stream is not valid; `noMemory`.
  mutating func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) -> (consumed: Int, produced: Int) {
    let input = UnsafeRawBufferPointer(rebasing: input.prefix(1 << 30))
    let output = UnsafeMutableRawBufferPointer(rebasing: output.prefix(1 << 30))
    // zlib's declaration lacks `const`, but zlib does not write to the input.
    state.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    state.pointee.avail_in = UInt32(input.count)
    state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(output.count)
    switch Czlib.inflate(state, Z_NO_FLUSH) {
    case Z_STREAM_END: isFinished = true
    // `Z_BUF_ERROR` means only that more input or room is needed.
    case Z_OK, Z_BUF_ERROR: break
    case Z_MEM_ERROR: throw .noMemory
    default: throw .damaged
    }
    return (input.count - Int(state.pointee.avail_in), output.count - Int(state.pointee.avail_out))
  }
}
