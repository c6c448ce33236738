internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// Branches that plain git has checked out in a work tree of its own (git-worktree): to move one there would make
/// its files and its index look like changes that somebody made.
extension StoreSession {
  /// Refuses to move, delete or rename a branch that a linked work tree has checked out, as git does.
  ///
  /// - Throws: `StoreError.branchCheckedOut`.
  func refuseCheckedOut(_ name: BranchName) throws(StoreError) {
    for worktree in try linkedWorktrees(of: root) {
      for file in StoreSession.headFiles {
        let text = try text(of: worktree.appending(file))
        // Those that only name the branch are of a rebase or a bisection that goes on.
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

  /// The files in which git says what a work tree has checked out, or will have again.
  private static let headFiles = ["HEAD", "rebase-merge/head-name", "rebase-apply/head-name", "BISECT_START"]

  /// The text of a file without its line end; nil where there is none.
  private func text(of path: FilePath) throws(StoreError) -> String? {
    guard let bytes = try translated({ () throws(FileError) in try contents(of: path) }) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}

/// The folders in which git keeps what belongs to the linked work trees of a repository.
func linkedWorktrees(of root: FilePath) throws(StoreError) -> [FilePath] {
  let folder = root.appending("worktrees")
  return try translated { () throws(FileError) in try names(in: folder) }.sorted().map {
    folder.appending($0)
  }
}
