internal import Clibdeflate

/// Compresses whole buffers into the zlib format, with libdeflate.
package struct Deflater: ~Copyable {
  private let raw: OpaquePointer

  /// Creates a compressor with a level from 0 (stored) to 12 (slowest).
  package init(level: Int) throws(CompressionError) {
    guard let number = CInt(exactly: level), let raw = libdeflate_alloc_compressor(number) else {
      throw .level(level)
    }
    self.raw = raw
  }

  deinit { libdeflate_free_compressor(raw) }

  /// Returns the maximum compressed length of `count` bytes.
  package func bound(_ count: Int) -> Int { libdeflate_zlib_compress_bound(raw, count) }

  /// Compresses into a buffer of at least `bound(bytes.count)` bytes, and returns the length.
  package func deflate(
    _ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) -> Int {
    // An empty buffer has no address, but libdeflate requires one.
    let count = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty in
      libdeflate_zlib_compress(
        raw, bytes.baseAddress ?? UnsafeRawPointer(empty.baseAddress), bytes.count, output.baseAddress,
        output.count)
    }
    guard count > 0 else { throw .noRoom }
    return count
  }
}

/// Updates a CRC-32 (that of zlib and of pack indexes), whose initial value is 0.
package func crc32(_ checksum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
  libdeflate_crc32(checksum, bytes.baseAddress, bytes.count)
}
