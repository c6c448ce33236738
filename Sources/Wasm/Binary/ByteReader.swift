/// A cursor over contiguous bytes that knows its offset in the file.
///
/// No read goes past `end`: each first checks the length and throws `unexpectedEnd`. The creator of the reader owns the
/// memory, which must outlive it.
struct ByteReader {
  private(set) var position: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  /// The difference between an address and its offset in the file.
  private let addressBias: Int
  /// The features whose encodings were read: forms that the binary format only has since that feature.
  private var encodings: Features = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) {
    if let base = bytes.baseAddress {
      position = base
    } else {
      position = ByteReader.emptyBase
    }
    end = position + bytes.count
    addressBias = Int(bitPattern: position) &- offset
  }

  private init(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>, addressBias: Int) {
    self.position = start
    self.end = end
    self.addressBias = addressBias
  }

  /// The address of empty readers; it is never read.
  private static var emptyBase: UnsafePointer<UInt8> {
    UnsafePointer(bitPattern: 1).unsafelyUnwrapped
  }

  /// The offset of the next byte in the file.
  var offset: Int { Int(bitPattern: position) &- addressBias }
  /// The offset in the file of the byte after the last.
  var endOffset: Int { Int(bitPattern: end) &- addressBias }
  var remaining: Int { end - position }
  var isAtEnd: Bool { position == end }

  /// The remaining bytes.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: position, count: remaining) }
  /// The remaining bytes, as text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The remaining bytes, as text; nil if they are not well-formed UTF-8.
  var validText: String? {
    guard let text = try? UTF8Span(validating: bytes.span) else { return nil }
    return String(copying: text)
  }

  /// A reader of the same bytes that ends at `limit`, or at the end of this one if that is earlier.
  func limited(to limit: Int) -> ByteReader {
    let count = min(remaining, max(0, limit &- offset))
    return ByteReader(from: position, to: position + count, addressBias: addressBias)
  }

  /// A reader of the same bytes and up to `count` bytes of `rest`, which begins where this one ends.
  func extended(into rest: ByteReader, by count: Int) -> ByteReader {
    guard rest.position == end else { return self }
    return ByteReader(from: position, to: end + min(rest.remaining, max(0, count)), addressBias: addressBias)
  }

  /// A reader of the next `count` bytes; this reader moves after them.
  mutating func slice(_ count: Int) throws(ValidationError) -> ByteReader {
    guard count <= remaining else { throw truncated() }
    let start = position
    position += count
    return ByteReader(from: start, to: position, addressBias: addressBias)
  }

  /// Moves to the position of `other`, a reader of the same bytes.
  mutating func move(to other: borrowing ByteReader) {
    position = other.position
  }

  /// Moves forward by at most `count` bytes, and at most to the end.
  mutating func skip(upTo count: Int) {
    position += min(remaining, max(0, count))
  }

  /// Moves forward to a byte up to which other code has read, at or before the end.
  @inline(__always)
  mutating func skip(to later: UnsafePointer<UInt8>) { position = later }

  /// Moves back to an earlier offset of this reader.
  mutating func rewind(to earlier: Int) {
    position -= max(0, offset &- earlier)
  }

  mutating func skip(_ count: Int) throws(ValidationError) {
    guard count <= remaining else { throw truncated() }
    position += count
  }

  @inline(__always)
  mutating func byte() throws(ValidationError) -> UInt8 {
    guard position != end else { throw truncated() }
    let value = position.pointee
    position += 1
    return value
  }

  @inline(__always)
  func peek() throws(ValidationError) -> UInt8 {
    guard position != end else { throw truncated() }
    return position.pointee
  }

  /// Records that an encoding was read that only a feature allows.
  mutating func noteEncoding(of feature: Features) { encodings.formUnion(feature) }

  /// The features whose encodings were read since the last call.
  mutating func takeEncodings() -> Features {
    defer { encodings = [] }
    return encodings
  }

  /// Reads a vector's length and throws if it is above `limit`; `subject` names the counted items.
  mutating func count(upTo limit: Int, _ subject: String) throws(ValidationError) -> Int {
    let start = offset
    let count = Int(try u32())
    guard count <= limit else {
      throw ValidationError(.limit, at: start, "\(subject) count of \(count) exceeds the limit of \(limit)")
    }
    return count
  }

  /// Reads one byte that must be 0 or 1.
  mutating func boolean(_ subject: String) throws(ValidationError) -> Bool {
    let value = try byte()
    guard value <= 1 else { throw unexpected(value, subject) }
    return value == 1
  }

  @inline(never)
  func truncated() -> ValidationError { .unexpectedEnd(at: endOffset) }

  @inline(never)
  func malformed(_ message: String, at place: Int? = nil) -> ValidationError {
    ValidationError(.malformed, at: place ?? offset, message)
  }

  /// The error of a length that goes past the end of the enclosing item.
  func lengthOutOfBounds(at place: Int? = nil) -> ValidationError {
    malformed(ValidationError.lengthOutOfBounds, at: place)
  }

  /// The error of an unexpected byte that was just read.
  @inline(never)
  func unexpected(_ byte: UInt8, _ subject: String) -> ValidationError {
    let hex = String(byte, radix: 16)
    return ValidationError(.malformed, at: offset &- 1, "invalid leading byte (0x\(hex)) for \(subject)")
  }
}
