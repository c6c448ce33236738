/// The protection of a branch: the setting `branch.NAME.protected`.
public enum Protection: Int, Hashable, Comparable, Sendable {
  /// No protection.
  case none
  /// The branch cannot be deleted, renamed or moved back.
  case moves
  /// In addition, only `merge`, `rollback` and `undo` can change it.
  case changes

  /// Parses the value of a setting; nil if it is invalid.
  init?(setting: String) {
    // Plain git may have written it, in any of the spellings of its booleans (git-config, "Values").
    switch setting.lowercased() {
    case "true", "yes", "on", "1": self = .moves
    case "false", "no", "off", "0": self = .none
    case "changes": self = .changes
    default: return nil
    }
  }

  /// The value of the setting; nil if the setting is not needed.
  var setting: String? {
    switch self {
    case .none: nil
    case .moves: "true"
    case .changes: "changes"
    }
  }

  /// Orders protections by strictness.
  public static func < (left: Protection, right: Protection) -> Bool { left.rawValue < right.rawValue }
}

extension StoreSession {
  /// The protection of a branch: the strictest of the settings for its name and for matching patterns.
  ///
  /// - Throws: `StoreError.invalidSetting` if a value is invalid in git too.
  public func protection(of name: BranchName) throws(StoreError) -> Protection {
    var strictest = Protection.none
    for setting in try guardSettings(.protected, of: name) {
      guard let protection = Protection(setting: setting.value) else {
        throw .invalidSetting(key: setting.key, value: setting.value, reason: SettingKey.noProtection)
      }
      strictest = max(strictest, protection)
    }
    return strictest
  }

  /// Returns whether a branch cannot be deleted, renamed or moved back.
  ///
  /// - Throws: `StoreError.invalidSetting` if a value is invalid in git too.
  public func isProtected(_ name: BranchName) throws(StoreError) -> Bool {
    try protection(of: name) != .none
  }

  /// Refuses to delete, rename or move back a protected branch.
  ///
  /// - Throws: `StoreError.branchProtected`.
  func refuseProtected(_ name: BranchName) throws(StoreError) {
    if try isProtected(name) { throw .branchProtected(name) }
  }

  /// Refuses other changes than by `merge`, `rollback` and `undo` to a branch that is protected against changes.
  ///
  /// - Throws: `StoreError.changesRefused`.
  func refuseDirectChange(of name: BranchName) throws(StoreError) {
    if try protection(of: name) == .changes { throw .changesRefused(name) }
  }

  /// Refuses an undo that moves a protected branch. If the branch is protected against changes, undo may change it,
  /// but may not delete it.
  ///
  /// - Throws: `StoreError.branchProtected`.
  func refuseUndoing(_ move: ReferenceMove) throws(StoreError) {
    guard let name = BranchName(reference: move.name) else { return }
    if move.after != nil, try protection(of: name) == .changes { return }
    try refuseProtected(name)
  }

  /// Protects a branch, or removes its protection.
  ///
  /// - Throws: `StoreError.branchNotFound`.
  public func setProtection(
    of name: BranchName, to protection: Protection, dryRun: Bool = false
  ) throws(StoreError) {
    guard try branchExists(name) || name == defaultBranch else { throw .branchNotFound(name) }
    guard !dryRun else { return }
    let option =
      switch protection {
      case .none: "--unprotect"
      case .moves: "--protect"
      case .changes: "--protect=changes"
      }
    try setSetting("branch.\(name).protected", to: protection.setting, command: "branch \(option) \(name)")
  }
}
