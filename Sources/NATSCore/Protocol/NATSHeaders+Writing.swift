extension NATSHeaders {
  /// The length of the block in bytes.
  package var byteCount: Int {
    fields.reduce(NATSHeaders.version.count + 4) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
  }

  /// Appends the block.
  ///
  /// - Throws: `NATSError.invalidHeader` if a name or a value cannot be part of a line.
  package func write(to bytes: inout [UInt8]) throws(NATSError) {
    bytes += NATSHeaders.version
    bytes += [0x0d, 0x0a]
    for field in fields {
      guard !field.name.isEmpty, field.name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x3a }),
        field.value.utf8.allSatisfy({ $0 != 0x0d && $0 != 0x0a })
      else { throw .invalidHeader(field.name) }
      bytes += field.name.utf8
      bytes += [0x3a, 0x20]
      bytes += field.value.utf8
      bytes += [0x0d, 0x0a]
    }
    bytes += [0x0d, 0x0a]
  }
}
