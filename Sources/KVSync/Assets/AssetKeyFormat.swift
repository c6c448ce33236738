internal import Identifiers
internal import JSONText

/// The form of the key of a content.
public enum AssetKeyFormat: String, CaseIterable, Sendable {
  /// `b/HEX`, of the SHA-256.
  case sha256
  /// The path with ten digits of a hash before its extension, as in wrangler 2 to 4.
  case wrangler4
  /// The same without the leading zeros of the hash, as in wrangler 1 and kv-assets.
  case wrangler1

  /// The number of digits of a hash that a key contains.
  private static let digitCount = 10
  /// The number of digits of a whole hash.
  private static let hashDigits = 16

  /// The key of a content; `path` is the path of a file with this content.
  func key(path: String, digest: ModuleDigest, _ bytes: () throws -> [UInt8]) rethrows -> String {
    switch self {
    case .sha256: return "\(ValueKey(.content, digest))"
    case .wrangler4, .wrangler1: return key(path: path, hash: AssetKeyFormat.hash(try bytes()))
    }
  }

  /// The hash of the text that represents the bytes in a request.
  static func hash(_ bytes: [UInt8]) -> UInt64 {
    var text: [UInt8] = []
    Base64.append(bytes, to: &text)
    return XXHash64.hash(text)
  }

  /// A path with a hash in it.
  func key(path: String, hash: UInt64) -> String {
    var digits = String(hash, radix: 16)
    if self == .wrangler4 {
      digits = String(repeating: "0", count: AssetKeyFormat.hashDigits - digits.count) + digits
    }
    digits = String(digits.prefix(AssetKeyFormat.digitCount))
    let path = Array(path.utf8)
    let name = path.lastIndex(of: 0x2f).map { $0 + 1 } ?? 0
    // A dot at the beginning of a name does not start an extension.
    guard let dot = path[name...].lastIndex(of: 0x2e), dot > name else {
      return String(decoding: path, as: UTF8.self) + "." + digits
    }
    return String(decoding: path[..<dot], as: UTF8.self) + "." + digits
      + String(decoding: path[dot...], as: UTF8.self)
  }
}
