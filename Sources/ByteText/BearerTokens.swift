/// The tokens with which clients are let in. Only their digests are kept.
package struct BearerTokens {
  private var digests: Linked<Digest>?
  private let digester: SHA256

  /// Takes the tokens of a text, one a line: so a new one counts before the old one goes.
  package init(_ text: Bytes, _ digester: SHA256) {
    self.digester = digester
    var place = 0
    while true {
      let token = text.item(&place)
      if token.isEmpty { return }
      digests = Linked(digester.digest(of: token), before: digests)
    }
  }

  /// Tells whether the value of `Authorization` shows one of them. It takes the same time whichever it is, and however
  /// many bytes of it are right, for digests are compared to their ends.
  package func admit(_ authorization: Bytes) -> Bool {
    let space = authorization.first(0x20)
    guard space < authorization.count, authorization.part(0, space).equals(ignoringCase: "bearer") else {
      return false
    }
    let shown = digester.digest(of: authorization.from(space + 1))
    var isAdmitted = false
    var next = digests
    while let digest = next {
      isAdmitted = digest.value == shown || isAdmitted
      next = digest.next
    }
    return isAdmitted
  }
}
