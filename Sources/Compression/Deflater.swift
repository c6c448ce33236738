internal import Clibdeflate

/// Deflates whole buffers into zlib format, with libdeflate.
package struct Deflater: ~Copyable {
  private let raw: OpaquePointer

  /// Takes a level from 0 (stored) to 12 (slowest).
  package init(level: Int) throws(CompressionError) {
    guard let number = CInt(exactly: level), let raw = libdeflate_alloc_compressor(number) else {
      throw .level(level)
    }
    self.raw = raw
  }

  deinit { libdeflate_free_compressor(raw) }

  /// The length that no deflated form of `count` bytes exceeds.
  package func bound(_ count: Int) -> Int { libdeflate_zlib_compress_bound(raw, count) }

  /// Deflates into a buffer that holds at least `bound(bytes.count)` bytes, and returns the length.
  package func deflate(
    _ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) -> Int {
    // An empty span has no address, and libdeflate wants one.
    let count = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty in
      libdeflate_zlib_compress(
        raw, bytes.baseAddress ?? UnsafeRawPointer(empty.baseAddress), bytes.count, output.baseAddress,
        output.count)
    }
    guard count > 0 else { throw .noRoom }
    return count
  }
}

/// Continues a CRC-32 (that of zlib and of pack indexes), which begins as 0.
package func crc32(_ checksum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
  libdeflate_crc32(checksum, bytes.baseAddress, bytes.count)
}
