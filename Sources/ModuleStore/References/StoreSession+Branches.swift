internal import Git
internal import Identifiers

/// A branch and its properties.
public struct Branch: Hashable, Sendable {
  /// Its name.
  public let name: BranchName
  /// Its commit; nil if it has none yet.
  public let head: CommitID?
  /// Whether it is the current branch.
  public let isCurrent: Bool
  /// Whether HEAD names it.
  public let isDefault: Bool
  /// Its protection.
  public let protection: Protection

  /// Whether it cannot be deleted, renamed or moved back.
  public var isProtected: Bool { protection != .none }
}

extension StoreSession {
  /// The branches, sorted by name, including a default branch without commits.
  public func branches() throws(StoreError) -> [Branch] {
    var heads: [BranchName: CommitID?] = isHeadDetached ? [:] : [defaultBranch: nil]
    for reference in try translated({ () throws(GitError) in
      try repository.references(withPrefix: "refs/heads/")
    }) {
      guard let name = BranchName(reference: reference.name), case .object(let id) = reference.target else {
        continue
      }
      heads[name] = CommitID(id)
    }
    return try heads.sorted { $0.key < $1.key }.map { item throws(StoreError) in
      Branch(
        name: item.key, head: item.value,
        isCurrent: item.key == branch && (isBranchGiven || !isHeadDetached),
        isDefault: item.key == defaultBranch && !isHeadDetached,
        protection: try protection(of: item.key))
    }
  }

  /// Creates a branch at another branch or a revision; by default at the default branch.
  ///
  /// - Parameters:
  ///   - name: The branch.
  ///   - revision: The first commit; nil for the default branch.
  ///   - unlessPresent: Whether an existing branch is left unchanged without an error.
  ///   - dryRun: Whether nothing is changed.
  /// - Returns: Whether the branch is new.
  /// - Throws: `StoreError.branchExists`, `.invalidName` if it conflicts with another branch's name, `.noCommits`,
  ///   and errors of the revision.
  @discardableResult
  public func createBranch(
    _ name: BranchName, from revision: String? = nil, unlessPresent: Bool = false, dryRun: Bool = false
  ) throws(StoreError) -> Bool {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      if try branchExists(name) {
        if unlessPresent { return false }
        throw .branchExists(name)
      }
      try refuseClash(of: name.reference)
      let start: CommitID
      if let revision {
        start = try resolve(revision)
      } else {
        let head = try commitID(ofReference: defaultBranch.reference)
        try requireDefaultBranch(isThere: head != nil)
        guard let head else { throw .noCommits(defaultBranch) }
        start = head
      }
      guard !dryRun else { return true }
      do throws(StoreError) {
        try moveReferences(
          [ReferenceMove(name: name.reference, before: nil, after: start.object)], command: "branch \(name)")
        return true
      } catch .branchMoved {
        if unlessPresent { return false }
        throw .branchExists(name)
      }
    }
  }

  /// Deletes a branch and its settings; `undo` restores the branch.
  ///
  /// - Throws: `StoreError.branchNotFound`, `.branchIsDefault`, `.branchProtected` unless `isForced`.
  public func deleteBranch(_ name: BranchName, isForced: Bool = false, dryRun: Bool = false)
    throws(StoreError)
  {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      if name == defaultBranch, !isHeadDetached { throw .branchIsDefault(name) }
      guard let head = try commitID(ofReference: name.reference) else { throw .branchNotFound(name) }
      if !isForced { try refuseProtected(name) }
      try refuseCheckedOut(name)
      guard !dryRun else { return }
      try moveReferences(
        [ReferenceMove(name: name.reference, before: head.object, after: nil)],
        command: "branch --delete \(name)", settings: BranchSettingsMove(from: name, to: nil)
      ) { () throws(StoreError) in
        try connection.refreshDefaultBranch()
        if name == defaultBranch, !isHeadDetached { throw .branchIsDefault(name) }
        if !isForced { try refuseProtected(name) }
      }
    }
  }

  /// Renames a branch, which keeps its settings; HEAD follows if it is the default branch.
  ///
  /// - Throws: `StoreError.branchNotFound`, `.branchExists`, `.branchProtected`, `.invalidName` if it conflicts with
  ///   another branch's name.
  public func renameBranch(
    _ old: BranchName, to new: BranchName, dryRun: Bool = false
  ) throws(StoreError) {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      guard let head = try commitID(ofReference: old.reference) else { throw .branchNotFound(old) }
      if try branchExists(new) { throw .branchExists(new) }
      try refuseProtected(old)
      try refuseCheckedOut(old)
      try refuseClash(of: new.reference, leaving: [old.reference])
      guard !dryRun else { return }
      let coming = ReferenceMove(name: new.reference, before: nil, after: head.object)
      let going = ReferenceMove(name: old.reference, before: head.object, after: nil)
      // `a` must be deleted before `a/b` can be created, and the reverse.
      let isNested = new.name.hasPrefix(old.name + "/") || old.name.hasPrefix(new.name + "/")
      try moveReferences(
        isNested ? [going, coming] : [coming, going],
        head: { () throws(StoreError) in
          try connection.refreshDefaultBranch()
          return old == defaultBranch && !isHeadDetached ? (old.reference, new.reference) : nil
        },
        command: "branch --rename \(old) \(new)", settings: BranchSettingsMove(from: old, to: new)
      ) { () throws(StoreError) in try refuseProtected(old) }
      if old == defaultBranch, !isHeadDetached { connection.noteDefaultBranch(new) }
    }
  }

  /// Makes HEAD name another branch.
  ///
  /// - Throws: `StoreError.branchNotFound`.
  public func setDefaultBranch(_ name: BranchName, dryRun: Bool = false) throws(StoreError) {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      guard try branchExists(name) else { throw .branchNotFound(name) }
      if try isBroken("HEAD") { return try dryRun ? () : mendHead(name) }
      guard name != defaultBranch || isHeadDetached, !dryRun else { return }
      if isHeadDetached { return try attachHead(to: name) }
      try moveReferences(
        [],
        head: { () throws(StoreError) in
          try connection.refreshDefaultBranch()
          return (defaultBranch.reference, name.reference)
        }, command: "branch --default \(name)"
      ) { () throws(StoreError) in
        guard try branchExists(name) else { throw .branchNotFound(name) }
      }
      connection.noteDefaultBranch(name)
    }
  }

  /// Makes a detached HEAD name a branch. The record cannot express the old value, and users would not go back to it.
  private func attachHead(to name: BranchName) throws(StoreError) {
    try locks.writing { () throws(StoreError) in
      try migrate()
      let author = try author
      let signature = Signature(name: author.name, mail: author.mail, seconds: options.recordClock().seconds)
      try withStaleLocksRemoved { () throws(GitError) in
        try repository.setHead(name.reference, by: signature)
      }
    }
    connection.noteDefaultBranch(name)
  }

  /// Makes HEAD name a branch if its file has no valid contents.
  private func mendHead(_ name: BranchName) throws(StoreError) {
    try locks.writing { () throws(StoreError) in
      try migrate()
      try withStaleLocksRemoved { () throws(GitError) in
        try repository.mend("HEAD", to: .symbolic(name.reference))
      }
    }
    connection.noteDefaultBranch(name)
  }
}
