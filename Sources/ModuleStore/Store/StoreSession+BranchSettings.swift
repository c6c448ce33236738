internal import Git

/// A branch whose settings move to another branch, or are removed, together with the branch.
struct BranchSettingsMove {
  let from: BranchName
  /// The branch that receives them; nil for none.
  let to: BranchName?
}

extension StoreSession {
  /// Copies a branch's settings in the store's file to the branch that replaces it; called under the write lock.
  ///
  /// - Returns: The overwritten settings.
  func copySettings(_ move: BranchSettingsMove) throws(StoreError) -> [(key: String, value: String?)] {
    guard let new = move.to else { return [] }
    let present = try ownSettings(of: new)
    var replaced: [(key: String, value: String?)] = []
    for (name, value) in try ownSettings(of: move.from).sorted(by: { $0.key < $1.key }) {
      try setOwn(StoreSession.settingsPrefix(new) + name, to: value)
      replaced.append((StoreSession.settingsPrefix(new) + name, present[name]))
    }
    return replaced
  }

  /// Removes a branch's settings from the store's file; called under the write lock.
  func removeSettings(of branch: BranchName) throws(StoreError) {
    for name in try ownSettings(of: branch).keys.sorted() {
      try setOwn(StoreSession.settingsPrefix(branch) + name, to: nil)
    }
  }

  /// Writes a setting to the store's file; nil removes it. Called under the write lock.
  func setOwn(_ key: String, to value: String?) throws(StoreError) {
    try withStaleLocksRemoved { () throws(GitError) in
      try Configuration(path: layout.configuration).set(key, to: value)
    }
  }

  private static func settingsPrefix(_ branch: BranchName) -> String { "wasmstore.branch.\(branch)." }

  /// The settings of a branch in the store's file, by the last part of their names.
  private func ownSettings(of branch: BranchName) throws(StoreError) -> [String: String] {
    let prefix = StoreSession.settingsPrefix(branch)
    var settings: [String: String] = [:]
    for entry in try ownEntries() where entry.name.hasPrefix(prefix) {
      let name = String(entry.name.dropFirst(prefix.count))
      // A name with another dot belongs to a branch with a longer name.
      if !name.contains(".") { settings[name] = entry.value }
    }
    return settings
  }
}
