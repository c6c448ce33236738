internal import Czlib

/// The container format of a deflate stream.
package enum DeflateFormat: Sendable {
  /// The zlib format (RFC 1950), as in git's objects.
  case zlib
  /// The gzip format (RFC 1952), without a file name and a time, so that equal input gives equal output.
  case gzip

  /// The format in zlib's `windowBits`: the size of the window, plus 16 for gzip.
  var windowBits: CInt { self == .zlib ? 15 : 31 }
}

/// Compresses data that arrives in pieces, with zlib.
package struct DeflateStream: ~Copyable {
  /// The state of zlib, which stores the address of the state, so the state must not move with this value.
  private let state: UnsafeMutablePointer<z_stream>
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

  /// Creates a stream with a level from 0 (stored) to 9 (slowest).
  ///
  /// Higher levels are treated as 9.
  package init(level: Int, format: DeflateFormat = .zlib) throws(CompressionError) {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    let size = CInt(MemoryLayout<z_stream>.size)
    let status = deflateInit2_(
      state, CInt(clamping: min(level, 9)), Z_DEFLATED, format.windowBits, 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, size)
    guard status == Z_OK else {
      state.deallocate()
      output.deallocate()
      throw .library("begin to deflate", status: status)
    }
  }

  deinit {
    deflateEnd(state)
    state.deallocate()
    output.deallocate()
  }

  /// Compresses bytes, and passes the output to `sink`.
  ///
  /// - Throws: The error of zlib, converted by `failure`; the errors of `sink`.
  package mutating func append<Failure: Error>(
    _ bytes: UnsafeRawBufferPointer, failure: (CompressionError) -> Failure,
    sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var rest = bytes
    while !rest.isEmpty {
      let count = min(rest.count, 1 << 30)
      // zlib's declaration lacks `const`, but zlib does not write to the input.
      state.pointee.next_in = UnsafeMutablePointer(
        mutating: rest.baseAddress?.assumingMemoryBound(to: UInt8.self))
      state.pointee.avail_in = UInt32(count)
      while state.pointee.avail_in > 0 { _ = try step(Z_NO_FLUSH, failure: failure, sink: sink) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Ends the stream, and passes the remaining output to `sink`.
  ///
  /// - Throws: The error of zlib, converted by `failure`; the errors of `sink`.
  package mutating func finish<Failure: Error>(
    failure: (CompressionError) -> Failure, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    state.pointee.next_in = nil
    state.pointee.avail_in = 0
    while try step(Z_FINISH, failure: failure, sink: sink) != Z_STREAM_END {}
  }

  /// Changes the level for the bytes that are appended from now on.
  ///
  /// - Throws: The error of zlib, converted by `failure`; the errors of `sink`.
  package mutating func setLevel<Failure: Error>(
    _ level: Int, failure: (CompressionError) -> Failure,
    sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    state.pointee.next_in = nil
    state.pointee.avail_in = 0
    // zlib first writes its buffered output, and returns `Z_BUF_ERROR` until there was enough room for it.
    while try step(
      failure: failure, sink: sink, { deflateParams($0, CInt(clamping: min(level, 9)), Z_DEFAULT_STRATEGY) })
      != Z_OK
    {}
  }

  private mutating func step<Failure: Error>(
    _ flush: CInt, failure: (CompressionError) -> Failure,
    sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) -> CInt {
    try step(failure: failure, sink: sink) { Czlib.deflate($0, flush) }
  }

  private mutating func step<Failure: Error>(
    failure: (CompressionError) -> Failure, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void,
    _ call: (UnsafeMutablePointer<z_stream>) -> CInt
  ) throws(Failure) -> CInt {
    state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(output.count)
    let status = call(state)
    // `Z_BUF_ERROR` means only that more room is needed.
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw failure(.library("deflate", status: status))
    }
    let count = output.count - Int(state.pointee.avail_out)
    if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: output[..<count])) }
    return status
  }
}
