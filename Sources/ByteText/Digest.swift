/// 32 bytes that name something: a SHA-256.
package struct Digest: Equatable {
  // The first byte is the lowest one of the first word.
  fileprivate let words: (UInt64, UInt64, UInt64, UInt64)

  fileprivate init(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) { words = (a, b, c, d) }

  /// The digest of zeros.
  package static var zeros: Digest { Digest(0, 0, 0, 0) }

  /// Takes 32 bytes from a place on.
  @inline(never)
  package init(_ bytes: Bytes, at place: Int) {
    self.init(
      bytes.integer(place, 8), bytes.integer(place + 8, 8), bytes.integer(place + 16, 8),
      bytes.integer(place + 24, 8))
  }

  /// Reads 64 hexadecimal digits in lower case; nil for anything else.
  package init?(hexadecimal digits: Bytes) {
    guard digits.count == 64 else { return nil }
    let memory = Memory()
    let room = memory.room(32)
    for place in 0..<64 {
      let value = digits[place].digitValue
      guard value < 16, !(digits[place] >= 0x41 && digits[place] <= 0x46) else { return nil }
      room[place / 2] = room[place / 2] << 4 | value
    }
    self.init(Bytes(room, 32), at: 0)
  }

  /// A byte of it.
  @inline(never)
  package subscript(_ place: Int) -> UInt8 {
    let word = place < 16 ? (place < 8 ? words.0 : words.1) : (place < 24 ? words.2 : words.3)
    return UInt8(truncatingIfNeeded: word >> UInt64(8 * (place & 7)))
  }

  package static func == (left: Digest, right: Digest) -> Bool { left.difference(right) == 0 }

  /// Zero for the same digest. Takes the same time for any two.
  package func difference(_ other: Digest) -> UInt64 {
    words.0 ^ other.words.0 | words.1 ^ other.words.1 | words.2 ^ other.words.2 | words.3 ^ other.words.3
  }
}

extension TextWriter {
  /// Appends a digest, or the first bytes of it, in hexadecimal digits in lower case.
  @inline(never)
  package func append(_ digest: Digest, count: Int = 32) {
    for place in 0..<count { append(hexadecimal: digest[place]) }
  }

  /// Appends a digest in base64 (RFC 4648, section 4).
  @inline(never)
  package func append(base64 digest: Digest) {
    let letters = Bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var bits: Int = 0
    var pending = 0
    for place in 0..<33 {
      bits = (bits << 8 | (place < 32 ? Int(digest[place]) : 0)) & 0xffff
      pending += 8
      while pending >= 6, place < 32 || pending >= 8 {
        pending -= 6
        append(letters[bits >> pending & 0x3f])
      }
    }
    append(0x3d)
  }
}

/// Computes SHA-256 (FIPS 180-4), of what is short: paths and tokens.
package final class SHA256 {
  private let words = UnsafeMutablePointer<UInt32>.allocate(capacity: 64)

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]

  /// Makes one; it can be used again and again.
  package init() { words.initialize(repeating: 0, count: 64) }

  deinit { words.deallocate() }

  /// The digest of bytes.
  @inline(never)
  package func digest(of message: Bytes) -> Digest {
    var (a, b, c, d): (UInt32, UInt32, UInt32, UInt32) = (0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a)
    var (e, f, g, h): (UInt32, UInt32, UInt32, UInt32) = (0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
    let blocks = (message.count + 8) / 64 + 1
    for block in 0..<blocks {
      for place in 0..<16 { words[place] = word(message, 64 * block + 4 * place) }
      if block == blocks - 1 {
        words[14] = UInt32(truncatingIfNeeded: message.count >> 29)
        words[15] = UInt32(truncatingIfNeeded: message.count << 3)
      }
      for place in 16..<64 {
        let (early, late) = (words[place - 15], words[place - 2])
        let first = turned(early, 7) ^ turned(early, 18) ^ early >> 3
        let second = turned(late, 17) ^ turned(late, 19) ^ late >> 10
        words[place] = words[place - 16] &+ first &+ words[place - 7] &+ second
      }
      let before = (a, b, c, d, e, f, g, h)
      for place in 0..<64 {
        let sum = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
        let first = h &+ sum &+ (e & f ^ ~e & g) &+ SHA256.constants[place] &+ words[place]
        let second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) &+ (a & b ^ a & c ^ b & c)
        (h, g, f, e) = (g, f, e, d &+ first)
        (d, c, b, a) = (c, b, a, first &+ second)
      }
      (a, b, c, d) = (a &+ before.0, b &+ before.1, c &+ before.2, d &+ before.3)
      (e, f, g, h) = (e &+ before.4, f &+ before.5, g &+ before.6, h &+ before.7)
    }
    return Digest(pair(a, b), pair(c, d), pair(e, f), pair(g, h))
  }

  @inline(never)
  private func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
    (UInt64(first) << 32 | UInt64(second)).byteSwapped
  }

  private func turned(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

  /// Four bytes of a message, behind which come one bit and zeros.
  private func word(_ message: Bytes, _ place: Int) -> UInt32 {
    var word: UInt32 = 0
    for offset in place..<place + 4 {
      word = word << 8 | UInt32(offset == message.count ? 0x80 : message[offset])
    }
    return word
  }
}
