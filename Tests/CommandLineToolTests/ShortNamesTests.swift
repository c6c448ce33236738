import Testing

@testable import CommandLineTool

@Suite("Short ids")
struct ShortNamesTests {
  @Test("are as long as it takes to tell them apart")
  func lengths() {
    #expect(ShortNames([String](), atLeast: 3).short("abcdef") == "abc")
    #expect(ShortNames(["abcdef", "abcdef"], atLeast: 3).short("abcdef") == "abc")
    let names = ShortNames(["abcdef", "abcd00", "ab0000"], atLeast: 3)
    #expect(names.short("abcdef") == "abcde" && names.short("abcd00") == "abcd0")
  }

  @Test("words of git are no commands, and their answers name commands")
  func words() throws {
    for (word, answer) in GitWord.commands {
      #expect(CommandName(rawValue: word) == nil)
      #expect(throws: Failure.usage("unknown command '\(word)'", hint: answer)) {
        try CommandName(word: word)
      }
      let named = answer.split(separator: "wasmstore ").dropFirst().first.map {
        $0.prefix { $0.isLetter || $0 == "-" }
      }
      if let named, !named.hasPrefix("--") {
        #expect(CommandName(rawValue: String(named)) != nil, "\(answer)")
      }
    }
  }
}
