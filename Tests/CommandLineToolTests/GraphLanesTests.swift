import Identifiers
import ModuleStore
import Testing

@testable import CommandLineTool

/// The drawing of histories. Commits are named by one digit each.
@Suite struct GraphLanesTests {
  private static func id(_ digit: Character) throws -> CommitID {
    try #require(CommitID(hex: String(repeating: digit, count: 40)))
  }

  /// Draws commits given as `"3:21"`, the commit and its parents.
  private static func draw(_ commits: [String], lines: Int = 1) throws -> String {
    var lanes = GraphLanes()
    var drawing = ""
    for commit in commits {
      let name = try #require(commit.first)
      let parents = try commit.dropFirst(2).map { try id($0) }
      let text = (1...lines).map { line in line == 1 ? "\(name)\n" : "  \(line)\n" }.joined()
      drawing += lanes.draw(try id(name), parents, text)
    }
    return drawing
  }

  @Test func `a line`() throws {
    #expect(
      try Self.draw(["3:2", "2:1", "1:"]) == """
        * 3
        * 2
        * 1

        """)
  }

  @Test func `a merge opens a lane that runs back`() throws {
    #expect(
      try Self.draw(["4:23", "3:1", "2:1", "1:"]) == """
        * 4
        |\\
        | * 3
        * | 2
        |/
        * 1

        """)
  }

  @Test func `a lane crosses others on its way back`() throws {
    #expect(
      try Self.draw(["6:54", "5:32", "4:1", "3:1", "2:1", "1:"]) == """
        * 6
        |\\
        * | 5
        |\\ \\
        | | * 4
        * | | 3
        |_|/
        | * 2
        |/
        * 1

        """)
  }

  @Test func `three parents`() throws {
    #expect(
      try Self.draw(["5:432", "4:1", "3:1", "2:1", "1:"]) == """
        * 5
        |\\
        | |\\
        * | | 4
        | * | 3
        |/ /
        | * 2
        |/
        * 1

        """)
  }

  @Test func `histories without a common beginning`() throws {
    #expect(
      try Self.draw(["4:32", "3:", "2:1", "1:"]) == """
        * 4
        |\\
        * | 3
         /
        * 2
        * 1

        """)
  }

  @Test func `text of several lines stands beside the lanes`() throws {
    #expect(
      try Self.draw(["3:12", "2:1", "1:"], lines: 3) == """
        * 3
        |\\    2
        | |   3
        | * 2
        | |   2
        | |   3
        |/
        * 1
          2
          3

        """)
  }
}
