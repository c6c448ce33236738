internal import ByteText

/// A part of a content.
final class ByteRange {
  let start: Int64
  /// The offset after the last byte.
  let end: Int64

  init(start: Int64, end: Int64) {
    self.start = start
    self.end = end
  }
}

/// The parts of a content that a client requests with `Range` (RFC 9110, section 14).
struct ByteRanges {
  /// The parts, in the requested order. Empty for the whole content: if there was no range, or an invalid one, or the
  /// parts are longer than the content.
  private(set) var parts: Linked<ByteRange>?
  /// Whether none of the requested parts exists.
  private(set) var isUnsatisfiable = false

  /// The maximum number of parts in a response; each may cost a read. A request for more gets the whole content.
  private static let limit = 16

  /// Reads the value of `Range` for a content of a size.
  init(_ field: Bytes, size: Int64) {
    let equals = field.first(0x3d)
    guard equals < field.count, field.part(0, equals).equals(ignoringCase: "bytes") else { return }
    var (found, last): (Linked<ByteRange>?, Linked<ByteRange>?)
    var (count, total, place) = (0, Int64(0), equals &+ 1)
    while true {
      let item = field.item(&place, between: 0x2c)
      if item.isEmpty { break }
      count &+= 1
      guard count <= ByteRanges.limit, let part = ByteRanges.part(item, size) else { return }
      guard part.start < part.end else { continue }
      let link = Linked(part)
      if found == nil { found = link } else { last?.next = link }
      last = link
      total &+= part.end &- part.start
      // Overlapping parts must not make a response larger than the whole content.
      guard total >= 0, total <= size else { return }
    }
    guard count > 0 else { return }
    isUnsatisfiable = found == nil
    parts = found
  }

  /// A part; an empty one is outside the content. Nil if it is malformed.
  private static func part(_ text: Bytes, _ size: Int64) -> ByteRange? {
    let hyphen = text.first(0x2d)
    let (first, last) = (text.part(0, hyphen), text.from(hyphen &+ 1))
    let (start, end) = (first.decimal, last.decimal)
    guard hyphen < text.count, start >= 0 || first.isEmpty, end >= 0 || last.isEmpty else { return nil }
    guard !first.isEmpty else {
      return last.isEmpty ? nil : ByteRange(start: size - min(end, size), end: size)
    }
    if !last.isEmpty, start > end { return nil }
    guard start < size else { return ByteRange(start: 0, end: 0) }
    return ByteRange(start: start, end: last.isEmpty || end >= size ? size : end + 1)
  }
}
