import ModuleStore
import Testing

@testable import CommandLineTool

@Suite struct PresentationTests {
  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1_000, "1 KB"), (828_094, "828 KB"), (999_999, "999 KB"),
    (1_000_000, "1.0 MB"),
    (2_470_876, "2.4 MB"), (-1_642_782, "-1.6 MB"), (31_249_999, "31.2 MB"), (1_000_000_000, "1.0 GB"),
    (Int.max, "9223372036.8 GB"), (Int.min, "-9223372036.8 GB"),
  ])
  func `counts bytes in powers of a thousand, rounded down`(bytes: Int, text: String) {
    #expect(byteCount(bytes) == text)
  }

  @Test func `a table has tabs in a pipe and columns on a terminal`() {
    for (style, text) in [
      (Style.plain, "a\tbb\tc\nddd\te\tf\n"),
      (Style(isTerminal: true, hasColor: false), "ONE  TWO\na    bb   c\nddd  e    f\n"),
    ] {
      var table = Table(style, header: ["ONE", "TWO"])
      table.append(["a", "bb", "c"])
      table.append(["ddd", "e", "f"])
      #expect(table.text == text)
    }
  }

  @Test(arguments: [
    ("rolback", ": did you mean 'rollback'?"), ("tga", ": did you mean 'tag'?"), ("xyz", ""), ("", ""),
    ("comit", ": did you mean 'commit'?"), ("removed", ": did you mean 'remove'?"),
  ])
  func `suggests what is near`(word: String, text: String) {
    #expect(Suggestion.text(for: word, among: ["rollback", "tag", "commit", "remove"]) == text)
  }
}
