internal import Clibdeflate
internal import Czlib

/// Inflates whole buffers of zlib format, with libdeflate.
struct Inflater: ~Copyable {
  private let raw: OpaquePointer

  init() throws(GitError) {
    guard let raw = libdeflate_alloc_decompressor() else {
      throw GitError(.failed, "no memory to inflate")
    }
    self.raw = raw
  }

  deinit { libdeflate_free_decompressor(raw) }

  /// Inflates the stream that `input` begins with so that it fills `output` exactly, and returns how many
  /// bytes the stream takes; nil when it is damaged, cut off, shorter or longer.
  func inflate(_ input: UnsafeRawBufferPointer, filling output: UnsafeMutableRawBufferPointer) -> Int? {
    guard let (length, produced) = inflate(input, into: output), produced == output.count else { return nil }
    return length
  }

  /// Inflates the stream that `input` begins with, and returns how many bytes the stream takes and how many came
  /// out; nil when it is damaged or cut off, or does not fit.
  func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> (length: Int, produced: Int)? {
    var length = 0
    var produced = 0
    let status = libdeflate_zlib_decompress_ex(
      raw, input.baseAddress, input.count, output.baseAddress, output.count, &length, &produced)
    return status == LIBDEFLATE_SUCCESS ? (length, produced) : nil
  }
}

/// Inflates bytes of zlib format that come in pieces, with zlib.
struct InflateStream: ~Copyable {
  /// zlib keeps the address of its state, so that it must not move with this value.
  private let state: UnsafeMutablePointer<z_stream>
  /// Whether the stream came to its end with the right checksum.
  private(set) var isFinished = false

  init() throws(GitError) {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    let status = inflateInit_(state, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      state.deallocate()
      throw GitError(.failed, "zlib cannot begin to inflate (\(status))")
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
  ) throws(GitError) -> (consumed: Int, produced: Int) {
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
    case Z_MEM_ERROR: throw GitError(.failed, "no memory to inflate")
    default: throw GitError(.damaged, "the deflated bytes are not valid")
    }
    return (input.count - Int(state.pointee.avail_in), output.count - Int(state.pointee.avail_out))
  }
}
