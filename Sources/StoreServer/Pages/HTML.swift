internal import Wasm

/// A part of a page, as HTML in UTF-8 (HTML Living Standard, section 13.1).
///
/// A part consists only of elements, attributes and texts. Tags and classes are enumerations, links are built from
/// parts, and every text is escaped. Therefore no input gets into a page unescaped.
struct HTML: Sendable {
  /// The HTML in UTF-8.
  private(set) var bytes: [UInt8]

  /// Creates an empty part.
  init() { bytes = [] }

  /// Creates a text.
  ///
  /// HTML syntax, and characters that could confuse a reader, are escaped. Line feeds are kept.
  init(text: String) {
    bytes = []
    append(escaped: text)
  }

  /// Creates an element with its attributes and its content.
  init(_ tag: Tag, _ attributes: Attribute..., @Contents content: () -> HTML = { HTML() }) {
    bytes = [UInt8(ascii: "<")]
    bytes += tag.rawValue.utf8
    for attribute in attributes {
      bytes.append(UInt8(ascii: " "))
      bytes += attribute.name.rawValue.utf8
      guard let value = attribute.value else { continue }
      bytes += "=\"".utf8
      append(escaped: value)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
    guard !tag.isVoid else { return }
    append(content())
    bytes += "</".utf8
    bytes += tag.rawValue.utf8
    bytes.append(UInt8(ascii: ">"))
  }

  /// Returns a complete document.
  static func document(@Contents content: () -> HTML) -> HTML {
    var page = HTML()
    page.bytes = Array("<!DOCTYPE html>\n".utf8)
    page.append(HTML(.html, .language("en"), content: content))
    page.bytes.append(0x0a)
    return page
  }

  /// Appends another part.
  mutating func append(_ other: HTML) { bytes += other.bytes }

  private mutating func append(escaped text: String) {
    // The text is split as bytes, because CR LF is one `Character`.
    let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if index > 0 { bytes.append(0x0a) }
      // `printable` escapes control characters and characters that change the direction of text.
      for byte in String(Substring(line)).printable(upTo: .max).utf8 {
        switch byte {
        case UInt8(ascii: "&"): bytes += "&amp;".utf8
        case UInt8(ascii: "<"): bytes += "&lt;".utf8
        case UInt8(ascii: ">"): bytes += "&gt;".utf8
        case UInt8(ascii: "\""): bytes += "&quot;".utf8
        case UInt8(ascii: "'"): bytes += "&#39;".utf8
        default: bytes.append(byte)
        }
      }
    }
  }
}

extension HTML {
  /// The elements that pages use.
  enum Tag: String {
    case html, head, title, meta, link, body, header, nav, main, footer
    case h1, h2, p, ul, li, dl, dt, dd, div, span, strong, code, pre, a
    case table, thead, tbody, tr, th, td
    case form, label, input, select, option, button

    /// Whether the element has no content and no end tag.
    var isVoid: Bool { [.meta, .link, .input].contains(self) }
  }

  /// The CSS classes of the style sheet.
  enum CSSClass: String {
    case number, path, hash, name, badge, muted, scroll, list, facts, crumbs, pages, message, search, note
    case added, updated, removed, patch, minor, major, current
  }

  /// An attribute with its value.
  struct Attribute {
    fileprivate enum Name: String {
      case lang, charset, name, content, rel, href, title, id, type, value, action, method, scope, selected
      case placeholder, cssClass = "class", current = "aria-current", label = "aria-label", purpose = "for"
      case autocomplete, spellcheck
    }

    fileprivate let name: Name
    fileprivate let value: String?

    static func language(_ code: String) -> Attribute { Attribute(name: .lang, value: code) }
    static var utf8: Attribute { Attribute(name: .charset, value: "utf-8") }
    static func cssClass(_ classes: CSSClass...) -> Attribute {
      Attribute(name: .cssClass, value: classes.map(\.rawValue).joined(separator: " "))
    }
    static func href(_ address: PageAddress) -> Attribute { Attribute(name: .href, value: address.text) }
    static func action(_ address: PageAddress) -> Attribute { Attribute(name: .action, value: address.text) }
    static func relation(_ relation: String) -> Attribute { Attribute(name: .rel, value: relation) }
    static func title(_ text: String) -> Attribute { Attribute(name: .title, value: text) }
    static func label(_ text: String) -> Attribute { Attribute(name: .label, value: text) }
    static func name(_ name: String) -> Attribute { Attribute(name: .name, value: name) }
    static func content(_ text: String) -> Attribute { Attribute(name: .content, value: text) }
    static func id(_ id: String) -> Attribute { Attribute(name: .id, value: id) }
    static func labels(_ id: String) -> Attribute { Attribute(name: .purpose, value: id) }
    static func type(_ type: String) -> Attribute { Attribute(name: .type, value: type) }
    static func value(_ text: String) -> Attribute { Attribute(name: .value, value: text) }
    static func placeholder(_ text: String) -> Attribute { Attribute(name: .placeholder, value: text) }
    static var selected: Attribute { Attribute(name: .selected, value: nil) }
    static var current: Attribute { Attribute(name: .current, value: "page") }
    static var column: Attribute { Attribute(name: .scope, value: "col") }
    static var verbatim: Attribute { Attribute(name: .spellcheck, value: "false") }
  }

  /// Joins parts and texts.
  ///
  /// Texts are escaped.
  @resultBuilder enum Contents {
    static func buildExpression(_ text: String) -> HTML { HTML(text: text) }
    static func buildExpression(_ part: HTML) -> HTML { part }
    static func buildExpression(_ part: HTML?) -> HTML { part ?? HTML() }
    static func buildBlock(_ parts: HTML...) -> HTML { join(parts) }
    static func buildArray(_ parts: [HTML]) -> HTML { join(parts) }
    static func buildOptional(_ part: HTML?) -> HTML { part ?? HTML() }
    static func buildEither(first part: HTML) -> HTML { part }
    static func buildEither(second part: HTML) -> HTML { part }

    private static func join(_ parts: [HTML]) -> HTML {
      var joined = HTML()
      for part in parts { joined.append(part) }
      return joined
    }
  }
}
