internal import ModuleStore

/// What a key may see.
struct PageView {
  private let key: AccessKey?
  /// The bytes of the path that the key is for, with a leading slash.
  private let place: [UInt8]?

  /// The view of a key; without one everything can be seen.
  init(_ key: AccessKey?) {
    self.key = key
    place = (key?.path).map { Array($0.description.utf8) }
  }

  /// The path that the key is limited to.
  var path: ModulePath? { key?.path }
  /// Whether every path can be seen.
  var hasAllPaths: Bool { place == nil }
  /// Whether every branch can be seen, and so tags, which are on none.
  var hasAllBranches: Bool { key?.branch == nil }

  func sees(_ branch: BranchName) -> Bool { key?.allows(branch: branch) ?? true }
  func sees(_ path: ModulePath) -> Bool { key?.allows(path: path) ?? true }

  /// Tells whether a path of a tree can be seen.
  func sees(_ path: RawPath) -> Bool {
    guard let place else { return true }
    return path.bytes.starts(with: place)
      && (path.bytes.count == place.count || path.bytes[place.count] == UInt8(ascii: "/"))
  }

  /// Tells whether something below a folder can be seen, or all of it.
  func sees(below folder: ModulePath?) -> Bool {
    guard let folder, let path else { return true }
    return sees(folder) || path.steps.starts(with: folder.steps)
  }
}
