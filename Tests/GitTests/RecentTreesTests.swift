import Identifiers
import Testing

@testable import Git

@Suite struct RecentTreesTests {
  private func id(_ number: Int) -> ObjectID { ObjectID(high: UInt64(number), middle: 0, low: 0) }

  /// A tree of a tenth of a megabyte.
  private func tree(_ number: Int) -> Tree {
    Tree(bytes: [UInt8](repeating: UInt8(number % 251), count: 100_000))
  }

  @Test func whatIsUsedAgainOutlivesTheRest() {
    var trees = RecentTrees()
    trees.insert(tree(0), for: id(0))
    for number in 1...200 {
      trees.insert(tree(number), for: id(number))
      #expect(trees.tree(id(0)) == tree(0))
      #expect(trees.tree(id(number)) == tree(number))
    }
    let kept = (1...200).filter { number in
      var copy = trees
      return copy.tree(id(number)) != nil
    }
    #expect((20...42).contains(kept.count), "two to four megabytes: \(kept.count)")
    #expect(kept == Array(201 - kept.count...200))
  }

  @Test func aVeryLargeTreeIsNotKept() {
    var trees = RecentTrees()
    trees.insert(Tree(bytes: [UInt8](repeating: 0, count: 1 << 20)), for: id(1))
    #expect(trees.tree(id(1)) == nil)
  }
}
