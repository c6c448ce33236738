internal import Git
public import Identifiers

/// The modules of a branch at one commit, kept in memory for any number of threads to read.
///
/// It never changes. When the branch moves, another snapshot is created, which shares the unchanged parts with this
/// one.
public struct BranchSnapshot: Sendable {
  /// The branch.
  public let branch: BranchName
  /// The commit; nil if the branch has none yet.
  public let commit: CommitID?
  let root: TreeSnapshot
  /// The state of the branch's files before the branch was read.
  let stamp: BranchStamp

  /// The number of modules.
  public var count: Int { root.count }

  /// Returns whether the branch still has this commit.
  ///
  /// - Parameter stamp: The current state of the branch's files.
  /// - Returns: Whether no change that was written before is missing.
  public func isCurrent(_ stamp: BranchStamp) -> Bool { self.stamp.isSettled && self.stamp == stamp }

  /// The module at a path; nil if there is none.
  public func module(at path: ModulePath) -> Module? {
    guard let directory = directory(path.steps.dropLast()),
      let index = directory.file(named: path.name.utf8)
    else { return nil }
    return Module(directory.module(index), path: path, commit: commit)
  }

  /// Finds a module by its hash.
  ///
  /// - Parameters:
  ///   - digest: The hash.
  ///   - isVisible: Returns whether a path may be seen.
  /// - Returns: The module at the first visible path, in their order; nil if there is none.
  public func module(_ digest: ModuleDigest, where isVisible: (ModulePath) -> Bool = { _ in true }) -> Module?
  {
    var found: Module?
    _ = root.forEachFile([]) { bytes, tree, index in
      guard tree.files[index].digest == digest, let path = ModulePath(bytes: bytes), isVisible(path) else {
        return true
      }
      found = Module(tree.module(index), path: path, commit: commit)
      return false
    }
    return found
  }

  /// Passes all modules, or those at and below a path, with paths sorted by segments.
  ///
  /// - Parameters:
  ///   - prefix: A module or directory; nil for all.
  ///   - body: Receives the bytes of the path, with a leading slash, and the hash.
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
