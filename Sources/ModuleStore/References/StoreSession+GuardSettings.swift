internal import FileSystem
internal import Git

/// The settings that guard a branch: those for its name, and those for a pattern of names (`branch.release/*.policy`).
enum GuardSetting: String, CaseIterable {
  case protected
  case policy

  /// The name of a branch, or the pattern, that a setting is for; nil where it is another one.
  func subject(of key: String) -> String? {
    let (start, end) = (SettingKey.section + "branch.", "." + rawValue)
    guard key.hasPrefix(start), key.hasSuffix(end), key.utf8.count > start.utf8.count + end.utf8.count else {
      return nil
    }
    return String(key.dropFirst(start.count).dropLast(end.count))
  }

  /// Tells whether a subject stands for several names. No branch has one of these characters in its name.
  static func isPattern(_ subject: String) -> Bool { subject.contains { "*?[".contains($0) } }
}

extension StoreSession {
  /// The settings of a kind that count for a branch.
  func guardSettings(_ kind: GuardSetting, of branch: BranchName) throws(StoreError) -> [Setting] {
    try settings().filter { setting in
      guard let subject = kind.subject(of: setting.key) else { return false }
      return subject == branch.name
        || GuardSetting.isPattern(subject) && GlobPattern(subject).matches(branch.name)
    }
  }

  /// Refuses a setting that would guard nothing: for a name that no branch has and that is no pattern.
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

  /// Writes a setting that guards branches, and records that; called under the write lock.
  ///
  /// - Parameters:
  ///   - key: The whole name of the setting.
  ///   - value: What it gets; nil removes it.
  ///   - command: What the operation record says was done.
  ///   - undoes: The operation that this undoes.
  /// - Throws: `StoreError` where it cannot be written.
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
      // Where this fails too, the next writer sees that the setting did not change.
      try? record.appendVoid(operation.id)
      throw error
    }
    // Where this fails, the setting says the same.
    try? record.appendDone(operation.id)
  }

  /// Tells whether the settings are what an operation made of them; so of one that changed none.
  func hasChangedSettings(_ operation: Operation) throws(StoreError) -> Bool {
    for change in operation.settings where try ownValue(of: change.key) != change.after { return false }
    return true
  }

  /// Takes back an operation that changed settings and moved no reference.
  ///
  /// - Throws: `StoreError.cannotUndo` where a setting has changed since.
  func undoSettings(_ operation: Operation, dryRun: Bool) throws(StoreError) -> Operation {
    func test() throws(StoreError) {
      for change in operation.settings where try ownValue(of: change.key) != change.after {
        throw .cannotUndo(operation: operation.id, reference: change.key)
      }
    }
    try test()
    guard !dryRun else { return operation }
    try locks.writing { () throws(StoreError) in
      try migrate()
      try test()
      for change in operation.settings {
        try setGuard(change.key, to: change.before, command: "undo \(operation.id)", undoes: operation.id)
      }
    }
    return operation
  }
}
