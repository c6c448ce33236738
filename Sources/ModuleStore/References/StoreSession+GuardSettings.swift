internal import FileSystem
internal import Git

/// The settings that protect a branch: those for its name, and those for a pattern of names
/// (`branch.release/*.policy`).
enum GuardSetting: String, CaseIterable {
  case protected
  case policy

  /// The name of the branch, or the pattern, of a setting; nil for other settings.
  func subject(of key: String) -> String? {
    let (start, end) = (SettingKey.section + "branch.", "." + rawValue)
    guard key.hasPrefix(start), key.hasSuffix(end), key.utf8.count > start.utf8.count + end.utf8.count else {
      return nil
    }
    return String(key.dropFirst(start.count).dropLast(end.count))
  }

  /// Returns whether a subject is a pattern. No branch has one of these characters in its name.
  static func isPattern(_ subject: String) -> Bool { subject.contains { "*?[".contains($0) } }
}

extension StoreSession {
  /// The settings of a kind that apply to a branch.
  func guardSettings(_ kind: GuardSetting, of branch: BranchName) throws(StoreError) -> [Setting] {
    try settings().filter { setting in
      guard let subject = kind.subject(of: setting.key) else { return false }
      return subject == branch.name
        || GuardSetting.isPattern(subject) && GlobPattern(subject).matches(branch.name)
    }
  }

  /// Returns whether a setting protects a branch or gives it a policy.
  func hasGuards() throws(StoreError) -> Bool {
    try settings().contains { setting in
      GuardSetting.policy.subject(of: setting.key) != nil
        || GuardSetting.protected.subject(of: setting.key) != nil
          && Protection(setting: setting.value) != Protection.none
    }
  }

  /// Refuses a setting without effect: for a name that is not a branch and not a pattern.
  ///
  /// - Throws: `StoreError.branchNotFound`, `.invalidName`.
  func refuseUnknownSubject(of key: String) throws(StoreError) {
    guard let subject = GuardSetting.allCases.lazy.compactMap({ $0.subject(of: key) }).first,
      !GuardSetting.isPattern(subject)
    else { return }
    let name = try BranchName(subject)
    if name == defaultBranch { return }
    if try !branchExists(name) { throw .branchNotFound(name) }
  }

  /// Writes a setting that protects branches, and records the change; called under the write lock.
  ///
  /// - Parameters:
  ///   - key: The full name of the setting.
  ///   - value: The new value; nil removes the setting.
  ///   - command: The command for the operation record.
  ///   - undoes: The operation that this undoes.
  /// - Throws: `StoreError` if it cannot be written.
  func setGuard(
    _ key: String, to value: String?, command: String, undoes: String? = nil
  ) throws(StoreError) {
    let before = try ownValue(of: key)
    guard before != value else { return }
    let author = try author
    try retireUnfinishedOperation(undoes: undoes)
    var operation = Operation(
      id: Operation.newID(), time: options.recordClock(), command: command, author: author.name,
      mail: author.mail, moves: [], undoes: undoes)
    operation.settings = [Operation.SettingChange(key: key, before: before, after: value)]
    let torn = try record.append(operation) { (line) throws(GitError) in try makeDurable([line]) }
    if torn > 0 { work.note(.operationRecordRepaired(torn)) }
    do throws(StoreError) { try setOwn(key, to: value) } catch {
      // If this fails too, the next writer sees that the setting did not change.
      try? record.appendVoid(operation.id)
      throw error
    }
    // If this fails, the setting shows the same.
    try? record.appendDone(operation.id)
    carryRecord()
  }

  /// Returns whether the settings have the values after an operation; true for an operation without settings.
  func hasChangedSettings(_ operation: Operation) throws(StoreError) -> Bool {
    for change in operation.settings where try ownValue(of: change.key) != change.after { return false }
    return true
  }

  /// Undoes an operation that changed settings and moved no reference.
  ///
  /// - Throws: `StoreError.cannotUndo` if a setting has changed since.
  func undoSettings(_ operation: Operation, command: String, dryRun: Bool) throws(StoreError) {
    func test() throws(StoreError) {
      for change in operation.settings where try ownValue(of: change.key) != change.after {
        throw .cannotUndo(operation: operation.id, reference: change.key)
      }
    }
    try test()
    guard !dryRun else { return }
    try locks.writing { () throws(StoreError) in
      try migrate()
      try test()
      for change in operation.settings {
        try setGuard(change.key, to: change.before, command: command, undoes: operation.id)
      }
      try carrySettings()
    }
  }
}
