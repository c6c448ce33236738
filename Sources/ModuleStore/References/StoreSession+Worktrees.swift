internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// Branches that plain git has checked out in a linked work tree (git-worktree): moving such a branch would make the
/// files and the index of the work tree look modified.
extension StoreSession {
  /// Refuses to move, delete or rename a branch that a linked work tree has checked out, as git does.
  ///
  /// - Throws: `StoreError.branchCheckedOut`.
  func refuseCheckedOut(_ name: BranchName) throws(StoreError) {
    for worktree in try linkedWorktrees(of: root) {
      for file in StoreSession.headFiles {
        let text = try text(of: worktree.appending(file))
        // The other files name the branch of a running rebase or bisection.
        guard
          text == name.reference || text == ReferenceTarget.symbolic(name.reference).recorded
            || text == name.name
        else {
          continue
        }
        let place = try self.text(of: worktree.appending("gitdir")) ?? worktree.string
        throw .branchCheckedOut(name, at: place.hasSuffix("/.git") ? String(place.dropLast(5)) : place)
      }
    }
  }

  /// The files in which git records the branch of a work tree, or the branch that it will return to.
  private static let headFiles = ["HEAD", "rebase-merge/head-name", "rebase-apply/head-name", "BISECT_START"]

  /// The text of a file without its line end; nil if it does not exist.
  private func text(of path: FilePath) throws(StoreError) -> String? {
    guard let bytes = try translated({ () throws(FileError) in try contents(of: path) }) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}

/// The folders in which git keeps the data of the linked work trees of a repository.
func linkedWorktrees(of root: FilePath) throws(StoreError) -> [FilePath] {
  let folder = root.appending("worktrees")
  return try translated { () throws(FileError) in try names(in: folder) }.sorted().map {
    folder.appending($0)
  }
}
