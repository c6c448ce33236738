package import ByteText

/// What a Worker is told about itself by its variables and secrets (Documentation/edge.md, "Variables").
package final class EdgeSettings {
  private let memory = Memory()
  /// The store whose branch is served.
  let store: Bytes
  /// The branch that is served.
  let branch: Bytes
  /// The origins whose pages may read what is served, with commas or spaces between them; an asterisk for all.
  let origins: Bytes
  /// How long a head counts as the newest one, in milliseconds.
  let headAge: Int64
  /// Whether `404.html` is answered where nothing is found.
  let hasNotFoundPage: Bool
  /// Whether `index.html` is answered there, if the path could be one of a page's own.
  let isSinglePage: Bool
  /// Who may read and change heads.
  let tokens: BearerTokens
  /// Whether an object keeps the heads; otherwise they are read from the namespace.
  let hasObject: Bool

  /// Takes the variables: the name of each, a colon, its value and a zero. `HEADS` is there if an object keeps the heads.
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

  /// What the page of an origin is told: that it may read, that all may, or nothing.
  func allowedOrigin(_ origin: Bytes) -> Bytes {
    var place = 0
    while true {
      let item = origins.item(&place, between: 0x2c)
      if item == "*" || item == origin || item.isEmpty { return item }
    }
  }
}
