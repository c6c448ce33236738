/// A fast hash of 64 bits, which does not protect against attackers (XXH64, specification 0.1.1, with seed 0).
enum XXHash64 {
  private static let firstPrime: UInt64 = 0x9e37_79b1_85eb_ca87
  private static let secondPrime: UInt64 = 0xc2b2_ae3d_27d4_eb4f
  private static let thirdPrime: UInt64 = 0x1656_67b1_9e37_79f9
  private static let fourthPrime: UInt64 = 0x85eb_ca77_c2b2_ae63
  private static let fifthPrime: UInt64 = 0x27d4_eb2f_1656_67c5

  /// The hash of bytes.
  static func hash(_ bytes: [UInt8]) -> UInt64 {
    let text = bytes.span
    var position = 0
    func word(_ count: Int) -> UInt64 {
      var word: UInt64 = 0
      for index in 0..<count { word |= UInt64(text[position + index]) << UInt64(8 * index) }
      position += count
      return word
    }
    var hash: UInt64
    if bytes.count >= 32 {
      var lanes = (firstPrime &+ secondPrime, secondPrime, UInt64(0), 0 &- firstPrime)
      while bytes.count - position >= 32 {
        lanes.0 = round(lanes.0, word(8))
        lanes.1 = round(lanes.1, word(8))
        lanes.2 = round(lanes.2, word(8))
        lanes.3 = round(lanes.3, word(8))
      }
      hash = turned(lanes.0, 1) &+ turned(lanes.1, 7) &+ turned(lanes.2, 12) &+ turned(lanes.3, 18)
      for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
        hash = (hash ^ round(0, lane)) &* firstPrime &+ fourthPrime
      }
    } else {
      hash = fifthPrime
    }
    hash &+= UInt64(bytes.count)
    while bytes.count - position >= 8 {
      hash = turned(hash ^ round(0, word(8)), 27) &* firstPrime &+ fourthPrime
    }
    if bytes.count - position >= 4 {
      hash = turned(hash ^ word(4) &* firstPrime, 23) &* secondPrime &+ thirdPrime
    }
    while position < bytes.count {
      hash = turned(hash ^ word(1) &* fifthPrime, 11) &* firstPrime
    }
    hash = (hash ^ hash >> 33) &* secondPrime
    hash = (hash ^ hash >> 29) &* thirdPrime
    return hash ^ hash >> 32
  }

  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    turned(lane &+ word &* secondPrime, 31) &* firstPrime
  }

  private static func turned(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word << count | word >> (64 - count)
  }
}
