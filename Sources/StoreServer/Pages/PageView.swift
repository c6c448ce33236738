internal import ModuleStore

/// The part of a store that a key may see.
struct PageView {
  private let key: AccessKey?
  /// The bytes of the path that the key is limited to, with a leading slash.
  private let place: [UInt8]?

  /// Creates the view of a key; nil for a view of everything.
  init(_ key: AccessKey?) {
    self.key = key
    place = (key?.path).map { Array($0.description.utf8) }
  }

  /// The path that the key is limited to; nil for all.
  var path: ModulePath? { key?.path }
  /// Whether every path is visible.
  var hasAllPaths: Bool { place == nil }
  /// Whether every branch is visible, and therefore also the tags, which belong to no branch.
  var hasAllBranches: Bool { key?.branch == nil }

  func sees(_ branch: BranchName) -> Bool { key?.allows(branch: branch) ?? true }
  func sees(_ path: ModulePath) -> Bool { key?.allows(path: path) ?? true }

  /// Returns whether a path of a tree is visible.
  func sees(_ path: RawPath) -> Bool {
    guard let place else { return true }
    return path.bytes.starts(with: place)
      && (path.bytes.count == place.count || path.bytes[place.count] == UInt8(ascii: "/"))
  }

  /// Returns whether at least a part of a folder is visible.
  func sees(below folder: ModulePath?) -> Bool {
    guard let folder, let path else { return true }
    return sees(folder) || path.steps.starts(with: folder.steps)
  }
}
