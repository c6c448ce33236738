internal import SQLite
internal import Catalog
internal import Git
internal import Identifiers

/// The line of a commit message that names the target commit of a rollback, so that the next rollback continues from
/// there.
enum RollbackTrailer {
  private static let key = "Wasmstore-Rollback-To: "
  /// Means the time before the path existed.
  private static let nothing = "none"

  enum Target: Equatable {
    case commit(ObjectID)
    case nothing
  }

  static func line(_ target: Target) -> String {
    switch target {
    case .commit(let id): key + id.hex
    case .nothing: key + nothing
    }
  }

  /// The target that a message names in its last paragraph; nil if it names none.
  static func target(in message: String) -> Target? {
    // Split the bytes: as text, CR LF is one character.
    let lines = message.utf8.split(separator: 0x0a)
    guard let line = lines.last(where: { $0.starts(with: key.utf8) }) else { return nil }
    let text = Substring(line).dropFirst(key.count)
    return text == nothing ? .nothing : ObjectID(hex: text).map { .commit($0) }
  }
}

extension StoreSession {
  /// Goes back by versions: a path to its version before the current one, or the branch to its first parent's tree; as
  /// a new commit, so that nothing is lost.
  ///
  /// Rollbacks form a stack: the next one continues from the target of the last one; any other change of the path
  /// starts a new stack. A path that did not exist before is removed.
  ///
  /// - Throws: `StoreError.nothingToRollBack`, `.moduleNotFound`, `.pathMoved`.
  public func rollback(
    _ path: ModulePath? = nil, steps: Int = 1, message: String? = nil, dryRun: Bool = false
  ) throws(StoreError) -> WriteResult {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      guard let path else { return try rollbackBranch(steps: steps, message: message, dryRun: dryRun) }
      return try rollback(path: path, steps: steps, message: message, dryRun: dryRun)
    }
  }

  private func rollback(
    path: ModulePath, steps: Int, message: String?, dryRun: Bool
  ) throws(StoreError) -> WriteResult {
    var retryGuard = RetryGuard([path])
    let result = try transaction("rollback \(path)", isDirect: false, dryRun: dryRun) {
      (transaction) throws(StoreError) in
      guard let commit = transaction.base else { throw .noCommits(branch) }
      let present = try retryGuard.check(transaction.editor, on: branch).first.flatMap { $0 }
      if let present, present.mode == .directory {
        throw .notAModule(path: path.description, kind: .directory)
      }
      let stack = try versionStack(of: path, upTo: commit.id.object)
      guard !stack.isEmpty || present != nil else {
        throw .moduleNotFound(reference: path.description, branch: branch, lastAt: nil)
      }
      guard steps <= stack.count else { throw .nothingToRollBack(path.description, available: stack.count) }
      let target = stack.count > steps ? stack[stack.count - 1 - steps] : nil
      if target == nil, let first = stack.first, try endsHistory(first.commit) {
        // It is unknown here whether the path existed before.
        throw .beyondBoundary("cannot roll back \(path)")
      }
      try translated { () throws(GitError) in
        if let object = target?.object, let mode = target?.mode {
          try transaction.editor.set(path.names, mode: mode, id: object)
        } else {
          try transaction.editor.remove(path.names)
        }
      }
      let trailer = target.map { RollbackTrailer.Target.commit($0.commit) }
      return Draft(
        message: (message ?? "Rollback \(path)") + "\n\n" + RollbackTrailer.line(trailer ?? .nothing) + "\n",
        isReturn: true)
    }
    return try writeResult(result)
  }

  /// Returns whether a commit is a boundary of a shallow clone.
  private func endsHistory(_ commit: ObjectID) throws(StoreError) -> Bool {
    try translated { () throws(GitError) in try repository.boundary() }.contains(commit)
  }

  /// A version of a path to which a rollback can go back.
  private struct StackedVersion {
    let commit: ObjectID
    let object: ObjectID?
    let mode: EntryMode?
    /// The index of the previous version; nil for the first.
    let former: Int?
  }

  /// The versions of a path, oldest first, without those that were rolled back.
  private func versionStack(of path: ModulePath, upTo head: ObjectID) throws(StoreError) -> [StackedVersion] {
    let changes = try changes(of: path, upTo: head)
    let depths = Dictionary(changes.map { ($0.commit, $0.depth) }) { first, _ in first }
    var versions: [StackedVersion] = []
    // After each change, the newest version that was not rolled back: a rollback can go to any of these states.
    var states: [(depth: Int, top: Int?)] = []
    for change in changes {
      let present = states.last.flatMap(\.top)
      let top: Int?
      switch RollbackTrailer.target(in: try commit(CommitID(change.commit)).message) {
      case .nothing: top = nil
      case .commit(let target):
        let depth: Int
        if let known = depths[target] { depth = known } else { depth = try self.depth(of: target) }
        top = states.last { $0.depth <= depth }.flatMap(\.top)
      case nil:
        top = versions.count
        versions.append(
          StackedVersion(
            commit: change.commit, object: change.object,
            mode: change.object == nil ? nil : EntryMode(rawValue: change.mode), former: present))
      }
      states.append((change.depth, top))
    }
    var stack: [StackedVersion] = []
    var next = states.last.flatMap(\.top)
    while let index = next {
      stack.append(versions[index])
      next = versions[index].former
    }
    return stack.reversed()
  }

  /// The number of commits before a commit along the first parents.
  private func depth(of commit: ObjectID) throws(StoreError) -> Int {
    if try isShallow {
      // Everything before the boundary is earlier than all visible commits.
      guard repository.contains(commit) else { return -1 }
    } else {
      let place = withCatalog { (catalog) throws(DatabaseError) in try catalog.place(ofCommit: commit) }
      if let place { return place.depth }
    }
    return try translated { () throws(GitError) in
      var count = -1
      try repository.walkFirstParents(from: commit) { _ in
        count += 1
        return true
      }
      return count
    }
  }

  /// Changes the branch, or some paths, to their state in a revision, as a new commit; paths that the revision does not
  /// have are removed.
  ///
  /// If the revision is among the branch's first parents, the next rollback continues from there.
  ///
  /// - Parameters:
  ///   - revision: The state to go back to; it may be from another branch.
  ///   - paths: Files or directories; none for the whole branch.
  ///   - message: The commit's message; nil for a generated one.
  ///   - dryRun: Whether nothing is changed.
  /// - Returns: The changes.
  /// - Throws: `StoreError.moduleNotFound` if no such path exists, `.policyRefused` if the branch never had this
  ///   commit, `.branchMoved`, `.pathMoved`.
  public func rollback(
    to revision: String, paths: [ModulePath] = [], message: String? = nil, dryRun: Bool = false
  ) throws(StoreError) -> WriteResult {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      let target = try resolve(revision)
      let tree = try commit(target).tree
      let entries = try RevisionEntries(paths, of: target, named: revision, in: self)
      let what = paths.isEmpty ? branch.name : paths.map(\.description).joined(separator: " ")
      let command = ["rollback --to \(target.hex)"] + paths.map(\.description)
      var retryGuard = RetryGuard(paths)
      var seen: ObjectID?
      let result = try transaction(command.joined(separator: " "), isDirect: false, dryRun: dryRun) {
        (transaction) throws(StoreError) in
        guard let base = transaction.base else { throw .noCommits(branch) }
        if paths.isEmpty {
          if let seen, seen != base.id.object { throw .branchMoved(branch) }
          seen = base.id.object
          transaction.editor = try translated { () throws(GitError) in try TreeEditor(repository, base: tree)
          }
        } else {
          let present = try retryGuard.check(transaction.editor, on: branch)
          try entries.restore(in: &transaction.editor, over: present, on: branch)
        }
        var lines = message ?? "Rollback \(what) to \(revision)"
        if try isFirstParent(target, of: base.id) {
          lines += "\n\n" + RollbackTrailer.line(.commit(target.object)) + "\n"
          if paths.isEmpty { lines += StoreSession.wholeBranchTrailer + "\n" }
        }
        return Draft(message: lines, isReturn: try isAncestor(target, of: base.id))
      }
      return try writeResult(result)
    }
  }

  /// Returns whether a commit is `head` or before it along the first parents.
  private func isFirstParent(_ commit: CommitID, of head: CommitID) throws(StoreError) -> Bool {
    var isFound = false
    try translated { () throws(GitError) in
      try repository.walkFirstParents(from: head.object) { step in
        isFound = step.id == commit.object
        return !isFound
      }
    }
    return isFound
  }

  private func rollbackBranch(steps: Int, message: String?, dryRun: Bool) throws(StoreError) -> WriteResult {
    var seen: ObjectID?
    let result = try transaction("rollback", isDirect: false, dryRun: dryRun) {
      (transaction) throws(StoreError) in
      guard let commit = transaction.base else { throw .noCommits(branch) }
      if let seen, seen != commit.id.object { throw .branchMoved(branch) }
      seen = commit.id.object
      var target = try original(commit)
      for step in 0..<steps {
        guard let parent = target.parents.first else {
          throw .nothingToRollBack(branch.name, available: step)
        }
        target = try original(try self.commit(parent))
      }
      let tree = target.tree
      transaction.editor = try translated { () throws(GitError) in try TreeEditor(repository, base: tree) }
      return Draft(
        message: (message ?? "Rollback \(branch)") + "\n\n"
          + RollbackTrailer.line(.commit(target.id.object)) + "\n\(StoreSession.wholeBranchTrailer)\n",
        isAlwaysMade: true, isReturn: true)
    }
    return try writeResult(result)
  }

  /// Marks a rollback of the whole branch, in contrast to a rollback of a path, which changes no other path.
  private static let wholeBranchTrailer = "Wasmstore-Rollback-Scope: branch"

  /// The commit whose tree a commit has: itself, or the target of a rollback of the branch.
  private func original(_ commit: Commit) throws(StoreError) -> Commit {
    guard commit.message.contains("\n" + StoreSession.wholeBranchTrailer + "\n"),
      case .commit(let target) = RollbackTrailer.target(in: commit.message)
    else { return commit }
    if try isShallow, !repository.contains(target) { throw .beyondBoundary("cannot roll back \(branch)") }
    return try self.commit(CommitID(target))
  }
}
