internal import Catalog
internal import Git
internal import Identifiers

extension StoreSession {
  /// Goes back to an earlier state: without paths, the branch itself moves to the revision; with paths, a new commit
  /// gives each path its entry in the revision.
  ///
  /// - Parameters:
  ///   - revision: The state to go back to.
  ///   - paths: Files or directories; none for the branch as a whole.
  ///   - removingAbsent: Whether to remove a path that the revision does not contain.
  ///   - message: The commit's message; nil for one that names the paths.
  ///   - dryRun: Whether nothing is changed.
  /// - Returns: The changes.
  /// - Throws: `StoreError.moduleNotFound` if there is no such path, `.branchProtected`,
  ///   `.branchMoved`, `.pathMoved`.
  public func restore(
    _ revision: String, paths: [ModulePath] = [], removingAbsent: Bool = true, message: String? = nil,
    dryRun: Bool = false
  ) throws(StoreError) -> WriteResult {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      let target = try resolve(revision)
      guard !paths.isEmpty else { return try moveBranch(to: target, dryRun: dryRun) }
      let entries = try RevisionEntries(paths, of: target, named: revision, in: self)
      if !removingAbsent { try entries.requirePresence(on: branch) }
      let names = paths.map(\.description).joined(separator: " ")
      var retryGuard = RetryGuard(paths)
      let result = try transaction("restore \(target.hex) \(names)", dryRun: dryRun) {
        (transaction) throws(StoreError) in
        let present = try retryGuard.check(transaction.editor, on: branch)
        try entries.restore(in: &transaction.editor, over: present, on: branch)
        return Draft(message: message ?? "Restore \(names)")
      }
      return try writeResult(result)
    }
  }

  private func moveBranch(to target: CommitID, dryRun: Bool) throws(StoreError) -> WriteResult {
    // A broken branch is set to the target.
    let isBroken = try isBroken(branch.reference)
    let head = try isBroken ? currentOrLast(branch.reference).flatMap { CommitID(hex: $0) } : head()
    guard head != target || isBroken else { return WriteResult(commit: nil, changes: []) }
    try refuseProtected(branch)
    try refuseCheckedOut(branch)
    if head == nil { try refuseClash(of: branch.reference) }
    let oldTree = try head.map { id throws(StoreError) in try commit(id).tree }
    let changes = try changes(from: oldTree, to: try commit(target).tree)
    guard !dryRun else { return WriteResult(commit: nil, changes: changes) }
    try moveReferences(
      [ReferenceMove(name: branch.reference, before: head?.object, after: target.object)],
      command: "restore \(target.hex)"
    ) { () throws(StoreError) in try refuseProtected(branch) }
    return WriteResult(commit: target, changes: changes)
  }

  /// Moves references without a new commit; does not retry if one has moved. Called inside `whileNothingIsDeleted`.
  ///
  /// `head`: The old and new target of HEAD if it moves too; called after `test`.
  /// `test`: Throws if a setting forbids the move; called under the write lock, so that the present settings apply, and
  /// not those from the start of the command.
  /// `settings`: The settings to move with them. They exist under the new name before the branch does, and under the
  /// old one until the branch is deleted, so that a process that dies in between leaves no branch without its
  /// protection.
  func moveReferences(
    _ moves: [ReferenceMove], head: () throws(StoreError) -> HeadMove? = { () throws(StoreError) in nil },
    command: String, undoes: String? = nil, settings: BranchSettingsMove? = nil,
    _ test: () throws(StoreError) -> Void = { () throws(StoreError) in }
  ) throws(StoreError) {
    try locks.writing { () throws(StoreError) in
      try migrate()
      try mend(moves.map(\.name))
      for branch in moves.compactMap({ BranchName(reference: $0.name) }) { try refuseCheckedOut(branch) }
      try test()
      let head = try head()
      let replaced = try settings.map { move throws(StoreError) in try copySettings(move) } ?? []
      do throws(StoreError) {
        try perform(moves, head: head, command: command, keeping: true, undoes: undoes)
      } catch {
        if let new = settings?.to, (try? branchExists(new)) == false {
          for (key, value) in replaced { try? setOwn(key, to: value) }
        }
        throw error
      }
      if let settings {
        try removeSettings(of: settings.from)
        try carrySettings()
      }
    }
  }
}
