/// A buffer to which bytes are appended. Its views are valid until more bytes are written.
package final class TextWriter {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity = 256
  private var count = 0

  /// Creates an empty buffer.
  package init() { base = UnsafeMutablePointer<UInt8>.allocate(capacity: 256) }

  deinit { base.deallocate() }

  /// The written bytes.
  package var bytes: Bytes { Bytes(base, count) }

  /// The address of the written bytes.
  package var address: Int { Int(bitPattern: base) }

  /// Removes all bytes.
  package func clear() { count = 0 }

  /// Removes all bytes except the first ones.
  package func shorten(to length: Int) { count = Swift.min(count, Swift.max(length, 0)) }

  /// Makes room for more bytes, and returns where they belong.
  @inline(never)
  private func extend(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    let start = count
    count &+= more
    if count > capacity {
      capacity = count &* 2
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      UnsafeMutableRawPointer(larger).copyMemory(from: base, byteCount: start)
      base.deallocate()
      base = larger
    }
    return base + start
  }

  /// Appends a byte.
  @inline(never)
  package func append(_ byte: UInt8) { extend(1).pointee = byte }

  /// Appends bytes.
  @inline(never)
  package func append(_ bytes: Bytes) {
    guard let start = bytes.start else { return }
    UnsafeMutableRawPointer(extend(bytes.count)).copyMemory(from: start, byteCount: bytes.count)
  }

  /// Appends a number in decimal digits.
  @inline(never)
  package func append(number: Int64) {
    if number < 0 { append(0x2d) }
    let value = number.magnitude
    var power: UInt64 = 1
    while value / power > 9 { power = power &* 10 }
    while power > 0 {
      append(0x30 &+ UInt8(truncatingIfNeeded: value / power % 10))
      power /= 10
    }
  }

  /// Appends a byte in two hexadecimal digits in lower case.
  package func append(hexadecimal byte: UInt8) {
    append(TextWriter.digit(byte >> 4))
    append(TextWriter.digit(byte & 0x0f))
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x57 &+ value }

  /// Appends a text as JSON, with quotation marks. It must be UTF-8.
  @inline(never)
  package func append(quoted text: Bytes) {
    append(0x22)
    for byte in text {
      if byte < 0x20 {
        append("\\u00")
        append(hexadecimal: byte)
      } else {
        if byte == 0x22 || byte == 0x5c { append(0x5c) }
        append(byte)
      }
    }
    append(0x22)
  }

  /// Appends a text with all bytes escaped except letters, digits, hyphens, dots, underscores and tildes.
  @inline(never)
  package func append(escaped text: Bytes) {
    for byte in text {
      if byte.isLetterOrDigit || byte == 0x2d || byte == 0x2e || byte == 0x5f || byte == 0x7e {
        append(byte)
      } else {
        append(0x25)
        append(hexadecimal: byte)
      }
    }
  }

  /// Appends a text without its escapes (RFC 3986, section 2.1).
  ///
  /// - Returns: False if an escape is incomplete.
  @inline(never)
  package func append(unescaped text: Bytes) -> Bool {
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte == 0x25 {
        let (high, low) = (text[place &+ 1].digitValue, text[place &+ 2].digitValue)
        guard high < 16, low < 16 else { return false }
        append(high << 4 | low)
        place &+= 3
      } else {
        append(byte)
        place &+= 1
      }
    }
    return true
  }
}
