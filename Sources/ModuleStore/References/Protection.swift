/// What a branch refuses: the setting `branch.NAME.protected`.
public enum Protection: Int, Hashable, Comparable, Sendable {
  /// Nothing.
  case none
  /// To be deleted, renamed or moved back.
  case moves
  /// That, and each change but by `merge`, `rollback` and `undo`.
  case changes

  /// Reads the value of a setting; nil where it is none.
  init?(setting: String) {
    // Plain git may have written it, in any of the spellings of its booleans (git-config, "Values").
    switch setting.lowercased() {
    case "true", "yes", "on", "1": self = .moves
    case "false", "no", "off", "0": self = .none
    case "changes": self = .changes
    default: return nil
    }
  }

  /// The value that the setting gets; nil where it is not needed.
  var setting: String? {
    switch self {
    case .none: nil
    case .moves: "true"
    case .changes: "changes"
    }
  }

  /// Orders protections by how much they refuse.
  public static func < (left: Protection, right: Protection) -> Bool { left.rawValue < right.rawValue }
}

extension StoreSession {
  /// What a branch refuses: the most that a setting for its name or for a pattern of names says.
  ///
  /// - Throws: `StoreError.invalidSetting` where git, too, could not tell.
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

  /// Tells whether a branch refuses to be deleted, renamed or moved back.
  ///
  /// - Throws: `StoreError.invalidSetting` where git, too, could not tell.
  public func isProtected(_ name: BranchName) throws(StoreError) -> Bool {
    try protection(of: name) != .none
  }

  /// Refuses to delete, rename or move back a branch that is protected.
  ///
  /// - Throws: `StoreError.branchProtected`.
  func refuseProtected(_ name: BranchName) throws(StoreError) {
    if try isProtected(name) { throw .branchProtected(name) }
  }

  /// Refuses to change a branch in another way than by `merge`, `rollback` and `undo` where it is protected against that.
  ///
  /// - Throws: `StoreError.changesRefused`.
  func refuseDirectChange(of name: BranchName) throws(StoreError) {
    if try protection(of: name) == .changes { throw .changesRefused(name) }
  }

  /// Refuses to let an undo move a protected branch. Where it is protected against changes, undo is one of the ways to
  /// change it, but it does not delete it.
  ///
  /// - Throws: `StoreError.branchProtected`.
  func refuseUndoing(_ move: ReferenceMove) throws(StoreError) {
    guard let name = BranchName(reference: move.name) else { return }
    if move.after != nil, try protection(of: name) == .changes { return }
    try refuseProtected(name)
  }

  /// Protects a branch, or takes its protection away.
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
