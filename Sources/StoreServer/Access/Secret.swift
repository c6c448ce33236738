internal import Crypto
internal import Identifiers

/// The secret of a key, which a client sends with its requests.
///
/// Descriptions and dumps do not show it.
public struct Secret: Sendable {
  private let text: String

  /// The prefix of every secret that `auth add` generates, so that people and secret scanners recognise it.
  static let prefix = "wsk_"
  /// The number of random bits.
  static let randomBits = 256

  /// Generates a new random secret.
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

  /// Creates a value from an existing secret.
  public init(_ text: String) { self.text = text }

  /// The secret as text, to show it to its owner.
  public var revealed: String { text }

  /// The digest, which is what a file of keys contains.
  var digest: SecretDigest { SecretDigest(of: text.utf8) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// A placeholder that does not show the secret.
  public var description: String { "(secret)" }
  /// A placeholder that does not show the secret.
  public var debugDescription: String { description }
  /// A mirror without children, so that dumps do not show the secret.
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

  /// Returns zero if both digests are equal.
  ///
  /// The time does not depend on their bytes.
  func difference(from other: SecretDigest) -> UInt8 {
    var difference: UInt8 = 0
    for index in 0..<SecretDigest.byteCount { difference |= bytes[index] ^ other.bytes[index] }
    return difference
  }
}
