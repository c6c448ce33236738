import Identifiers
import Support
import Testing

@testable import Git

/// Merges over several best common ancestors, in histories that fast-import writes.
@Suite struct AncestorMergeTests {
  /// One side undoes a change that both ancestors have.
  @Test func takesWhatOneSideUndid() throws {
    var history = try History()
    let root = history.commit(["x": "a"], [])
    let (left, right) = (history.commit(["x": "b"], [root]), history.commit(["x": "a", "y": "b"], [root]))
    let both = ["x": "b", "y": "b"]
    let (crossedLeft, crossedRight) = (
      history.commit(both, [left, right]), history.commit(both, [right, left])
    )
    let undone = history.commit(["x": "a", "y": "b"], [crossedLeft])
    let other = history.commit(["x": "b", "y": "b", "z": "c"], [crossedRight])
    #expect(try history.merges(undone, other) == ["z = c"])
    #expect(try history.merges(other, undone) == ["x = a"])
  }

  /// If the ancestors disagree, the base equals neither side.
  @Test(arguments: [
    (["p": "1"], ["p": "2"]), (["p": "1"], [:]), (["p": "1"], ["p/q": "2"]), (["p/q": "1"], ["p": "2"]),
  ])
  func seesAConflictWhereAncestorsDisagree(one: [String: String], other: [String: String]) throws {
    for (ours, theirs) in [(one, other), (other, one), (["p": "0"], one), (one, ["p": "3"]), ([:], one)] {
      var history = try History()
      let root = history.commit(["p": "0"], [])
      let (left, right) = (history.commit(one, [root]), history.commit(other, [root]))
      let heads = [history.commit(ours, [left, right]), history.commit(theirs, [right, left])]
      let found = try history.merges(heads[0], heads[1])
      #expect(ours == theirs ? found.isEmpty : found.allSatisfy { $0.hasPrefix("conflict p") }, "\(found)")
      #expect(ours == theirs || !found.isEmpty)
    }
  }

  /// Each level has two best common ancestors in the one below; levels that are too deep count as disputed.
  @Test(arguments: [
    (3, ["y = new"]), (AncestorMerge.depthLimit - 2, ["y = new"]),
    (4 * AncestorMerge.depthLimit, ["conflict x", "conflict y"]),
  ])
  func endsInHistoriesThatCrossOften(levels: Int, result: [String]) throws {
    var history = try History()
    let root = history.commit(["x": "0", "y": "0"], [])
    var heads = [root, root]
    for level in 1...levels {
      let ends = [
        history.commit(["x": "\(level)", "y": "\(level - 1)"], [heads[0]]),
        history.commit(["x": "\(level - 1)", "y": "\(level)"], [heads[1]]),
      ]
      let tree = ["x": "\(level)", "y": "\(level)"]
      heads = [history.commit(tree, ends), history.commit(tree, ends.reversed())]
    }
    let ours = history.commit(["x": "\(levels - 1)", "y": "\(levels)"], [heads[0]])
    let theirs = history.commit(["x": "\(levels)", "y": "new"], [heads[1]])
    #expect(try history.merges(ours, theirs) == result)
  }

  /// Three lines that all cross each other: the number of paths back grows with each level.
  @Test func endsWhereThreeLinesCrossOften() throws {
    var history = try History()
    let root = history.commit(["x": "0"], [])
    var heads = [root, root, root]
    for level in 1...200 {
      let ends = heads.enumerated().map { history.commit(["x": "0", "\($0)": "\(level)"], [$1]) }
      heads = (0..<3).map { first in
        history.commit(["x": "0"], [ends[first], ends[(first + 1) % 3], ends[(first + 2) % 3]])
      }
    }
    let ours = history.commit(["x": "1"], [heads[0]])
    let theirs = history.commit(["x": "0", "y": "1"], [heads[1]])
    #expect(try history.merges(ours, theirs) == ["y = 1"])
  }

  /// More ancestors than the limit: every path in which the sides differ needs a decision.
  @Test func decidesNothingOverTooManyAncestors() throws {
    var history = try History()
    let root = history.commit(["x": "0", "y": "0"], [])
    let ancestors = (0...AncestorMerge.mergeLimit).map { history.commit(["x": "0", "y": "\($0)"], [root]) }
    let ours = history.commit(["x": "0", "y": "1", "d/same": "1"], ancestors)
    let theirs = history.commit(["x": "1", "y": "1", "d/new": "1", "d/same": "1"], ancestors.reversed())
    #expect(try history.merges(ours, theirs) == ["conflict d/new", "conflict x"])
  }

  /// Directories may be nested deeper than the call stack allows.
  @Test func mergesDeepDirectories() throws {
    let folder = try TemporaryRepository()
    let repository = try Repository(openingAt: folder.path)
    let steps = Array(repeating: Array("d".utf8), count: 5_000)
    let id = try ObjectID(of: [UInt8]("x".utf8).span.bytes, kind: .blob)
    var trees = TreeOverlay(over: repository)
    var roots: [ObjectID] = []
    for names in [["a"], ["a", "b"], ["a", "c"]] {
      var editor = try TreeEditor(trees, base: nil)
      for name in names { try editor.set(steps + [Array(name.utf8)], mode: .file, id: id) }
      roots.append(try editor.write { (bytes) throws(GitError) in try trees.insert(bytes) })
    }
    let merge = try trees.merge(base: .tree(roots[0]), ours: roots[1], theirs: roots[2], disputed: [])
    var editor = try TreeEditor(trees, base: roots[1])
    try editor.apply(merge.edits)
    let result = try editor.write { (bytes) throws(GitError) in try trees.insert(bytes) }
    #expect(try trees.entry(at: steps + [Array("c".utf8)], in: result)?.id == id)
  }
}

/// Commits that are written in one batch.
private struct History {
  private let folder: TemporaryRepository
  private var text = ""
  private var count = 0

  init() throws { folder = try TemporaryRepository() }

  /// Adds a commit with these files, one second later than the previous one, and returns its number.
  mutating func commit(_ files: [String: String], _ parents: [Int]) -> Int {
    count += 1
    text += "commit refs/heads/\(count)\nmark :\(count)\n"
    text += "committer A <a@localhost> \(1_000_000_000 + count) +0000\ndata 0\n"
    for (number, parent) in parents.enumerated() { text += "\(number == 0 ? "from" : "merge") :\(parent)\n" }
    text += "deleteall\n"
    for (path, content) in files.sorted(by: { $0.key < $1.key }) {
      text += "M 100644 inline \(path)\ndata \(content.utf8.count)\n\(content)\n"
    }
    text += "\n"
    return count
  }

  /// The changes of a merge, and the paths of its conflicts.
  func merges(_ ours: Int, _ theirs: Int) throws -> [String] {
    try folder.git("fast-import", "--quiet", "--force", input: Array(text.utf8))
    let repository = try Repository(openingAt: folder.path)
    let ids = try [ours, theirs].map { number in
      let hex = try folder.git("rev-parse", "refs/heads/\(number)").text
      return try #require(ObjectID(hex: hex))
    }
    let merge = try repository.merge(ids[0], ids[1])
    let edits = try merge.edits.map { edit in
      let content = try edit.entry.map { side in
        side.mode == .directory
          ? "a directory" : String(decoding: try repository.object(side.id, kind: .blob), as: UTF8.self)
      }
      return "\(path(edit.path)) = \(content ?? "nothing")"
    }
    return (edits + merge.conflicts.map { "conflict \(path($0.path))" }).sorted()
  }

  private func path(_ steps: [[UInt8]]) -> String {
    steps.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }
}
