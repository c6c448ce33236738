/// A cursor over one contiguous run of bytes that knows where in the file it stands.
///
/// No read goes past `end`: each checks its length first and throws `unexpectedEnd`. The memory belongs to
/// whoever made the reader and must outlive it.
struct ByteReader {
  private(set) var position: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  /// What is subtracted from an address to give its offset in the file.
  private let addressBias: Int
  /// The features whose encodings were read: forms that the binary format has only since that feature.
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

  /// An address for readers of nothing; it is never read.
  private static var emptyBase: UnsafePointer<UInt8> {
    UnsafePointer(bitPattern: 1).unsafelyUnwrapped
  }

  /// The place of the next byte in the file.
  var offset: Int { Int(bitPattern: position) &- addressBias }
  /// The place in the file of the byte behind the last.
  var endOffset: Int { Int(bitPattern: end) &- addressBias }
  var remaining: Int { end - position }
  var isAtEnd: Bool { position == end }

  /// The bytes that are left.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: position, count: remaining) }
  /// The bytes that are left, as text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The bytes that are left, as text; nil where they are no well-formed UTF-8.
  var validText: String? {
    guard let text = try? UTF8Span(validating: bytes.span) else { return nil }
    return String(copying: text)
  }

  /// A reader of the same bytes that ends at `limit`, or where this one ends if that is earlier.
  func limited(to limit: Int) -> ByteReader {
    let count = min(remaining, max(0, limit &- offset))
    return ByteReader(from: position, to: position + count, addressBias: addressBias)
  }

  /// A reader of the same bytes and of up to `count` of those of `rest`, which begins where this one ends.
  func extended(into rest: ByteReader, by count: Int) -> ByteReader {
    guard rest.position == end else { return self }
    return ByteReader(from: position, to: end + min(rest.remaining, max(0, count)), addressBias: addressBias)
  }

  /// A reader of the next `count` bytes; this one moves behind them.
  mutating func slice(_ count: Int) throws(ValidationError) -> ByteReader {
    guard count <= remaining else { throw truncated() }
    let start = position
    position += count
    return ByteReader(from: start, to: position, addressBias: addressBias)
  }

  /// Moves to where `other`, a reader of the same bytes, stands.
  mutating func move(to other: borrowing ByteReader) {
    position = other.position
  }

  /// Moves forward by at most `count` bytes, as far as there are bytes.
  mutating func skip(upTo count: Int) {
    position += min(remaining, max(0, count))
  }

  /// Moves forward to a byte that someone else has read up to, at or before the end.
  @inline(__always)
  mutating func skip(to later: UnsafePointer<UInt8>) { position = later }

  /// Moves back to an offset that this reader has passed.
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

  /// Notes that what was read is written in a form that only a feature allows.
  mutating func noteEncoding(of feature: Features) { encodings.formUnion(feature) }

  /// The features whose encodings were read since the last call.
  mutating func takeEncodings() -> Features {
    defer { encodings = [] }
    return encodings
  }

  /// Reads a vector's length and refuses one above `limit`, with `subject` naming what is counted.
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

  /// The refusal of a length that goes past the end of what holds it.
  func lengthOutOfBounds(at place: Int? = nil) -> ValidationError {
    malformed(ValidationError.lengthOutOfBounds, at: place)
  }

  /// The refusal of the byte just read.
  @inline(never)
  func unexpected(_ byte: UInt8, _ subject: String) -> ValidationError {
    let hex = String(byte, radix: 16)
    return ValidationError(.malformed, at: offset &- 1, "invalid leading byte (0x\(hex)) for \(subject)")
  }
}
