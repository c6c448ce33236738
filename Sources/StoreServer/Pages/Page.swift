/// A response for a browser.
public struct Page: Sendable {
  /// The status (RFC 9110, section 15).
  public let status: Int
  /// The value of `Content-Type`.
  public let contentType: String
  /// The bytes of the body.
  public let body: [UInt8]
  /// Whether the response is the same for every client, as for the style sheet.
  public let isPublic: Bool

  /// The header fields of every page.
  ///
  /// They allow the page to load only its style sheet, and forbid scripts and embedding.
  public static let headers: [(name: String, value: String)] = [
    (
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
  ]

  init(status: Int = 200, _ document: HTML) {
    self.status = status
    contentType = "text/html; charset=utf-8"
    body = document.bytes
    isPublic = false
  }

  /// The style sheet of all pages.
  static let styleSheet = Page(css: StyleSheet.text)

  private init(css: String) {
    status = 200
    contentType = "text/css; charset=utf-8"
    body = Array(css.utf8)
    isPublic = true
  }
}
