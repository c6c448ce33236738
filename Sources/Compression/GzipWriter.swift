/// Compresses bytes that come in pieces into gzip format (RFC 1952).
package struct GzipWriter: ~Copyable {
  private var stream: DeflateStream

  /// Takes a level from 0 (stored) to 9 (slowest); higher ones count as 9.
  package init(level: Int) throws(CompressionError) {
    stream = try DeflateStream(level: level, format: .gzip)
  }

  /// Changes the level for what is appended from now on.
  ///
  /// - Parameters:
  ///   - level: As for `init`.
  ///   - failure: The caller's error for one of zlib's.
  ///   - sink: Takes compressed bytes.
  /// - Throws: What `failure` makes of an error, and what `sink` throws.
  package mutating func setLevel<Failure: Error>(
    _ level: Int, failure: (CompressionError) -> Failure, sink: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    try stream.setLevel(level, failure: failure) { (bytes) throws(Failure) in
      try sink(RawSpan(_unsafeBytes: bytes))
    }
  }

  /// Compresses bytes, handing to `sink` what comes out.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - failure: The caller's error for one of zlib's.
  ///   - sink: Takes compressed bytes.
  /// - Throws: What `failure` makes of an error, and what `sink` throws.
  package mutating func append<Failure: Error>(
    _ bytes: RawSpan, failure: (CompressionError) -> Failure, sink: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    try bytes.withUnsafeBytes { (buffer) throws(Failure) in
      try stream.append(buffer, failure: failure) { (bytes) throws(Failure) in
        try sink(RawSpan(_unsafeBytes: bytes))
      }
    }
  }

  /// Ends the stream, handing to `sink` what is left.
  ///
  /// - Parameters:
  ///   - failure: The caller's error for one of zlib's.
  ///   - sink: Takes compressed bytes.
  /// - Throws: What `failure` makes of an error, and what `sink` throws.
  package mutating func finish<Failure: Error>(
    failure: (CompressionError) -> Failure, sink: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    try stream.finish(failure: failure) { (bytes) throws(Failure) in try sink(RawSpan(_unsafeBytes: bytes)) }
  }
}
