/// The syntax of subjects (the client protocol of NATS).
enum SubjectSyntax {
  /// The length limit of a subject: the line of 4,096 bytes also contains a reply subject and numbers.
  static let limit = 4_000

  /// Tests if messages can be published to a subject: its tokens are not empty and have no spaces, control characters
  /// or wildcards.
  static func isPublishable(_ subject: String) -> Bool { isValid(subject, withWildcards: false) }

  /// Tests if a subject can be subscribed to: `*` as a token and `>` as the last token are also allowed.
  static func isSubscribable(_ subject: String) -> Bool { isValid(subject, withWildcards: true) }

  private static func isValid(_ subject: String, withWildcards: Bool) -> Bool {
    var count = 0
    var tokenLength = 0
    // Whether the current token is `*` or `>`.
    var (isStar, isRest) = (false, false)
    for byte in subject.utf8 {
      count += 1
      switch byte {
      case 0x2e:
        guard tokenLength > 0, !isRest else { return false }
        (tokenLength, isStar) = (0, false)
        continue
      case 0x2a, 0x3e:
        guard withWildcards, tokenLength == 0 else { return false }
        if byte == 0x2a { isStar = true } else { isRest = true }
      case 0...0x20, 0x7f: return false
      default: guard !isStar, !isRest else { return false }
      }
      tokenLength += 1
    }
    return tokenLength > 0 && count <= limit
  }
}
