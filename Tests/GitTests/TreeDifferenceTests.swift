import Identifiers
import Support
import Testing

@testable import Git

/// The differences of two trees, compared with a comparison by name.
@Suite struct TreeDifferenceTests {
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func findsWhatDiffers(seed: UInt64) throws {
    var generator = Generator(seed: seed)
    let left = tree(&generator)
    var changed = left
    for name in left.keys where Int.random(in: 0..<4, using: &generator) == 0 { changed[name] = nil }
    for (name, entry) in tree(&generator) where Bool.random(using: &generator) { changed[name] = entry }

    let found = try Tree.differing(Tree(entries: left.values), Tree(entries: changed.values))

    #expect(found.left == only(left, comparedWith: changed))
    #expect(found.right == only(changed, comparedWith: left))
  }

  @Test func findsNothingInEqualTrees() throws {
    var generator = Generator(seed: 1)
    let same = Tree(entries: tree(&generator).values)
    let found = try Tree.differing(same, same)
    #expect(found.left.isEmpty && found.right.isEmpty)
  }

  @Test func refusesBytesThatAreNoTree() {
    #expect(throws: GitError.self) { try Tree.differing(Tree(bytes: [0x31, 0x20]), .empty) }
  }

  /// Entries by name; the order of these names depends on a directory's slash.
  private func tree(_ generator: inout Generator) -> [[UInt8]: TreeEntry] {
    var entries: [[UInt8]: TreeEntry] = [:]
    for _ in 0..<Int.random(in: 0..<12, using: &generator) {
      let letters: [UInt8] = [0x2d, 0x2e, 0x30, 0x61]
      let length = Int.random(in: 1...3, using: &generator)
      let name = (0..<length).map { _ in letters[Int.random(in: 0..<4, using: &generator)] }
      let id = ObjectID(hex: String(repeating: "\(Int.random(in: 1...2, using: &generator))", count: 40))
      let mode = Bool.random(using: &generator) ? EntryMode.directory : .file
      entries[name] = id.map { TreeEntry(name: name, mode: mode, id: $0) }
    }
    return entries
  }

  private func only(_ one: [[UInt8]: TreeEntry], comparedWith other: [[UInt8]: TreeEntry]) -> [TreeEntry] {
    one.values.filter { other[$0.name] != $0 }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }
}
