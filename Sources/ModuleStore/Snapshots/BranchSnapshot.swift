internal import Git
public import Identifiers

/// The modules of a branch as they stand at one commit, kept in memory for any number of threads to read.
///
/// Nothing in it changes. When the branch moves, another snapshot is made, which shares with this one what stayed.
public struct BranchSnapshot: Sendable {
  /// The branch.
  public let branch: BranchName
  /// The commit; nil while the branch has none.
  public let commit: CommitID?
  let root: TreeSnapshot
  /// What the branch's files looked like before it was read.
  let stamp: BranchStamp

  /// The number of modules.
  public var count: Int { root.count }

  /// Tells whether the branch still stands there.
  ///
  /// - Parameter stamp: What the branch's files look like now.
  /// - Returns: Whether nothing that was written by then is missing.
  public func isCurrent(_ stamp: BranchStamp) -> Bool { self.stamp.isSettled && self.stamp == stamp }

  /// The module at a path; nil where there is none.
  public func module(at path: ModulePath) -> Module? {
    guard let directory = directory(path.steps.dropLast()),
      let index = directory.file(named: path.name.utf8)
    else { return nil }
    return Module(directory.facts(index), path: path, commit: commit)
  }

  /// Finds a module by its hash.
  ///
  /// - Parameters:
  ///   - digest: The hash.
  ///   - isVisible: Says of a path whether it may be seen.
  /// - Returns: The module at the first path, in their order, that may be seen; nil where there is none.
  public func module(_ digest: ModuleDigest, where isVisible: (ModulePath) -> Bool = { _ in true }) -> Module?
  {
    var found: Module?
    _ = root.forEachFile([]) { bytes, tree, index in
      guard tree.files[index].digest == digest, let path = ModulePath(bytes: bytes), isVisible(path) else {
        return true
      }
      found = Module(tree.facts(index), path: path, commit: commit)
      return false
    }
    return found
  }

  /// Passes the modules, or those at and below a path, in the order of the steps of their paths.
  ///
  /// - Parameters:
  ///   - prefix: A module or directory; nil for all.
  ///   - body: Takes the bytes of the path, with a leading slash, and the hash.
  public func forEachModule(below prefix: ModulePath? = nil, _ body: ([UInt8], ModuleDigest) -> Void) {
    func pass(_ path: [UInt8], _ tree: TreeSnapshot, _ index: Int) -> Bool {
      body(path, tree.files[index].digest)
      return true
    }
    guard let prefix else {
      _ = root.forEachFile([0x2f], pass)
      return
    }
    guard let parent = directory(prefix.steps.dropLast()) else { return }
    let path = Array(prefix.description.utf8)
    if let index = parent.file(named: prefix.name.utf8) { _ = pass(path, parent, index) }
    if let tree = parent.directory(named: prefix.name.utf8) { _ = tree.forEachFile(path + [0x2f], pass) }
  }

  private func directory(_ steps: ArraySlice<String>) -> TreeSnapshot? {
    var tree = root
    for step in steps {
      guard let next = tree.directory(named: step.utf8) else { return nil }
      tree = next
    }
    return tree
  }
}
