/// Decodes base64 that arrives in pieces (RFC 4648, section 4, with padding).
struct Base64Decoder {
  /// The decoded bytes, in pieces of the length in which they are stored.
  private(set) var output = PieceList()
  private var bits: UInt32 = 0
  private var count = 0
  private var padding = 0

  private static let invalid: UInt8 = 0xff
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: invalid, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
    return values
  }()

  /// Decodes the next part of the text.
  ///
  /// Returns false if a byte is not valid there.
  mutating func append(_ text: [UInt8]) -> Bool {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.count / 4 * 3 + 3)
    for byte in text {
      if byte == UInt8(ascii: "=") {
        padding += 1
      } else {
        let value = Base64Decoder.values[Int(byte)]
        guard value != Base64Decoder.invalid, padding == 0 else { return false }
        bits = bits << 6 | UInt32(value)
        count += 1
        if count == 4 {
          decoded.append(UInt8(truncatingIfNeeded: bits >> 16))
          decoded.append(UInt8(truncatingIfNeeded: bits >> 8))
          decoded.append(UInt8(truncatingIfNeeded: bits))
          (bits, count) = (0, 0)
        }
      }
    }
    output.append(decoded[...])
    return true
  }

  /// Decodes the remaining characters.
  ///
  /// Returns false if the text is incomplete.
  mutating func finish() -> Bool {
    switch (count, padding) {
    case (0, 0): return true
    case (2, 2): output.append([UInt8(truncatingIfNeeded: bits >> 4)])
    case (3, 1):
      output.append([UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)])
    default: return false
    }
    return true
  }
}

/// Bytes in pieces of the length in which they are stored.
struct PieceList: Sendable {
  private(set) var pieces: [[UInt8]] = []
  private(set) var count = 0

  /// Appends bytes.
  mutating func append(_ bytes: ArraySlice<UInt8>) {
    count += bytes.count
    var rest = bytes
    while !rest.isEmpty {
      let room = KVContent.pieceLength - (pieces.last?.count ?? KVContent.pieceLength)
      if room == 0 {
        pieces.append([])
      } else {
        pieces[pieces.count - 1] += rest.prefix(room)
        rest = rest.dropFirst(room)
      }
    }
  }

  /// Removes and returns the first piece; nil if there is none.
  mutating func popFirst() -> [UInt8]? { pieces.isEmpty ? nil : pieces.removeFirst() }
}
