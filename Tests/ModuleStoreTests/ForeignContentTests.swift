import Identifiers
import ModuleStore
import Support
import SystemPackage
import Testing

extension TestStore {
  /// Makes a commit on top of a branch like plain git, with one more file; moves no reference.
  func foreignCommit(on branch: String, path: String) throws -> String {
    let module = try file("foreign.wasm", WasmBuilder.sampleModule(text: "foreign"))
    let blob = try git("hash-object", "-w", module.string).text
    let entries = try git("ls-tree", branch).text.split(separator: "\n").filter { !$0.hasSuffix("\t\(path)") }
    let listing = (entries + ["100644 blob \(blob)\t\(path)"]).joined(separator: "\n") + "\n"
    let tree = try run(["git", "-C", root.string, "mktree"], input: Array(listing.utf8)).text
    return try git("commit-tree", "-m", "foreign", "-p", branch, tree).text
  }

  /// Moves the branch main like plain git.
  func moveBranch(to commit: String) throws {
    try git("update-ref", "refs/heads/main", commit)
  }
}

/// Contents pushed by plain git break no command, and are never served as a module.
@Suite struct ForeignContentTests {
  /// A store whose head was made by plain git: a module, and entries of all other kinds.
  private func store() throws -> TestStore {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let script = """
      set -e
      cd "$(mktemp -d '\(test.folder.path)/work.XXXX')"
      git clone -q '\(test.root)' w && cd w
      echo text > notes.txt; ln -s a.wasm link.wasm; cp a.wasm run.wasm; chmod +x run.wasm
      mkdir -p deep; cp a.wasm deep/pushed.wasm; cp a.wasm "$(printf 'odd\\nname.wasm')"
      cp a.wasm "$(printf 'bad\\377.wasm')"; head -c 60 a.wasm > cut.wasm
      git add -A
      git update-index --add --cacheinfo 160000,\(String(repeating: "1", count: 40)),sub
      git commit -qm foreign && git push -q origin HEAD:main
      """
    try run(["sh", "-c", script])
    return test
  }

  @Test func listsModulesAloneAndTheRestOnRequest() throws {
    let opened = try store().open()
    #expect(
      try opened.list(ListRequest()).map(\.path.spelled) == ["/a.wasm", "/cut.wasm", "/deep/pushed.wasm"])
    var request = ListRequest()
    request.showsAll = true
    let kinds = try opened.list(request).map { "\($0.path) \($0.kind.rawValue)" }
    #expect(
      kinds == [
        "/a.wasm core", "\"/bad\\377.wasm\" odd name", "/cut.wasm core", "/deep/pushed.wasm core",
        "/link.wasm symlink", "/notes.txt file", "\"/odd\\nname.wasm\" odd name", "/run.wasm executable",
        "/sub submodule",
      ])
    #expect(
      try opened.list(request).first { $0.path.spelled == "/cut.wasm" }?.problem == "unexpected end-of-file")
  }

  @Test(arguments: [
    ("notes.txt", EntryKind.file), ("link.wasm", .symlink), ("run.wasm", .executable), ("sub", .submodule),
    ("deep", .directory),
  ])
  func servesNothingElseAsAModule(path: String, kind: EntryKind) throws {
    let opened = try store().open()
    #expect(throws: StoreError.notAModule(path: "/" + path, kind: kind)) { try opened.module(path) }
    #expect(try !opened.contains(path))
  }

  @Test func findsWhatWasPushed() throws {
    let opened = try store().open()
    let digest = try opened.module("a.wasm").digest
    #expect(try opened.module(digest.hex).path?.description == "/a.wasm")
    #expect(try opened.versions(of: ModulePath("deep/pushed.wasm")).map(\.digest) == [digest])
    #expect(try opened.audit(ModulePath("notes.txt")).map(\.message) == ["foreign\n"])
  }

  @Test func keepsWhatItCannotName() throws {
    let test = try store()
    let opened = try test.open()
    #expect(try opened.diff().count == 8)
    #expect(try opened.rollback().commit != nil)
    #expect(try opened.rollback("deep/pushed.wasm").map(\.path.spelled) == [])
    #expect(try opened.undo().command == "rollback")
    _ = try opened.createBranch(BranchName("dev"))
    try test.add("two", at: "b.wasm", branch: "dev")
    #expect(try opened.merge("dev").kind == .fastForward)
    _ = try opened.remove(["a.wasm"])
    #expect(
      try opened.list(ListRequest()).map(\.path.spelled) == ["/b.wasm", "/cut.wasm", "/deep/pushed.wasm"])
    try test.git("fsck", "--full")
    let kept = try run(["git", "-C", test.root.string, "ls-tree", "-z", "--name-only", "main"]).output
    #expect(kept.split(separator: 0).contains { $0.contains(0xff) })
  }
}

extension StoreSession {
  fileprivate func rollback(_ path: String) throws -> [Change] {
    // The path's only version was removed by a rollback of the branch, so there is nothing left to roll back.
    do {
      return try rollback(ModulePath(path)).changes
    } catch StoreError.moduleNotFound {
      return []
    }
  }
}
