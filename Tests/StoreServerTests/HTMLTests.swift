import Testing

@testable import StoreServer

@Suite("HTML that escapes by construction")
struct HTMLTests {
  private func text(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

  @Test(arguments: [
    ("a & b", "a &amp; b"), ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("\"'", "&quot;&#39;"), ("&amp;", "&amp;amp;"), ("]]>--><!--", "]]&gt;--&gt;&lt;!--"),
    ("a\u{2028}b\u{2029}c", "a\\u{2028}b\\u{2029}c"), ("\u{202e}gpj.exe", "\\u{202e}gpj.exe"),
    ("\0\u{1b}[31m\u{7f}\u{85}\r", "\\u{0}\\u{1b}[31m\\u{7f}\\u{85}\\u{d}"), ("two\nlines\n", "two\nlines\n"),
    ("a\r\nb", "a\\u{d}\nb"), ("né 日本", "né 日本"), ("\u{feff}\u{e000}", "\\u{feff}\\u{e000}"), ("", ""),
  ])
  func `text is escaped, in elements and in attributes`(raw: String, escaped: String) {
    #expect(text(HTML(text: raw)) == escaped)
    #expect(text(HTML(.p) { raw }) == "<p>\(escaped)</p>")
    #expect(text(HTML(.span, .title(raw)) { "x" }) == "<span title=\"\(escaped)\">x</span>")
    #expect(text(HTML(.input, .value(raw))) == "<input value=\"\(escaped)\">")
  }

  @Test(arguments: [false])
  func `elements nest`(isThere: Bool) {
    let html = HTML(.ul) {
      for number in 1...2 { HTML(.li, .cssClass(.path, .muted)) { "\(number)" } }
      if isThere { HTML(.li) { "no" } }
    }
    #expect(
      text(html) == "<ul><li class=\"path muted\">1</li><li class=\"path muted\">2</li></ul>")
  }

  @Test(
    arguments: [
      ([], [], "/"), (["modules"], [], "/modules"),
      (
        ["module", "a b", "ä?#%&\".wasm"], [("branch", "feature/x & y")],
        "/module/a%20b/%C3%A4%3F%23%25%26%22.wasm?branch=feature%2Fx%20%26%20y"
      ),
      (["javascript:alert(1)"], [], "/javascript%3Aalert%281%29"),
      (["modules"], [("rev", nil), ("page", "2")], "/modules?page=2"),
    ] as [([String], [(name: String, value: String?)], String)])
  func `links lead to this server alone`(
    steps: [String], query: [(name: String, value: String?)], address: String
  ) {
    #expect(PageAddress(steps, query).text == address)
  }

  @Test(
    arguments: [
      ("", [String]()), ("a=1&b=2", ["a=1", "b=2"]), ("a=x+y%20z%2B", ["a=x y z+"]), ("a", ["a="]),
      ("&&a=", ["a="]),
      ("a=b=c", ["a=b=c"]), ("%C3%A4=%e2%82%ac", ["ä=€"]), ("a=%", nil), ("a=%4", nil), ("a=%zz", nil),
      ("a=%ff", nil), ("a=%c0%af", nil),
    ] as [(String, [String]?)])
  func `reads queries`(query: String, fields: [String]?) {
    #expect(PageAddress.fields(ofQuery: query)?.map { "\($0.name)=\($0.value)" } == fields)
  }

  @Test(arguments: [
    ("/", true), ("", true), ("//", true), ("/modules", true), ("//modules//", true), ("/modules/a", true),
    ("/modules/%zz", true), ("/style.css", true), ("/style.css/x", false), ("/search/x", false),
    ("/api/v1/modules", false), ("/x", false), ("/MODULES", false), ("/module%73", false),
  ])
  func `knows its addresses`(path: String, isPage: Bool) {
    #expect((PageRequest(path: path, query: nil) != nil) == isPage)
    #expect(PageRequest.isPage(path) == isPage)
  }
}
