import Identifiers
import Support
import Testing

@testable import Git

/// A commit's tree and first parent, compared with git.
@Suite struct CommitLinkTests {
  let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  /// A commit whose tree has one file, named like its message.
  private func commit(_ message: String, parents: String...) throws -> String {
    let file = "100644 blob \(String(repeating: "1", count: 40))\t\(message)\n"
    let tree = try repository.git("mktree", "--missing", input: Array(file.utf8)).text
    let identity = ["-c", "user.name=N", "-c", "user.email=m"]
    return try run(
      ["git", "-C", repository.folder.path] + identity + ["commit-tree", "-m", message, tree]
        + parents.flatMap { ["-p", $0] }
    ).text
  }

  @Test func agreesWithGit() throws {
    let root = try commit("parent \(String(repeating: "1", count: 40))")
    let second = try commit("second", parents: root)
    let merge = try commit("merge", parents: second, root)
    let opened = try Repository(openingAt: repository.path)
    for (name, parent) in [(root, nil), (second, root), (merge, second)] {
      let link = try opened.link(#require(ObjectID(hex: name)))
      let tree = try repository.git("rev-parse", name + "^{tree}").text
      #expect(link.tree.hex == tree)
      #expect(link.firstParent?.hex == parent)
    }
  }

  @Test(arguments: [
    ("blob", "no commit"), ("commit", ""), ("commit", "tree \(String(repeating: "g", count: 40))\n"),
    ("commit", "\ntree \(String(repeating: "1", count: 40))\n"),
  ])
  func refusesWhatIsNoCommit(kind: String, text: String) throws {
    let name = try repository.git(
      "hash-object", "-w", "--literally", "-t", kind, "--stdin", input: Array(text.utf8)
    ).text
    let id = try #require(ObjectID(hex: name))
    let opened = try Repository(openingAt: repository.path)
    let error = #expect(throws: GitError.self) { _ = try opened.link(id) }
    #expect(error?.code == .damaged)
  }

  @Test func refusesWhatIsNotThere() throws {
    let opened = try Repository(openingAt: repository.path)
    let error = #expect(throws: GitError.self) { _ = try opened.link(.zero) }
    #expect(error?.code == .notFound)
  }
}
