import Identifiers
import Support
import SystemPackage
import Testing

@testable import ModuleStore

/// Modules that are removed from all history.
@Suite struct ErasingTests {
  let test: TestStore
  let secret: ModuleDigest

  init() throws {
    test = try TestStore()
    try test.add("one", at: "a")
    secret = try #require(try test.add("secret", at: "dir/secret").modules.first?.digest)
    try test.open().createTag(TagName("v1"), message: "With it")
    try test.open().createBranch(BranchName("dev"))
    try test.add("two", at: "b", branch: "dev")
    _ = try test.open().remove(["dir"])
    try test.add("three", at: "c")
  }

  /// The authors, dates and messages of all commits.
  private func history() throws -> String {
    try test.git("log", "--all", "--topo-order", "--format=%an %ae %at %ct %s", "--branches", "--tags").text
  }

  @Test(arguments: [false, true])
  func `no branch, tag or record has it, and the rest is as it was`(isPacked: Bool) throws {
    if isPacked {
      var request = CollectionRequest()
      (request.history, request.expiresNow) = (.keep, true)
      _ = try test.open().collectGarbage(request)
    }
    let blob = try test.git("rev-parse", "v1:dir/secret").text
    let (before, tree) = (try history(), try test.git("rev-parse", "main^{tree}").text)
    let first = try test.git("rev-parse", "main~3").text
    let plan = try test.open().erase([secret.hex], dryRun: true)
    #expect(try test.git("rev-parse", "v1:dir/secret").text == blob)
    let erasure = try test.open().erase([secret.hex])
    #expect(erasure.rewritten == plan.rewritten)
    #expect(erasure.references.map(\.name) == ["refs/heads/dev", "refs/heads/main", "refs/tags/v1"])
    #expect(erasure.references.map(\.after) == plan.references.map(\.after))
    #expect(erasure.remaining.isEmpty)
    #expect(throws: ProcessError.self) { try test.git("cat-file", "-e", blob) }
    #expect(try history() == before)
    #expect(try test.git("rev-parse", "main^{tree}").text == tree)
    #expect(try test.git("rev-parse", "main~3").text == first)
    #expect(try test.git("ls-tree", "-r", "--name-only", "v1").text == "a")
    #expect(try test.git("ls-tree", "-r", "--name-only", "dev").text == "a\nb")
    #expect(try test.git("cat-file", "tag", "v1").text.hasSuffix("With it"))
    try test.git("fsck", "--strict", "--full")
    #expect(throws: StoreError.self) { try test.open().undo() }
    let gone = StoreError.moduleNotFound(reference: secret.hex, branch: .main, lastAt: nil)
    #expect(throws: gone) { try test.open().erase([secret.hex]) }
  }

  @Test func `signatures and trailers follow what they are about`() throws {
    let signed = """
      tree \(try test.git("rev-parse", "v1^{tree}").text)
      parent \(try test.git("rev-parse", "v1^{commit}").text)
      author A <a@b> 1 +0200
      committer C <c@d> 2 -0100
      gpgsig -----BEGIN PGP SIGNATURE-----
       \u{20}
       abc
       -----END PGP SIGNATURE-----

      Signed

      Wasmstore-Rollback-To: \(try test.git("rev-parse", "v1^{commit}").text)

      """
    let file = try test.file("commit", Array(signed.utf8))
    let id = try test.git("hash-object", "-t", "commit", "-w", file.string).text
    try test.git("update-ref", "refs/heads/signed", id)
    _ = try test.open().erase(["v1:dir/secret"])
    let text = try test.git("cat-file", "commit", "signed").text
    #expect(!text.contains("gpgsig") && !text.contains("abc"))
    #expect(text.contains("author A <a@b> 1 +0200\ncommitter C <c@d> 2 -0100\n\nSigned\n"))
    let commit = try test.git("rev-parse", "v1^{commit}").text
    #expect(text.contains("Wasmstore-Rollback-To: \(commit)"))
    #expect(text.contains("parent \(commit)\n"))
  }

  @Test func `a tag of nothing but the module goes, and a branch that is checked out is refused`() throws {
    try test.git("tag", "blob", "v1:dir/secret")
    try test.git("worktree", "add", "--quiet", "\(test.folder.path)/tree", "dev")
    #expect(throws: StoreError.self) { try test.open().erase([secret.hex]) }
    try test.git("worktree", "remove", "--force", "\(test.folder.path)/tree")
    let erasure = try test.open().erase([secret.hex])
    #expect(erasure.references.first { $0.name == "refs/tags/blob" }?.after == nil)
    #expect(try test.open().tags().map(\.name.name) == ["v1"])
    #expect(erasure.remaining.isEmpty)
  }
}
