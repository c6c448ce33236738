import Testing

@testable import CommandLineTool

@Suite struct TableTests {
  private func table(
    _ rows: [[String]], header: [String] = [], width: Int?, wraps: Bool = true
  ) -> String {
    var style = Style(isTerminal: true, hasColor: false)
    style.width = width
    var table = Table(style, header: header, wraps: wraps)
    for row in rows { table.append(row) }
    return table.text
  }

  @Test func `a character takes as many columns as on a terminal, and a colour none`() {
    for (text, width) in [
      ("", 0), ("app", 3), ("größe", 5), ("モジュール", 10), ("🚀", 2), ("한", 2), ("e\u{301}", 1),
      ("a\u{200b}b", 2),
      ("\u{1b}[33mapp\u{1b}[0m", 3), ("→", 1), ("ｶﾅ", 2), ("Ａ", 2),
    ] {
      #expect(text.terminalWidth == width, "\(text)")
    }
  }

  @Test func `wide characters keep columns aligned`() {
    #expect(
      table([["/短.wasm", "a"], ["/short.wasm", "b"]], width: 80) == """
        /短.wasm     a
        /short.wasm  b

        """)
  }

  @Test func `a row does not widen the columns where others would no longer fit`() {
    let rows = [["dev", "1", "one"], ["a-name-that-is-long", "2", "two"], ["main", "3", "three"]]
    #expect(
      table(rows, width: 26) == """
        dev   1  one
        a-name-that-is-long  2
            two
        main  3  three

        """)
    #expect(
      table(rows, width: 40) == """
        dev                  1  one
        a-name-that-is-long  2  two
        main                 3  three

        """)
  }

  @Test func `a long text continues below its column, or on a line of its own`() {
    #expect(
      table([["ok", "clock", "no operation is ahead of it"], ["ok", "locks", "none"]], width: 26) == """
        ok  clock  no operation is
                   ahead of it
        ok  locks  none

        """)
    #expect(
      table([["29c2dfbd", "/lib/app.wasm", "import env.log, 1 more"]], width: 30) == """
        29c2dfbd  /lib/app.wasm
            import env.log, 1 more

        """)
  }

  @Test func `nothing is cut: a word that is wider than the terminal stays whole`() {
    let long = String(repeating: "x", count: 40)
    #expect(
      table([["major", "-export \(long): (func)"]], width: 30) == "major  -export \(long):\n    (func)\n")
    #expect(table([["id", "/\(long)", "text"]], width: 30) == "id  /\(long)\n    text\n")
    #expect(table([["id", "add /\(long)  main"]], width: 30) == "id  add /\(long)\n    main\n")
  }

  @Test func `a path at the end of a row stays on its line`() {
    #expect(
      table([["29c2dfbd", "/a/long/path/of/a/module.wasm"]], width: 30, wraps: false)
        == "29c2dfbd  /a/long/path/of/a/module.wasm\n")
  }

  @Test func `a table may be empty`() {
    #expect(table([], width: 80) == "")
  }

  @Test func `all columns are aligned where no row has room, or the width is unknown`() {
    let rows = [["aaaaaaaaaaaa", "b"], ["aaaaaaaaaaaaaa", "b"]]
    let text = "aaaaaaaaaaaa    b\naaaaaaaaaaaaaa  b\n"
    #expect(table(rows, width: 10, wraps: false) == text)
    #expect(table(rows, width: nil) == text)
  }
}
