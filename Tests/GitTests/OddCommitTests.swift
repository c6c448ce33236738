import Identifiers
import Support
import Testing

@testable import Git

@Suite("Commits that no program of ours would write")
struct OddCommitTests {
  let folder: TemporaryRepository
  let tree: String

  init() throws {
    folder = try TemporaryRepository()
    tree = try folder.git("mktree").text
  }

  /// Stores the bytes of a commit unchanged.
  private func store(_ header: [UInt8], _ message: [UInt8] = Array("x\n".utf8)) throws -> ObjectID {
    let bytes = Array("tree \(tree)\n".utf8) + header + [0x0a] + message
    let text = try folder.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", input: bytes)
      .text
    return try #require(ObjectID(hex: text))
  }

  private func read(_ id: ObjectID) throws -> Commit { try Repository(openingAt: folder.path).commit(id) }

  static let lines: [(String, String, Int64)] = [
    ("Ada <a@b> 1767225600 +0100", "Ada", 1_767_225_600), ("Ada <a@b> 99999999999999999999 +0000", "Ada", 0),
    ("Ada <a@b> 9223372036854775807 +0000", "Ada", 0), ("Ada <a@b> -5 +0000", "Ada", 0),
    ("Ada <a@b>", "Ada", 0),
    ("Ada <a@b> soon", "Ada", 0), (" <> 5 +0000", "", 5), ("Ada <a>b> 7 +0000", "Ada", 7),
    ("Ada   L. <a@b> 5 +0000", "Ada   L.", 5), ("Ada <a@b> 1000000000000 +0000", "Ada", 1_000_000_000_000),
  ]

  @Test("names and dates are what git shows", arguments: lines)
  func signatures(line: String, name: String, seconds: Int64) throws {
    let id = try store(Array("author \(line)\ncommitter \(line)\n".utf8))
    let commit = try read(id)
    #expect(commit.author.name == name)
    #expect(commit.author.seconds == seconds)
    #expect(commit.committer == commit.author)
    #expect(commit.message == "x\n")
    let shown = try folder.git("show", "-s", "--format=%an|%ad", "--date=format:%s", "--date=unix", id.hex)
      .text
    let parts = shown.split(separator: "|", omittingEmptySubsequences: false)
    #expect(parts[0] == name)
    // Git shows nothing, or 1970, for an unreadable date.
    #expect(parts[1] == "\(seconds)" || seconds == 0)
  }

  @Test("a commit without an author, or without anything", arguments: ["", "author\n", "committer <\n"])
  func nobody(header: String) throws {
    let commit = try read(try store(Array(header.utf8)))
    #expect(commit.author == Signature(name: "", mail: "", seconds: 0))
    #expect(commit.parents == [])
    #expect(commit.tree.hex == tree)
  }

  static let texts: [(String, [UInt8], String)] = [
    ("ISO-8859-1", [0x4d, 0xfc, 0xa4], "Mü¤"), ("iso8859-1", [0xe9], "é"), ("latin1", [0xe9], "é"),
    ("ISO-8859-15", [0xa4, 0xa6, 0xbe, 0xe9], "€ŠŸé"), ("windows-1252", [0x80, 0x93, 0x94, 0xe9], "€“”é"),
    ("CP1252", [0x99], "™"), ("UTF-8", Array("é€".utf8), "é€"), ("utf8", [0x61, 0xff], "a\u{fffd}"),
    ("x-nothing", [0x61, 0xff], "a\u{fffd}"),
  ]

  @Test("texts are read in the encoding that the commit names", arguments: texts)
  func encodings(name: String, bytes: [UInt8], text: String) throws {
    let author = Array("author ".utf8) + bytes + Array(" <a@b> 5 +0000\n".utf8)
    let committer = Array("committer ".utf8) + bytes + Array(" <a@b> 5 +0000\n".utf8)
    let id = try store(author + committer + Array("encoding \(name)\n".utf8), bytes)
    let commit = try read(id)
    #expect(commit.message == text)
    #expect(commit.author.name == text)
    guard !text.contains("\u{fffd}") else { return }
    #expect(try folder.git("show", "-s", "--format=%an %s", id.hex).text == "\(text) \(text)")
  }

  @Test("each of them can be walked over")
  func walks() throws {
    var parents: [ObjectID] = []
    for line in [
      "author A <a@b> 99999999999999999999 +0000\ncommitter A\n", "", "committer A <a@b> 5 +0000\n",
    ] {
      let parent = parents.last.map { "parent \($0)\n" } ?? ""
      parents.append(try store(Array((parent + line).utf8)))
    }
    let repository = try Repository(openingAt: folder.path)
    let last = try #require(parents.last)
    for order in [WalkOrder.time, .topological] {
      var visited: [ObjectID] = []
      try repository.walk(from: [last], order: order) { id in
        visited.append(id)
        return true
      }
      #expect(visited == parents.reversed())
    }
    #expect(try repository.isAncestor(parents[0], of: last))
    #expect(try !repository.isAncestor(last, of: parents[0]))
    #expect(try repository.commitID(peeling: last) == last)
  }
}
