internal import Czlib

/// What stands around deflated bytes.
package enum DeflateFormat: Sendable {
  /// RFC 1950, as in git's objects.
  case zlib
  /// RFC 1952, as `gzip` writes it; without a name and a time, so that equal bytes give equal bytes.
  case gzip

  /// What zlib calls it: the size of its window, and 16 more for gzip.
  var windowBits: CInt { self == .zlib ? 15 : 31 }
}

/// Deflates bytes that come in pieces, with zlib.
package struct DeflateStream: ~Copyable {
  /// zlib keeps the address of its state, so that it must not move with this value.
  private let state: UnsafeMutablePointer<z_stream>
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

  /// Takes a level from 0 (stored) to 9 (slowest); higher ones count as 9.
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

  /// Deflates bytes, handing to `sink` what comes out.
  ///
  /// - Throws: What `failure` makes of an error of zlib's, and what `sink` throws.
  package mutating func append<Failure: Error>(
    _ bytes: UnsafeRawBufferPointer, failure: (CompressionError) -> Failure,
    sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var rest = bytes
    while !rest.isEmpty {
      let count = min(rest.count, 1 << 30)
      // zlib's declaration lacks a const; it does not write here.
      state.pointee.next_in = UnsafeMutablePointer(
        mutating: rest.baseAddress?.assumingMemoryBound(to: UInt8.self))
      state.pointee.avail_in = UInt32(count)
      while state.pointee.avail_in > 0 { _ = try step(Z_NO_FLUSH, failure: failure, sink: sink) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Ends the stream, handing to `sink` what is left.
  ///
  /// - Throws: What `failure` makes of an error of zlib's, and what `sink` throws.
  package mutating func finish<Failure: Error>(
    failure: (CompressionError) -> Failure, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    state.pointee.next_in = nil
    state.pointee.avail_in = 0
    while try step(Z_FINISH, failure: failure, sink: sink) != Z_STREAM_END {}
  }

  /// Changes the level for what is appended from now on.
  ///
  /// - Throws: What `failure` makes of an error of zlib's, and what `sink` throws.
  package mutating func setLevel<Failure: Error>(
    _ level: Int, failure: (CompressionError) -> Failure,
    sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    state.pointee.next_in = nil
    state.pointee.avail_in = 0
    // zlib first hands out what it holds back, and asks for more room until it has.
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
    // A "buffer error" says only that more room is needed.
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw failure(.library("deflate", status: status))
    }
    let count = output.count - Int(state.pointee.avail_out)
    if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: output[..<count])) }
    return status
  }
}
