package import ByteText

/// The settings of a Worker from its variables and secrets (Documentation/edge.md, "Variables").
package final class EdgeSettings {
  private let memory = Memory()
  /// The store of the served branch.
  let store: Bytes
  /// The served branch.
  let branch: Bytes
  /// The origins whose pages may read the served files, separated by commas or spaces; an asterisk for all.
  let origins: Bytes
  /// The time for which a head counts as the newest one, in milliseconds.
  let headAge: Int64
  /// Whether the answer is `404.html` if nothing is found.
  let hasNotFoundPage: Bool
  /// Whether the answer is `index.html` then, if the path could be one of the page's own.
  let isSinglePage: Bool
  /// The tokens of clients that may read and change heads.
  let tokens: BearerTokens
  /// Whether an object stores the heads; otherwise they are read from the namespace.
  let hasObject: Bool

  /// Parses the variables: the name of each, a colon, its value and a zero. `HEADS` is present if an object stores the
  /// heads.
  package init(_ text: Bytes, _ digester: SHA256) {
    let variables = memory.copy(text)
    func value(_ name: Bytes, else usual: Bytes) -> Bytes {
      let value = variables.value(of: name, until: 0)
      return value.isEmpty ? usual : value
    }
    store = value("STORE", else: "default")
    branch = value("BRANCH", else: "main")
    origins = value("CORS_ORIGIN", else: "")
    headAge = min(value("HEAD_CACHE_SECONDS", else: "2").decimal, 3_600) &* 1_000
    let handling = value("NOT_FOUND_HANDLING", else: "")
    isSinglePage = handling == "single-page-application"
    hasNotFoundPage = handling == "404-page"
    tokens = BearerTokens(value("WASMSTORE_HEAD_TOKEN", else: ""), digester)
    hasObject = !value("HEADS", else: "").isEmpty
  }

  /// The value of the header that allows a page to read: its origin, an asterisk, or nothing.
  func allowedOrigin(_ origin: Bytes) -> Bytes {
    var place = 0
    while true {
      let item = origins.item(&place, between: 0x2c)
      if item == "*" || item == origin || item.isEmpty { return item }
    }
  }
}
