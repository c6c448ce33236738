internal import Crypto
internal import Identifiers

/// What a client shows to be let in. Descriptions and dumps do not tell it.
public struct Secret: Sendable {
  private let text: String

  /// What every secret of `auth add` begins with, so that people and scanners know it for what it is.
  static let prefix = "wsk_"
  /// The bits that are drawn at random.
  static let randomBits = 256

  /// Draws a new secret at random.
  public init() {
    var random = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    for _ in 0..<(Secret.randomBits / UInt64.bitWidth) {
      let word: UInt64 = random.next()
      for shift in stride(from: 0, to: UInt64.bitWidth, by: UInt8.bitWidth) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    text = Secret.prefix + hexadecimal(bytes)
  }

  /// Takes a secret that is there.
  public init(_ text: String) { self.text = text }

  /// The secret itself, for whom it was made for.
  public var revealed: String { text }

  /// What is kept of it.
  var digest: SecretDigest { SecretDigest(of: text.utf8) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Says that it is a secret.
  public var description: String { "(secret)" }
  /// Says that it is a secret.
  public var debugDescription: String { description }
  /// Has no parts.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The SHA-256 of a secret.
struct SecretDigest: Sendable {
  private let bytes: [UInt8]

  /// The length in bytes.
  static let byteCount = 32

  /// Computes the digest of a secret.
  init(of secret: some Sequence<UInt8>) { bytes = Array(SHA256.hash(data: Array(secret))) }

  /// Reads 64 lower-case hexadecimal digits; nil for anything else.
  init?(hex: String) {
    guard hex.utf8.count == 2 * SecretDigest.byteCount, let bytes = Identifiers.bytes(hexadecimal: hex.utf8),
      hexadecimal(bytes) == hex
    else { return nil }
    self.bytes = bytes
  }

  /// The bytes as 64 lower-case hexadecimal digits.
  var hex: String { hexadecimal(bytes) }

  /// Zero where both are the same; takes the same time whatever they are.
  func difference(from other: SecretDigest) -> UInt8 {
    var difference: UInt8 = 0
    for index in 0..<SecretDigest.byteCount { difference |= bytes[index] ^ other.bytes[index] }
    return difference
  }
}
