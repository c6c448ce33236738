import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Moving a reference by its file")
struct ReferenceUpdateTests {
  let folder: TemporaryRepository
  let repository: Repository
  let first: ObjectID
  let second: ObjectID

  static let signature = Signature(name: "Ada Lovelace", mail: "ada@example.org", seconds: 1_767_225_600)

  init() throws {
    folder = try TemporaryRepository()
    try folder.git("config", "core.logAllRefUpdates", "true")
    first = try folder.commit("first")
    second = try folder.commit("second")
    try folder.move("refs/heads/main", to: first)
    repository = try Repository(openingAt: folder.path)
  }

  func begin(_ name: String = "refs/heads/main", from expected: ObjectID? = nil) throws -> ReferenceUpdate? {
    try repository.beginUpdate(
      name, from: expected ?? first, to: second, by: Self.signature, message: "wasmstore: add /é  b.wasm")
  }

  func files() -> [String] { folder.folder.files(below: "refs").sorted() }

  @Test(
    "the reference moves, and the reflogs say what git would say",
    arguments: ["refs/heads/main", "refs/heads/a"])
  func update(head: String) throws {
    try folder.move("refs/heads/a", to: first)
    try folder.git("symbolic-ref", "HEAD", head)
    let git = try TemporaryRepository()
    try run(["cp", "-r", folder.path.string + "/.", git.path.string])
    try git.move("refs/heads/main", to: second, from: first, message: "wasmstore: add /é  b.wasm")
    let update = try #require(try begin())
    #expect(try folder.git("rev-parse", "main").text == first.hex, "before the end nothing has moved")
    try update.finish()
    #expect(try folder.git("rev-parse", "main").text == second.hex)
    #expect(files() == ["heads/a", "heads/main"])
    for log in ["logs/HEAD", "logs/refs/heads/main", "logs/refs/heads/a"] {
      // Git replaces several spaces by one.
      let expected = try String(decoding: contents(ofFile: "\(git.path)/\(log)"), as: UTF8.self)
      let found = try String(decoding: contents(ofFile: "\(folder.path)/\(log)"), as: UTF8.self)
      #expect(found.split(separator: " ") == expected.split(separator: " "), "\(log)")
    }
    let subject = try folder.git("reflog", "-1", "--format=%H %gn %ge %gs", "main").text
    #expect(subject == "\(second) Ada Lovelace ada@example.org wasmstore: add /é  b.wasm")
    #expect(try folder.complaints() == [])
    #expect(try repository.objectID(of: "refs/heads/main") == second)
  }

  @Test("a line end in the message stays on the line")
  func lineEnd() throws {
    let update = try repository.beginUpdate(
      "refs/heads/main", from: first, to: second, by: Self.signature, message: "a\nb\r\nc")
    try #require(update).finish()
    #expect(try folder.git("reflog", "-1", "--format=%gs", "main").text == "a b c")
  }

  @Test("a move that is given up leaves the reference and no lock")
  func abandoned() throws {
    do {
      let update = try #require(try begin())
      #expect(files() == ["heads/main", "heads/main.lock"])
      withExtendedLifetime(update) {}
    }
    #expect(files() == ["heads/main"])
    #expect(try folder.git("rev-parse", "main").text == first.hex)
    #expect(try folder.git("reflog", "main").text.split(separator: "\n").count == 1)
  }

  @Test("a reference that is elsewhere is not moved")
  func modified() throws {
    let error = #expect(throws: GitError.self) { try begin(from: second) }
    #expect(error?.code == .modified)
    #expect(files() == ["heads/main"])
  }

  @Test("git's lock is respected, and ours by git")
  func locked() throws {
    let update = try #require(try begin())
    let error = #expect(throws: GitError.self) { try begin() }
    #expect(error?.code == .locked)
    #expect(error?.message == "\(folder.path)/refs/heads/main.lock")
    #expect(throws: ProcessError.self) { try folder.git("update-ref", "refs/heads/main", second.hex) }
    #expect(files() == ["heads/main", "heads/main.lock"], "the lock is its owner's")
    try update.finish()
    #expect(files() == ["heads/main"])
  }

  @Test(
    "what is not plain is left to libgit2, and nothing changes",
    arguments: [
      "packed", "missing", "nested", "symbolic", "no reflog", "no reflog of HEAD", "damaged", "folder",
      "escaping",
    ])
  func others(what: String) throws {
    var name = "refs/heads/main"
    switch what {
    case "packed": try folder.git("pack-refs", "--all")
    case "missing": name = "refs/heads/other"
    case "nested": name = "refs/heads/some/other"
    case "symbolic":
      name = "refs/heads/alias"
      try folder.move(name, to: first)
      try folder.git("symbolic-ref", name, "refs/heads/main")
    case "no reflog": try run(["rm", "\(folder.path)/logs/refs/heads/main"])
    case "no reflog of HEAD": try run(["rm", "\(folder.path)/logs/HEAD"])
    case "damaged": try run(["truncate", "-s", "39", "\(folder.path)/refs/heads/main"])
    case "folder": try run(["sh", "-c", "cd '\(folder.path)/refs/heads' && rm main && mkdir main"])
    default: name = "refs/../refs/heads/main"
    }
    let before = files()
    #expect(try begin(name) == nil)
    #expect(files() == before)
  }
}

extension TemporaryRepository {
  func commit(_ message: String) throws -> ObjectID {
    let text = try run(environment + ["commit-tree", "-m", message, try git("mktree").text]).text
    return try #require(ObjectID(hex: text))
  }

  func move(_ name: String, to new: ObjectID, from old: ObjectID = .zero, message: String = "made") throws {
    try run(environment + ["update-ref", "-m", message, name, new.hex, old.hex])
  }

  private var environment: [String] {
    [
      "env", "GIT_AUTHOR_NAME=Ada Lovelace", "GIT_AUTHOR_EMAIL=ada@example.org",
      "GIT_AUTHOR_DATE=1767225600 +0000",
      "GIT_COMMITTER_NAME=Ada Lovelace", "GIT_COMMITTER_EMAIL=ada@example.org",
      "GIT_COMMITTER_DATE=1767225600 +0000", "git", "-C", folder.path,
    ]
  }
}
