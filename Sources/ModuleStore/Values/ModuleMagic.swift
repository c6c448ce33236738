/// The first bytes of every WebAssembly binary (Core specification 5.5.16).
enum ModuleMagic {
  static let bytes: [UInt8] = [0x00, 0x61, 0x73, 0x6d]
  /// The length of the header, in bytes: these bytes, the version and the layer.
  static let headerLength = 8

  static func begins(_ chunk: RawSpan) -> Bool { Array(first: bytes.count, of: chunk) == bytes }

  /// Appends the next bytes to an incomplete header, up to the length of a header.
  static func complete(_ header: inout [UInt8], from chunk: RawSpan) {
    header += Array(first: headerLength - header.count, of: chunk)
  }
}

extension [UInt8] {
  /// Copies the first bytes of a span, or all if it is shorter.
  fileprivate init(first count: Int, of span: RawSpan) {
    self = (0..<Swift.min(count, span.byteCount)).map { span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
  }
}
