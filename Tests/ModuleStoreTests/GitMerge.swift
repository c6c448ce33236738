import Support
import SystemPackage
import Testing

/// Plain git's merges of a store's commits, made in a clone.
///
/// If both sides changed a file, a merge driver writes bytes that neither side has, also for merges of ancestors: for
/// binary files, git itself would use the base there.
struct GitMerge {
  /// The result in git.
  enum Outcome: Equatable {
    /// The id of the merged tree.
    case clean(String)
    /// The paths with conflicts.
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
    // If a file is in the way of a directory, git adds the name of its side to the file's name.
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
