import Support
import SystemPackage
import Testing

/// Plain git's merges of a store's commits, made in a clone.
///
/// Where two sides changed a file, a driver writes bytes that neither has, also between ancestors: git itself would
/// take the base for binary files there.
struct GitMerge {
  /// What git came to.
  enum Outcome: Equatable {
    /// The id of the tree.
    case clean(String)
    /// The paths that need a decision.
    case conflicts(Set<String>)
  }

  private let folder: TemporaryFolder
  private var clone: String { folder.path + "/clone" }

  /// Clones a store.
  init(of store: TestStore) throws {
    folder = try TemporaryFolder()
    try run(["git", "clone", "--quiet", "--shared", "--no-checkout", store.root.string, clone])
    try git("config", "merge.disagreement.driver", "cat %O %B >> %A; exit 1")
    try run(["sh", "-c", "echo '* merge=disagreement' > '\(clone)/.git/info/attributes'"])
  }

  /// Merges one commit into another.
  func merge(_ theirs: String, into ours: String) throws -> Outcome {
    try git("checkout", "--quiet", "--force", "--detach", ours)
    let merge = try RunningProcess(
      [
        "git", "-C", clone, "merge", "--quiet", "-s", "recursive", "-X", "no-renames",
        "--allow-unrelated-histories", "-m", "Merge", theirs,
      ]
    ).wait()
    if merge.status == 0 { return .clean(try git("rev-parse", "HEAD^{tree}").text) }
    try #require(merge.status == 1, "\(merge.errors)")
    let unmerged = try git("ls-files", "--unmerged", "-z").text.split(separator: "\0")
    try git("reset", "--quiet", "--hard")
    // A file that is in the way of a directory has the name of its side added.
    return .conflicts(
      Set(
        unmerged.map { line in
          String(line.split(separator: "\t")[1].split(separator: "~")[0])
        }))
  }

  @discardableResult
  private func git(_ arguments: String...) throws -> ProcessResult {
    try run(["git", "-C", clone] + arguments)
  }
}
