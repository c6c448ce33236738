/// Compresses data that arrives in pieces into the gzip format (RFC 1952).
package struct GzipWriter: ~Copyable {
  private var stream: DeflateStream

  /// Creates a writer with a level from 0 (stored) to 9 (slowest).
  ///
  /// Higher levels are treated as 9.
  package init(level: Int) throws(CompressionError) {
    stream = try DeflateStream(level: level, format: .gzip)
  }

  /// Changes the level for the bytes that are appended from now on.
  ///
  /// - Parameters:
  ///   - level: The level, as for `init`.
  ///   - failure: Converts an error of zlib to the caller's error.
  ///   - sink: Receives the compressed bytes.
  /// - Throws: The error of zlib, converted by `failure`; the errors of `sink`.
  package mutating func setLevel<Failure: Error>(
    _ level: Int, failure: (CompressionError) -> Failure, sink: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    try stream.setLevel(level, failure: failure) { (bytes) throws(Failure) in
      try sink(RawSpan(_unsafeBytes: bytes))
    }
  }

  /// Compresses bytes, and passes the output to `sink`.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - failure: Converts an error of zlib to the caller's error.
  ///   - sink: Receives the compressed bytes.
  /// - Throws: The error of zlib, converted by `failure`; the errors of `sink`.
  package mutating func append<Failure: Error>(
    _ bytes: RawSpan, failure: (CompressionError) -> Failure, sink: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    try bytes.withUnsafeBytes { (buffer) throws(Failure) in
      try stream.append(buffer, failure: failure) { (bytes) throws(Failure) in
        try sink(RawSpan(_unsafeBytes: bytes))
      }
    }
  }

  /// Ends the stream, and passes the remaining output to `sink`.
  ///
  /// - Parameters:
  ///   - failure: Converts an error of zlib to the caller's error.
  ///   - sink: Receives the compressed bytes.
  /// - Throws: The error of zlib, converted by `failure`; the errors of `sink`.
  package mutating func finish<Failure: Error>(
    failure: (CompressionError) -> Failure, sink: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    try stream.finish(failure: failure) { (bytes) throws(Failure) in try sink(RawSpan(_unsafeBytes: bytes)) }
  }
}
