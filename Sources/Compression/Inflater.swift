internal import Clibdeflate

/// Decompresses whole buffers in the zlib format, with libdeflate.
package struct Inflater: ~Copyable {
  private let raw: OpaquePointer

  /// Creates a decompressor, which allocates memory for the library's tables.
  package init() throws(CompressionError) {
    guard let raw = libdeflate_alloc_decompressor() else { throw .noMemory }
    self.raw = raw
  }

  deinit { libdeflate_free_decompressor(raw) }

  /// Decompresses the stream at the start of `input`, which must fill `output` exactly, and returns the length of the
  /// stream in bytes; nil if the stream is damaged, incomplete, or has another size.
  package func inflate(
    _ input: UnsafeRawBufferPointer, filling output: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard let (length, produced) = inflate(input, into: output), produced == output.count else { return nil }
    return length
  }

  /// Decompresses the stream at the start of `input`, and returns its length and the number of decompressed bytes; nil
  /// if the stream is damaged, incomplete, or larger than `output`.
  package func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> (length: Int, produced: Int)? {
    var length = 0
    var produced = 0
    let status = libdeflate_zlib_decompress_ex(
      raw, input.baseAddress, input.count, output.baseAddress, output.count, &length, &produced)
    return status == LIBDEFLATE_SUCCESS ? (length, produced) : nil
  }

  /// Returns the maximum decompressed size of a stream of `count` bytes: the maximum ratio of deflate is 1,032 to 1.
  package static func limit(of count: Int) -> Int {
    let (limit, overflow) = (count + 64).multipliedReportingOverflow(by: 1032)
    return overflow ? Int.max : limit
  }
}
