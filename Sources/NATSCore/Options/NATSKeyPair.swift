internal import Crypto

/// A key with which a client proves its identity (nkey): a seed such as `SUA…`.
public struct NATSKeyPair: Sendable, Hashable {
  private let seed: [UInt8]
  private let kind: UInt8

  /// The first bytes of a seed, and the kinds of keys.
  private static let seedMark: UInt8 = 18 << 3
  private static let seedLength = 32

  /// Parses a seed.
  ///
  /// - Throws: `NATSError.credentials` if the text is not a seed.
  public init(seed text: String) throws(NATSError) {
    guard let bytes = Base32.decoded(text), bytes.count == NATSKeyPair.seedLength + 4,
      bytes[0] & 0xf8 == NATSKeyPair.seedMark
    else { throw .credentials("the seed of the key", reason: "it is not a valid seed") }
    let content = bytes.dropLast(2)
    let sum = UInt16(bytes[bytes.count - 2]) | UInt16(bytes[bytes.count - 1]) << 8
    guard NATSKeyPair.checksum(content) == sum else {
      throw .credentials("the seed of the key", reason: "its checksum is wrong")
    }
    kind = (bytes[0] & 7) << 5 | (bytes[1] & 0xf8) >> 3
    seed = Array(content.dropFirst(2))
  }

  /// The public key as text, such as `UB…`.
  public var publicKey: String {
    get throws(NATSError) {
      var bytes = [kind] + Array(try key.publicKey.rawRepresentation)
      let sum = NATSKeyPair.checksum(bytes[...])
      bytes += [UInt8(truncatingIfNeeded: sum), UInt8(truncatingIfNeeded: sum >> 8)]
      return Base32.encoded(bytes)
    }
  }

  /// Signs the text from the server; returns the signature as text.
  func signature(of nonce: String) throws(NATSError) -> String {
    let key = try key
    do {
      return Base64.encoded(
        Array(try key.signature(for: Array(nonce.utf8))), isForURLs: true, isPadded: false)
    } catch {
      throw .credentials("the seed of the key", reason: "it cannot sign")
    }
  }

  private var key: Curve25519.Signing.PrivateKey {
    get throws(NATSError) {
      do { return try Curve25519.Signing.PrivateKey(rawRepresentation: seed) } catch {
        throw .credentials("the seed of the key", reason: "it is not a valid seed")
      }
    }
  }

  /// Returns the CRC-16 with the polynomial 0x1021.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt16 {
    var sum: UInt16 = 0
    for byte in bytes {
      sum ^= UInt16(byte) << 8
      for _ in 0..<8 { sum = sum & 0x8000 == 0 ? sum << 1 : sum << 1 ^ 0x1021 }
    }
    return sum
  }
}

extension NATSKeyPair: CustomStringConvertible {
  /// A description that does not reveal the seed.
  public var description: String { "NATSKeyPair" }
}

/// Bytes as text (RFC 4648, section 6), without padding.
enum Base32 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  static func encoded(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var (group, bits) = (UInt32(0), UInt32(0))
    for byte in bytes {
      group = group << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(digits[Int(group >> bits & 31)])
      }
      group &= 1 << bits - 1
    }
    if bits > 0 { text.append(digits[Int(group << (5 - bits) & 31)]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes text; nil for anything else.
  static func decoded(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (group, bits) = (UInt32(0), UInt32(0))
    for byte in text.utf8 {
      let digit: UInt8
      switch byte {
      case 0x41...0x5a: digit = byte - 0x41
      case 0x32...0x37: digit = byte - 0x32 + 26
      default: return nil
      }
      group = group << 5 | UInt32(digit)
      bits += 5
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: group >> bits))
      group &= 1 << bits - 1
    }
    return bytes
  }
}
