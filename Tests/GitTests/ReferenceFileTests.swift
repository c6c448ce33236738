import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Reading and writing a reference's file")
struct ReferenceFileTests {
  let folder: TemporaryRepository
  let first: ObjectID
  let second: ObjectID

  init() throws {
    folder = try TemporaryRepository()
    try folder.git("config", "core.logAllRefUpdates", "true")
    first = try folder.commit("first")
    second = try folder.commit("second")
    try folder.move("refs/heads/main", to: first)
  }

  private func open() throws -> Repository { try Repository(openingAt: folder.path) }

  /// Replaces a reference by a link.
  private func link(_ name: String, to target: String) throws {
    try run(["ln", "-sf", target, "\(folder.path)/\(name)"])
  }

  private func write(_ name: String, _ text: String) throws {
    try run(["sh", "-c", "cat >'\(folder.path)/\(name)'"], input: Array(text.utf8))
  }

  @Test("a link to a name below refs/ is another name of that reference, as for git")
  func symbolicLinks() throws {
    try link("HEAD", to: "refs/heads/main")
    try link("refs/heads/alias", to: "refs/heads/main")
    #expect(try folder.git("symbolic-ref", "HEAD").text == "refs/heads/main")
    #expect(try folder.git("symbolic-ref", "refs/heads/alias").text == "refs/heads/main")
    let repository = try open()
    #expect(try repository.headReference() == "refs/heads/main")
    #expect(try repository.reference("refs/heads/alias") == .symbolic("refs/heads/main"))
  }

  @Test("a link to a file is what the file holds, as for git")
  func linksToFiles() throws {
    try link("refs/heads/alias", to: "main")
    #expect(try open().objectID(of: "refs/heads/alias") == first)
    #expect(try folder.git("rev-parse", "alias").text == first.hex)
  }

  @Test("what is written goes into the place of the link", arguments: ["update", "begin", "delete"])
  func writing(how: String) throws {
    try link("refs/heads/alias", to: "main")
    try folder.git("update-ref", "--create-reflog", "refs/heads/main", first.hex)
    let repository = try open()
    switch how {
    case "update": try repository.update("refs/heads/alias", from: first, to: second, message: "x")
    case "delete": try repository.delete("refs/heads/alias", expected: first)
    default:
      try run(["cp", "\(folder.path)/logs/refs/heads/main", "\(folder.path)/logs/refs/heads/alias"])
      let signature = Signature(name: "a", mail: "b", seconds: 0)
      let update = try repository.beginUpdate(
        "refs/heads/alias", from: first, to: second, by: signature, message: "x")
      try #require(update).finish()
    }
    #expect(try repository.objectID(of: "refs/heads/main") == first, "what the link led to stays")
    #expect(try repository.objectID(of: "refs/heads/alias") == (how == "delete" ? nil : second))
    #expect(try folder.complaints() == [])
  }

  @Test("HEAD becomes a file, and the branch it was a link to stays")
  func head() throws {
    try folder.move("refs/heads/dev", to: second)
    try link("HEAD", to: "refs/heads/main")
    try open().setHead("refs/heads/dev", by: Signature(name: "Ada", mail: "a@b", seconds: 5))
    #expect(try folder.git("symbolic-ref", "HEAD").text == "refs/heads/dev")
    #expect(try folder.git("rev-parse", "main").text == first.hex)
    #expect(
      try contents(ofFile: "\(folder.path)/logs/HEAD").split(separator: 0x0a).last
        == "\(first) \(second) Ada <a@b> 5 +0000\tcheckout: moving from main to dev".utf8.map { $0 }[...])
    #expect(try folder.git("rev-parse", "--symbolic-full-name", "@{-1}").text == "refs/heads/main")
  }

  static let texts: [(String, String?)] = [
    ("", "is empty"), (String(repeating: "\0", count: 41), "holds zeros"),
    (String(repeating: "0", count: 40) + "\n", "holds zeros"), ("\n", "holds zeros"),
    ("ref: \n", "does not contain the id of an object"),
    ("ref: a..b\n", "does not contain the id of an object"),
    ("main\n", "does not contain the id of an object"),
    ("0123456789", "does not contain the id of an object"),
    ("ref:refs/heads/main", nil), ("ref: refs/heads/main  \n", nil),
    ("9c5765e4f2b7d4bd5b5a1c7a0d4e9a1b2c3d4e5f", nil), ("9c5765e4f2b7d4bd5b5a1c7a0d4e9a1b2c3d4e5f\tx\n", nil),
  ]

  @Test("a file that names nothing is told from one that is not there", arguments: texts)
  func broken(text: String, problem: String?) throws {
    try write("refs/heads/x", text)
    let repository = try open()
    guard let problem else {
      #expect(try repository.reference("refs/heads/x") != nil)
      return
    }
    #expect(throws: GitError(.brokenReference("refs/heads/x"), "refs/heads/x \(problem)")) {
      try repository.reference("refs/heads/x")
    }
    #expect(try repository.reference("refs/heads/y") == nil)
    try repository.mend("refs/heads/x", to: .object(second))
    #expect(try folder.git("rev-parse", "x").text == second.hex)
    try repository.mend("refs/heads/x", to: .object(first))
    #expect(try folder.git("rev-parse", "x").text == second.hex, "what is whole stays")
    try write("refs/heads/x", text)
    try repository.mend("refs/heads/x", to: nil)
    #expect(try repository.reference("refs/heads/x") == nil)
  }

  @Test("the reflog is read as git reads it, without torn lines")
  func reflog() throws {
    try folder.move("refs/heads/main", to: second, from: first, message: "moved")
    try run(["sh", "-c", "printf 'torn' >>'\(folder.path)/logs/refs/heads/main'"])
    let entries = try open().reflog(of: "refs/heads/main")
    #expect(entries.map(\.old) == [.zero, first])
    #expect(entries.map(\.new) == [first, second])
    #expect(entries.map(\.message) == ["made", "moved"])
    #expect(entries.map(\.signature.name) == ["Ada Lovelace", "Ada Lovelace"])
    #expect(try open().reflog(of: "refs/heads/none") == [])
  }
}
