internal import Clibdeflate

/// Inflates whole buffers of zlib format, with libdeflate.
package struct Inflater: ~Copyable {
  private let raw: OpaquePointer

  /// Takes memory for the library's tables.
  package init() throws(CompressionError) {
    guard let raw = libdeflate_alloc_decompressor() else { throw .noMemory }
    self.raw = raw
  }

  deinit { libdeflate_free_decompressor(raw) }

  /// Inflates the stream that `input` begins with so that it fills `output` exactly, and returns how many
  /// bytes the stream takes; nil when it is damaged, cut off, shorter or longer.
  package func inflate(
    _ input: UnsafeRawBufferPointer, filling output: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard let (length, produced) = inflate(input, into: output), produced == output.count else { return nil }
    return length
  }

  /// Inflates the stream that `input` begins with, and returns how many bytes the stream takes and how many came
  /// out; nil when it is damaged or cut off, or does not fit.
  package func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> (length: Int, produced: Int)? {
    var length = 0
    var produced = 0
    let status = libdeflate_zlib_decompress_ex(
      raw, input.baseAddress, input.count, output.baseAddress, output.count, &length, &produced)
    return status == LIBDEFLATE_SUCCESS ? (length, produced) : nil
  }

  /// No stream of `count` bytes inflates to more than this: deflate's limit is 1,032 to 1.
  package static func limit(of count: Int) -> Int {
    let (limit, overflow) = (count + 64).multipliedReportingOverflow(by: 1032)
    return overflow ? Int.max : limit
  }
}
