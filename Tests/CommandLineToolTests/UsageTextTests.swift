import ArgumentParser
import Testing

@testable import CommandLineTool

@Suite("Usage texts")
struct UsageTextTests {
  @Test("are folded between arguments, below the first of them")
  func folding() {
    let text = """
      wasmstore log [REV] [PATH] [-n COUNT] [--skip N] [--author TEXT] [--since DATE] [--until DATE]
                    [--first-parent]
      wasmstore log --moves
      """
    #expect(
      UsageText.folded(text, behind: "hint: usage: ") == """
        wasmstore log [REV] [PATH] [-n COUNT] [--skip N] [--author TEXT]
                      [--since DATE] [--until DATE] [--first-parent]
        wasmstore log --moves
        """)
  }

  @Test("fit 80 columns in help and in hints", arguments: CommandName.allCases)
  func width(command: CommandName) {
    let usage = command.type.configuration.usage ?? ""
    for prefix in ["USAGE: ", "hint: usage: "] {
      for line in UsageText.folded(usage, behind: prefix).split(separator: "\n") {
        #expect(prefix.count + line.count <= 80, "\(line)")
      }
    }
    #expect(UsageText.folded(usage) == usage)
  }
}
