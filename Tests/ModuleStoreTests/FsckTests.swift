import Git
import Identifiers
import Support
import SystemPackage
import Testing

@testable import ModuleStore

@Suite("Looking for damage")
struct FsckTests {
  let test: TestStore

  init() throws { test = try TestStore() }

  @Test("a store of plain git's, deltas and all, is whole", arguments: [FsckDepth.quick, .normal, .deep])
  func plainGit(depth: FsckDepth) throws {
    for index in 0..<12 { try test.add("\(index)", at: "folder/\(index % 5).wasm") }
    try test.git("tag", "-a", "-m", "message", "v1", "main~2")
    try test.git("update-index", "--add", "--cacheinfo", "160000,\(String(repeating: "1", count: 40)),module")
    let tree = try test.git("write-tree").text
    let commit = try test.git("commit-tree", "-p", "main", "-m", "submodule", tree).text
    try test.git("update-ref", "refs/heads/odd", commit)
    try test.git("repack", "-adfq", "--depth=50", "--window=50")
    let report = try test.open().fsck(depth)
    #expect(report.damage == [] && report.leftovers == [])
    #expect(report.commits == 13)
    #expect(report.modules == (depth == .quick ? nil : 12))
  }

  @Test("it is told how many paths and commits need an object, and what leads there")
  func effects() throws {
    for index in 0..<8 { try test.add("one", at: "folder/\(index).wasm") }
    try test.open().createBranch(try BranchName("dev"))
    try test.add("two", at: "other.wasm", branch: "dev")
    let blob = try test.git("rev-parse", "main:folder/0.wasm").text
    try removeObject(blob)
    let report = try test.open().fsck(.quick)
    #expect(report.damage.map(\.name) == [blob])
    let effect = try #require(report.damage.first?.effect)
    #expect(effect.source == "refs/heads/dev")
    #expect(effect.pathCount == 8 && effect.paths.count == 5 && effect.commitCount == 9)
    #expect(effect.paths.first?.path.spelled == "/folder/0.wasm")
    #expect(effect.paths.first?.commit.hex == (try test.git("rev-parse", "dev").text))
    #expect(effect.paths.map(\.commitCount) == [9, 8, 7, 6, 5])
  }

  @Test("a tag object that is gone is told of its tag")
  func tag() throws {
    try test.add("one", at: "a.wasm")
    try test.git("tag", "-a", "-m", "message", "v1")
    let tag = try test.git("rev-parse", "v1").text
    try removeObject(tag)
    let damage = try test.open().fsck(.quick).damage
    #expect(damage.map(\.name) == ["refs/tags/v1"])
    #expect(damage.map(\.problem) == ["points to \(tag), which is missing"])
  }

  @Test("a branch names a commit")
  func noCommit() throws {
    try test.add("one", at: "a.wasm")
    let blob = try test.git("rev-parse", "main:a.wasm").text
    _ = try test.file("store/refs/heads/dev", Array("\(blob)\n".utf8))
    #expect(
      try test.open().fsck().damage == [
        Damage(.reference(.reference("refs/heads/dev")), "points to \(blob), which is not a commit")
      ])
  }

  @Test("what a partial clone left out, and what a shallow one has not, is not damage")
  func clones() throws {
    try test.add("one", at: "a.wasm")
    try test.add("two", at: "a.wasm")
    try test.git("config", "uploadpack.allowFilter", "true")
    for (option, name) in [("--filter=blob:none", "partial"), ("--depth=1", "shallow")] {
      let place = "\(test.folder.path)/\(name)"
      try run(["git", "clone", "-q", "--bare", option, "file://\(test.root)", place])
      let session = try Store(at: FilePath(place)).connect().session()
      for depth in [FsckDepth.quick, .deep] { #expect(try session.fsck(depth).damage == []) }
    }
  }

  @Test("what is borrowed from another repository is looked at there")
  func alternates() throws {
    try test.add("one", at: "a.wasm")
    let place = "\(test.folder.path)/borrowing"
    try run(["git", "clone", "-q", "--bare", "--shared", test.root.string, place])
    let session = try Store(at: FilePath(place)).connect().session()
    #expect(try session.fsck().damage == [])
    let blob = try test.git("rev-parse", "main:a.wasm").text
    try removeObject(blob)
    #expect(try session.fsck().damage.map(\.name) == [blob])
  }

  @Test("the index of a work tree that cannot be read is damage")
  func worktreeIndex() throws {
    try test.add("one", at: "a.wasm")
    try test.git("worktree", "add", "--quiet", "--detach", "\(test.folder.path)/tree")
    _ = try test.file("store/worktrees/tree/index", Array("DIRC".utf8))
    let damage = try test.open().fsck(.quick).damage
    #expect(damage.map(\.name) == ["the index of work tree tree"])
  }

  @Test("an object that nothing needs is read in a deep check only")
  func unneeded() throws {
    try test.add("one", at: "a.wasm")
    let file = try test.file("lost.txt", Array("lost".utf8))
    let lost = try test.git("hash-object", "-w", file.string).text
    let path = objectPath(lost)
    try run(["chmod", "u+w", path])
    _ = try test.file("damaged", Array("no object".utf8))
    try run(["cp", "\(test.folder.path)/damaged", path])
    #expect(try test.open().fsck().damage == [])
    let damage = try test.open().fsck(.deep).damage
    #expect(damage.map(\.name) == [lost])
    #expect(damage.first?.effect == nil)
  }

  @Test("work that is cancelled ends")
  func cancelled() throws {
    try test.add("one", at: "a.wasm")
    let session = try test.open()
    session.work.cancellation.cancel()
    #expect(throws: StoreError.cancelled) { try session.fsck() }
  }

  private func objectPath(_ id: String) -> String {
    "\(test.root)/objects/\(id.prefix(2))/\(id.dropFirst(2))"
  }

  private func removeObject(_ id: String) throws { try run(["rm", "-f", objectPath(id)]) }
}
