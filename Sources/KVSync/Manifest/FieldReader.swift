internal import Identifiers

/// Reads the fields of a manifest one after the other. Integers are little-endian.
struct FieldReader {
  static let version: UInt16 = 1

  private let all: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { all = bytes }

  /// The next bytes.
  mutating func bytes(_ count: Int) throws(ManifestError) -> [UInt8] {
    guard all.count - position >= count else { throw .malformed("it is truncated") }
    defer { position += count }
    return Array(all[position..<position + count])
  }

  /// The next integer.
  mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(_ type: Value.Type) throws(ManifestError)
    -> Value
  {
    let bytes = try bytes(Value.bitWidth / 8)
    return bytes.reversed().reduce(0) { $0 << 8 | Value($1) }
  }

  /// The next digest; nil if it is all zeros.
  mutating func digest() throws(ManifestError) -> ModuleDigest? {
    let bytes = try bytes(ModuleDigest.byteCount)
    return bytes.allSatisfy { $0 == 0 } ? nil : ModuleDigest(bytes: bytes)
  }

  mutating func expect(_ expected: [UInt8], _ reason: String) throws(ManifestError) {
    guard try bytes(expected.count) == expected else { throw .malformed(reason) }
  }

  mutating func expectVersion() throws(ManifestError) {
    guard try integer(UInt16.self) == FieldReader.version else {
      throw .malformed("its version is not supported")
    }
  }

  mutating func expectZeros(_ count: Int) throws(ManifestError) {
    guard try bytes(count).allSatisfy({ $0 == 0 }) else { throw .malformed("a reserved field is not zero") }
  }

  func expectEnd() throws(ManifestError) {
    guard position == all.count else { throw .malformed("its length is wrong") }
  }
}

/// Writes the fields of a manifest one after the other. Integers are little-endian.
struct FieldWriter {
  private(set) var bytes: [UInt8] = []

  /// Starts with no bytes.
  ///
  /// - Parameter capacity: The expected number of bytes, if known.
  init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  mutating func append(_ bytes: [UInt8]) { self.bytes += bytes }

  mutating func append(_ integer: some FixedWidthInteger & UnsignedInteger) {
    var rest = UInt64(integer)
    for _ in 0..<integer.bitWidth / 8 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  mutating func appendZeros(_ count: Int) { bytes += [UInt8](repeating: 0, count: count) }
}
