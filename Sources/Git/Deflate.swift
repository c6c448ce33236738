internal import Clibdeflate
internal import Czlib

/// Deflates whole buffers into zlib format, with libdeflate.
struct Deflater: ~Copyable {
  private let raw: OpaquePointer

  /// Takes a level from 0 (stored) to 12 (slowest).
  init(level: Int) throws(GitError) {
    guard let level = CInt(exactly: level), let raw = libdeflate_alloc_compressor(level) else {
      throw GitError(.failed, "no compressor for level \(level)")
    }
    self.raw = raw
  }

  deinit { libdeflate_free_compressor(raw) }

  /// The length that no deflated form of `count` bytes exceeds.
  func bound(_ count: Int) -> Int { libdeflate_zlib_compress_bound(raw, count) }

  /// Deflates into a buffer that holds at least `bound(bytes.count)` bytes, and returns the length.
  func deflate(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
    throws(GitError) -> Int
  {
    // An empty span has no address, and libdeflate wants one.
    let count = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty in
      libdeflate_zlib_compress(
        raw, bytes.baseAddress ?? UnsafeRawPointer(empty.baseAddress), bytes.count, output.baseAddress,
        output.count)
    }
    guard count > 0 else { throw GitError(.failed, "the deflated bytes do not fit their bound") }
    return count
  }
}

/// Continues a CRC-32 (that of zlib and of pack indexes), which begins as 0.
func crc32(_ checksum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
  libdeflate_crc32(checksum, bytes.baseAddress, bytes.count)
}

/// Deflates bytes that come in pieces into zlib format, with zlib.
struct DeflateStream: ~Copyable {
  /// zlib keeps the address of its state, so that it must not move with this value.
  private let state: UnsafeMutablePointer<z_stream>
  private let output = ByteBuffer(count: 1 << 16)

  /// Takes a level from 0 (stored) to 9 (slowest); higher ones count as 9.
  init(level: Int) throws(GitError) {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    let size = CInt(MemoryLayout<z_stream>.size)
    let status = deflateInit_(state, CInt(clamping: min(level, 9)), ZLIB_VERSION, size)
    guard status == Z_OK else {
      state.deallocate()
      throw GitError(.failed, "zlib cannot begin to deflate (\(status))")
    }
  }

  deinit {
    deflateEnd(state)
    state.deallocate()
  }

  /// Deflates bytes, handing to `sink` what comes out.
  mutating func append(
    _ bytes: UnsafeRawBufferPointer, sink: (UnsafeRawBufferPointer) throws(GitError) -> Void
  ) throws(GitError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = min(rest.count, 1 << 30)
      // zlib's declaration lacks a const; it does not write here.
      state.pointee.next_in = UnsafeMutablePointer(
        mutating: rest.baseAddress?.assumingMemoryBound(to: UInt8.self))
      state.pointee.avail_in = UInt32(count)
      while state.pointee.avail_in > 0 { _ = try step(Z_NO_FLUSH, sink: sink) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Ends the stream, handing to `sink` what is left.
  mutating func finish(sink: (UnsafeRawBufferPointer) throws(GitError) -> Void) throws(GitError) {
    state.pointee.next_in = nil
    state.pointee.avail_in = 0
    while try step(Z_FINISH, sink: sink) != Z_STREAM_END {}
  }

  private mutating func step(
    _ flush: CInt, sink: (UnsafeRawBufferPointer) throws(GitError) -> Void
  ) throws(GitError) -> CInt {
    state.pointee.next_out = output.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(output.bytes.count)
    let status = Czlib.deflate(state, flush)
    guard status == Z_OK || status == Z_STREAM_END else {
      throw GitError(.failed, "zlib cannot deflate (\(status))")
    }
    let count = output.bytes.count - Int(state.pointee.avail_out)
    if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: output.bytes[..<count])) }
    return status
  }
}
