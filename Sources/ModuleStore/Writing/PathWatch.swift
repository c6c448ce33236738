internal import Git

/// Sees to it that a change which depends on what stood at some paths is not applied again to something else.
struct PathWatch {
  private let paths: [ModulePath]
  private var seen: [TreeEntry?]?

  init(_ paths: [ModulePath]) { self.paths = paths }

  /// What stands at the paths now, the same at each call.
  ///
  /// - Throws: `StoreError.pathMoved` where it is not what the first call saw.
  mutating func check(_ editor: TreeEditor, on branch: BranchName) throws(StoreError) -> [TreeEntry?] {
    var present: [TreeEntry?] = []
    for path in paths {
      present.append(try translated { () throws(GitError) in try editor.entry(at: path.names) })
    }
    if let seen {
      for (path, (old, new)) in zip(paths, zip(seen, present)) where old != new {
        throw .pathMoved(path, branch)
      }
    }
    seen = present
    return present
  }
}
