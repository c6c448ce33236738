internal import Git

/// The author of a change.
public struct Author: Hashable, Sendable {
  /// The name, as `log` shows it.
  public let name: String
  /// The mail address.
  public let mail: String

  /// The author if none is given.
  public static let standard = Author(name: "wasmstore", mail: standardMail)
  private static let standardMail = "wasmstore@localhost"

  init(name: String, mail: String) {
    self.name = name
    self.mail = mail
  }

  /// The author line of a commit, a tag or a reflog.
  func signature(at time: Timestamp) -> Signature { Signature(name: name, mail: mail, seconds: time.seconds) }

  /// Converts the author of a commit. If the name is empty, it becomes the mail address, or `(unknown)` as in `git
  /// blame`.
  init(_ signature: Signature) {
    let name = signature.name.isEmpty ? signature.mail : signature.name
    self.init(name: name.isEmpty ? "(unknown)" : name, mail: signature.mail)
  }

  /// Parses `NAME` or `NAME <MAIL>`; nil if the name is empty or contains characters that git does not allow.
  public init?(_ text: String) {
    var name = Substring(text)
    var mail = Author.standardMail
    if let open = text.firstIndex(of: "<"), text.hasSuffix(">") {
      name = text[..<open]
      mail = String(text[text.index(after: open)...].dropLast())
    }
    while name.hasSuffix(" ") { name.removeLast() }
    while name.hasPrefix(" ") { name.removeFirst() }
    let isForbidden = { (byte: UInt8) in byte < 0x20 || byte == 0x7f || byte == 0x3c || byte == 0x3e }
    guard !name.isEmpty, !mail.isEmpty, !name.utf8.contains(where: isForbidden),
      !mail.utf8.contains(where: isForbidden)
    else { return nil }
    self.init(name: String(name), mail: mail)
  }
}
