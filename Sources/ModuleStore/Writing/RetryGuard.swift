internal import Git

/// Makes sure that a change is not retried on other entries at its paths than it first saw.
struct RetryGuard {
  private let paths: [ModulePath]
  private var seen: [TreeEntry?]?

  init(_ paths: [ModulePath]) { self.paths = paths }

  /// The current entries at the paths, the same in each call.
  ///
  /// - Throws: `StoreError.pathMoved` if they differ from those of the first call.
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
