import Support
import Testing

@testable import ModuleStore

@Suite("Branches that a linked work tree has checked out")
struct WorktreeTests {
  @Test("they stay where they are", arguments: [false, true])
  func refusals(dryRun: Bool) throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try test.add("two", at: "a.wasm")
    let dev = try BranchName("dev")
    try test.open().createBranch(dev)
    let place = "\(test.folder.path)/tree"
    try test.git("worktree", "add", "--quiet", place, "dev")
    let store = try test.open()
    let onBranch = try test.open(branch: "dev")
    let error = StoreError.branchCheckedOut(dev, at: place)
    #expect(throws: error) { try store.deleteBranch(dev, dryRun: dryRun) }
    #expect(throws: error) { try store.deleteBranch(dev, isForced: true, dryRun: dryRun) }
    #expect(throws: error) { try store.renameBranch(dev, to: BranchName("x"), dryRun: dryRun) }
    #expect(throws: error) { try onBranch.restore("main~1", dryRun: dryRun) }
    #expect(throws: error) { try onBranch.remove(["a.wasm"], dryRun: dryRun) }
    #expect(throws: error) { try store.undo(dryRun: dryRun) }
    try run(["git", "-C", place, "switch", "--quiet", "--detach"])
    try store.deleteBranch(dev, dryRun: dryRun)
  }

  @Test("a rebase that goes on has its branch")
  func rebase() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    let dev = try BranchName("dev")
    try test.open().createBranch(dev)
    let place = "\(test.folder.path)/tree"
    try test.git("worktree", "add", "--quiet", "--detach", place)
    try run(["mkdir", "\(test.root)/worktrees/tree/rebase-merge"])
    _ = try test.file("store/worktrees/tree/rebase-merge/head-name", Array("refs/heads/dev\n".utf8))
    #expect(throws: StoreError.branchCheckedOut(dev, at: place)) { try test.open().deleteBranch(dev) }
  }
}
