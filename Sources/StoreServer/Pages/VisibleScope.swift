internal import ModuleStore

/// The part of a store that a key may see.
struct VisibleScope {
  private let key: AccessKey?
  /// The bytes of the path that the key is limited to, with a leading slash.
  private let pathBytes: [UInt8]?

  /// Creates the scope of a key; nil for a scope of everything.
  init(_ key: AccessKey?) {
    self.key = key
    pathBytes = (key?.path).map { Array($0.description.utf8) }
  }

  /// The path that the key is limited to; nil for all.
  var path: ModulePath? { key?.path }
  /// Whether every path is visible.
  var hasAllPaths: Bool { pathBytes == nil }
  /// Whether every branch is visible, and therefore also the tags, which belong to no branch.
  var hasAllBranches: Bool { key?.branch == nil }

  func contains(_ branch: BranchName) -> Bool { key?.allows(branch: branch) ?? true }
  func contains(_ path: ModulePath) -> Bool { key?.allows(path: path) ?? true }

  /// Returns whether a path of a tree is visible.
  func contains(_ path: RawPath) -> Bool {
    guard let pathBytes else { return true }
    return path.bytes.starts(with: pathBytes)
      && (path.bytes.count == pathBytes.count || path.bytes[pathBytes.count] == UInt8(ascii: "/"))
  }

  /// Returns whether at least a part of a folder is visible.
  func containsPart(of folder: ModulePath?) -> Bool {
    guard let folder, let path else { return true }
    return contains(folder) || path.steps.starts(with: folder.steps)
  }
}
