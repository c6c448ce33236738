import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git

/// Queries on the history of shallow clones, compared with git's results.
@Suite struct ShallowHistoryTests {
  /// Clones a random history with this depth.
  private func clone(depth: Int, seed: UInt64) throws -> (TemporaryRepository, [String]) {
    let whole = try TemporaryRepository()
    var generator = Generator(seed: seed)
    let tree = try whole.git("mktree").text
    var commits: [String] = []
    for number in 0..<40 {
      let count = number == 0 ? 0 : Int.random(in: 1...min(2, number), using: &generator)
      let parents = Set(
        (0..<count).map { _ in commits[Int.random(in: max(0, number - 5)..<number, using: &generator)] })
      let text =
        "tree \(tree)\n" + parents.sorted().map { "parent \($0)\n" }.joined()
        + "author A <a@b> \(1_700_000_000 + number) +0000\ncommitter A <a@b> \(1_700_000_000 + number) +0000\n\n\(number)\n"
      commits.append(
        try whole.git("hash-object", "-t", "commit", "-w", "--stdin", input: Array(text.utf8)).text)
    }
    try whole.git("update-ref", "refs/heads/main", commits[39])
    let shallow = try TemporaryRepository()
    try shallow.git("fetch", "-q", "--depth", "\(depth)", "file://\(whole.path)", "main:main")
    return (shallow, try shallow.git("rev-list", "main").text.split(separator: "\n").map(String.init))
  }

  @Test(arguments: [(1, 1), (3, 2), (6, 3), (9, 4), (100, 5)] as [(Int, UInt64)])
  func `answers are git's`(depth: Int, seed: UInt64) throws {
    let (clone, commits) = try clone(depth: depth, seed: seed)
    let repository = try Repository(openingAt: clone.path)
    #expect(try repository.isShallow == (depth < 100))
    let head = try #require(ObjectID(hex: commits[0]))
    for (order, option) in [(WalkOrder.time, "--date-order"), (.topological, "--date-order")] {
      var visited: [String] = []
      try repository.walk(from: [head], order: order) { (id) throws(GitError) in
        visited.append(id.hex)
        return true
      }
      #expect(
        try visited == clone.git("rev-list", option, "main").text.split(separator: "\n").map(String.init))
    }
    let ids = try commits.map { try #require(ObjectID(hex: $0)) }
    for (one, two) in zip(ids, ids.dropFirst(3)) {
      // The status is 1 if there is none.
      let bases = try RunningProcess(
        ["git", "-C", clone.folder.path, "merge-base", "--all", one.hex, two.hex]
      ).wait().text.split(separator: "\n").map(String.init)
      #expect(try Set(repository.mergeBases(one, [two]).map(\.hex)) == Set(bases))
      #expect(try repository.isAncestor(two, of: one) == bases.contains(two.hex))
      #expect(try repository.isReachable(two, from: [one]) == bases.contains(two.hex))
    }
    for id in ids {
      let line = try clone.git("rev-list", "--parents", "-1", id.hex).text.split(separator: " ").map(
        String.init)
      #expect(try repository.commit(id).parents.map(\.hex) == Array(line.dropFirst()))
      #expect(try repository.link(id).firstParent?.hex == line.dropFirst().first)
    }
  }

  @Test func `a commit at which history ends is told`() throws {
    let (clone, commits) = try clone(depth: 2, seed: 7)
    let repository = try Repository(openingAt: clone.path)
    var told: [ObjectID] = []
    repository.reachedBoundary = { told.append($0) }
    let head = try #require(ObjectID(hex: commits[0]))
    _ = try repository.link(head)
    #expect(told.isEmpty)
    try repository.walk(from: [head]) { _ in true }
    #expect(try Set(told) == repository.boundary())
  }
}
