import FileSystem
import Support
import SystemPackage
import Testing

@Suite struct DraftNamesTests {
  private let folder: TemporaryFolder
  private var root: FilePath { FilePath(folder.path) }

  init() throws { folder = try TemporaryFolder() }

  @Test func whatIsAbandonedIsRemovedAndNothingElse() throws {
    let drafts = DraftNames(in: root, prefix: "a.tar.", suffix: ".part")
    let stays = [
      "a.tar.part", "a.tar.12345.part", "a.tar.0123456789abcdeX.part", "b.tar.0123456789abcdef.part",
      "a.tar.0123456789abcdef.part.gz",
    ]
    try run(
      ["touch", "-d", "1 minute ago"] + (stays + ["a.tar.0123456789abcdef.part"]).map { "\(root)/\($0)" })
    try run(["mkfifo", "\(root)/a.tar.1111111111111111.part"])
    try run(["ln", "-s", "\(root)/b.tar.0123456789abcdef.part", "\(root)/a.tar.2222222222222222.part"])
    let held = try TemporaryFile(making: drafts.fresh(), permissions: 0o666)
    held.lock()
    let kept = held.path.lastComponent?.string ?? ""
    try drafts.removeAbandoned(olderThan: FileStatus(held.path)?.modified ?? 0)
    let links = ["a.tar.1111111111111111.part", "a.tar.2222222222222222.part"]
    #expect(try Set(names(in: root)) == Set(stays + links + [kept]))
    try drafts.removeAbandoned(olderThan: .max)
    #expect(try names(in: root).contains(kept), "whoever locks it lives")
    #expect(try names(in: root).count == stays.count + 3)
  }

  @Test func aFolderIsRemovedWithAllThatIsInIt() throws {
    let drafts = DraftNames(in: root, prefix: ".store.restore-")
    let draft = drafts.fresh()
    try run(["mkdir", "-p", "\(draft)/objects/pack"])
    try drafts.removeAbandoned(olderThan: 0)
    #expect(try fileExists(draft), "it may not be locked yet")
    try drafts.removeAbandoned(olderThan: .max)
    #expect(try !fileExists(draft))
  }
}
