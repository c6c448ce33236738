/// A SHA-256 digest of 32 bytes.
package final class Digest: Equatable, @unchecked Sendable {
  /// The 32 bytes, which never change.
  package let bytes: Bytes
  private let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 4)

  private init() {
    words.initialize(repeating: 0, count: 4)
    bytes = Bytes(UnsafeRawPointer(words).assumingMemoryBound(to: UInt8.self), 32)
  }

  deinit { words.deallocate() }

  private var room: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(words).assumingMemoryBound(to: UInt8.self)
  }

  /// Copies 32 bytes from an index on; missing ones become zeros.
  @inline(never)
  package convenience init(_ bytes: Bytes, at place: Int) {
    self.init()
    var offset = 0
    while offset < 32 {
      room[offset] = bytes[place &+ offset]
      offset &+= 1
    }
  }

  /// Parses 64 hexadecimal digits in lower case; nil for another text.
  package convenience init?(hexadecimal digits: Bytes) {
    self.init()
    guard digits.count == 64 else { return nil }
    var place = 0
    for digit in digits {
      guard digit.digitValue < 16, !digit.isUpperCase else { return nil }
      room[place >> 1] = room[place >> 1] << 4 | digit.digitValue
      place &+= 1
    }
  }

  /// Converts eight big-endian words; each group of four is in reverse order.
  fileprivate convenience init(_ sums: UnsafeMutablePointer<UInt32>) {
    self.init()
    var place = 0
    while place < 32 {
      room[place] = UInt8(truncatingIfNeeded: sums[place >> 2 ^ 3] >> UInt32(24 &- 8 &* (place & 3)))
      place &+= 1
    }
  }

  /// Compares in constant time.
  @inline(never)
  package static func == (left: Digest, right: Digest) -> Bool {
    let (left, right) = (left.words, right.words)
    return (left[0] ^ right[0]) | (left[1] ^ right[1]) | (left[2] ^ right[2]) | (left[3] ^ right[3]) == 0
  }
}

extension TextWriter {
  /// Appends a digest, or its first bytes, in hexadecimal digits in lower case.
  @inline(never)
  package func append(_ digest: Digest, count: Int = 32) {
    for byte in digest.bytes.part(0, count) { append(hexadecimal: byte) }
  }

  /// Appends a digest in base64 (RFC 4648, section 4).
  @inline(never)
  package func append(base64 digest: Digest) {
    let letters: Bytes = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    // 43 characters for 6 bits each; a byte after the last one is zero.
    var bit = 0
    while bit < 256 {
      let two = Int(digest.bytes[bit >> 3]) << 8 | Int(digest.bytes[bit >> 3 &+ 1])
      append(letters[two >> (10 &- bit & 7) & 0x3f])
      bit &+= 6
    }
    append(0x3d)
  }
}

/// Computes SHA-256 (FIPS 180-4) of short inputs: paths and tokens.
package final class SHA256 {
  /// The hash values so far: d, c, b and a, then h, g, f and e, by their names in FIPS 180-4.
  private let sums = UnsafeMutablePointer<UInt32>.allocate(capacity: 8 + 68 + 68 + 64)

  private static let beginnings: [UInt32] = [
    0xa54f_f53a, 0x3c6e_f372, 0xbb67_ae85, 0x6a09_e667, 0x5be0_cd19, 0x1f83_d9ab, 0x9b05_688c, 0x510e_527f,
  ]
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

  /// Creates a digester, which can be used repeatedly.
  package init() { sums.initialize(repeating: 0, count: 8 + 68 + 68 + 64) }

  deinit { sums.deallocate() }

  /// The digest of bytes.
  @inline(never)
  package func digest(of message: Bytes) -> Digest {
    for place in 0..<8 { sums[place] = SHA256.beginnings[place] }
    var start = 0
    while start < message.count &+ 9 {
      takeBlock(message, start)
      start &+= 64
    }
    return Digest(sums)
  }

  private func takeBlock(_ message: Bytes, _ start: Int) {
    // The a and e of a round become b and f in the next one, then c and g, then d and h; so they stay in place.
    let (a, e, words) = (sums + 8, sums + 8 + 68, sums + 8 + 68 + 68)
    for place in 0..<4 { (a[place], e[place]) = (sums[place], sums[place &+ 4]) }
    for place in 0..<64 {
      let offset = start &+ place
      words[place >> 2] = words[place >> 2] << 8 | UInt32(offset == message.count ? 0x80 : message[offset])
    }
    // The length in bits comes last.
    if start &+ 64 >= message.count &+ 9 {
      words[14] = UInt32(truncatingIfNeeded: message.count >> 29)
      words[15] = UInt32(truncatingIfNeeded: message.count << 3)
    }
    for place in 16..<64 {
      let (early, late) = (words[place &- 15], words[place &- 2])
      words[place] =
        words[place &- 16] &+ words[place &- 7]
        &+ (turned(early, 7) ^ turned(early, 18) ^ early >> 3)
        &+ (turned(late, 17) ^ turned(late, 19) ^ late >> 10)
    }
    for round in 0..<64 {
      let (c, b, a0) = (a[round &+ 1], a[round &+ 2], a[round &+ 3])
      let (g, f, e0) = (e[round &+ 1], e[round &+ 2], e[round &+ 3])
      let first =
        e[round] &+ (turned(e0, 6) ^ turned(e0, 11) ^ turned(e0, 25)) &+ (e0 & f ^ ~e0 & g)
        &+ SHA256.constants[round] &+ words[round]
      e[round &+ 4] = a[round] &+ first
      a[round &+ 4] = first &+ (turned(a0, 2) ^ turned(a0, 13) ^ turned(a0, 22)) &+ (a0 & b ^ a0 & c ^ b & c)
    }
    for place in 0..<4 {
      sums[place] &+= a[64 &+ place]
      sums[place &+ 4] &+= e[64 &+ place]
    }
  }

  @inline(__always)
  private func turned(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 &- count) }
}
