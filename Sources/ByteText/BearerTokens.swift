/// The accepted tokens of clients. Only their digests are stored.
package struct BearerTokens {
  private var digests: Linked<Digest>?
  private let digester: SHA256

  /// Reads the tokens of a text, one per line, so that an old token stays valid when a new one is added.
  package init(_ text: Bytes, _ digester: SHA256) {
    self.digester = digester
    var place = 0
    while true {
      let token = text.item(&place)
      if token.isEmpty { return }
      digests = Linked(digester.digest(of: token), before: digests)
    }
  }

  /// Returns whether the value of `Authorization` contains one of them. The time does not depend on which token it is
  /// or how many bytes are correct, because all bytes of the digests are compared.
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
