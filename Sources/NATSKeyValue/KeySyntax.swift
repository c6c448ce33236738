/// The syntax of keys, patterns of keys and names of buckets (ADR-8).
enum KeySyntax {
  /// The length limit of a key in bytes: the line of 4,096 bytes also contains prefixes and the reply subject.
  static let limit = 3_900
  private static let bucketLimit = 200

  /// Checks a key.
  ///
  /// - Throws: `KeyValueError.invalidKey`.
  static func check(_ key: String) throws(KeyValueError) {
    if let reason = flaw(key, withWildcards: false) { throw .invalidKey(key, reason) }
  }

  /// Checks a pattern: a key in which any token may be `*`, and the last token may be `>`. Tokens are separated by
  /// dots.
  ///
  /// - Throws: `KeyValueError.invalidPattern`.
  static func check(pattern: String) throws(KeyValueError) {
    if let reason = flaw(pattern, withWildcards: true) { throw .invalidPattern(pattern, reason) }
  }

  /// Checks the name of a bucket.
  ///
  /// - Throws: `KeyValueError.invalidBucket`.
  static func check(bucket: String) throws(KeyValueError) {
    guard !bucket.isEmpty, bucket.utf8.count <= bucketLimit,
      bucket.utf8.allSatisfy({ isLetterOrDigit($0) || $0 == 0x2d || $0 == 0x5f })
    else { throw .invalidBucket(bucket) }
  }

  private static func flaw(_ key: String, withWildcards: Bool) -> KeyValueError.InvalidKey? {
    var length = 0
    var tokenLength = 0
    // Whether the current token is `*` or `>`.
    var (isStar, isRest) = (false, false)
    for byte in key.utf8 {
      length += 1
      switch byte {
      case 0x2e:
        guard tokenLength > 0 else { return .dot }
        guard !isRest else { return .wildcard }
        (tokenLength, isStar) = (0, false)
        continue
      case 0x2a where withWildcards, 0x3e where withWildcards:
        guard tokenLength == 0 else { return .wildcard }
        if byte == 0x2a { isStar = true } else { isRest = true }
      case 0x2d, 0x2f, 0x3d, 0x5f: break
      default: guard isLetterOrDigit(byte) else { return .character }
      }
      tokenLength += 1
      guard tokenLength == 1 || !(isStar || isRest) else { return .wildcard }
    }
    guard length > 0 else { return .empty }
    guard tokenLength > 0 else { return .dot }
    guard length <= limit else { return .tooLong }
    return key.utf8.starts(with: "_kv".utf8) ? .reserved : nil
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x41...0x5a ~= byte || 0x61...0x7a ~= byte
  }

  /// Leaves out patterns that another pattern covers, because servers refuse filters that overlap.
  static func independent(_ patterns: [String]) -> [String] {
    var chosen: [String] = []
    for pattern in patterns where !chosen.contains(where: { covers($0, pattern) }) {
      chosen.removeAll { covers(pattern, $0) }
      chosen.append(pattern)
    }
    return chosen
  }

  /// Tests if each key that matches the narrow pattern also matches the wide one.
  static func covers(_ wide: String, _ narrow: String) -> Bool {
    let wide = wide.utf8.split(separator: 0x2e)
    let narrow = narrow.utf8.split(separator: 0x2e)
    for (index, token) in wide.enumerated() {
      if token.elementsEqual(">".utf8) { return narrow.count > index }
      guard index < narrow.count, !narrow[index].elementsEqual(">".utf8),
        token.elementsEqual("*".utf8) || token.elementsEqual(narrow[index])
      else { return false }
    }
    return wide.count == narrow.count
  }
}
