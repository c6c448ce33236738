package import SystemPackage

/// Collects small pieces before they are written to an open file.
package final class OutputBuffer {
  private let output: FileDescriptor
  private var bytes: [UInt8] = []

  private static let size = 256 << 10

  /// Writes to a file that its owner keeps open.
  package init(_ output: FileDescriptor) { self.output = output }

  /// Appends bytes.
  package func append(_ chunk: RawSpan) throws(Errno) {
    if bytes.isEmpty, chunk.byteCount >= Self.size { return try writeAll(chunk, to: output) }
    chunk.withUnsafeBytes { bytes.append(contentsOf: $0) }
    if bytes.count >= Self.size { try flush() }
  }

  /// Writes the collected bytes.
  package func flush() throws(Errno) {
    let pending = bytes
    bytes = []
    try writeAll(pending.span.bytes, to: output)
  }
}
