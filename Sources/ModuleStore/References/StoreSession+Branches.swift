internal import Git
internal import Identifiers

/// A branch and what is special about it.
public struct Branch: Hashable, Sendable {
  /// Its name.
  public let name: BranchName
  /// The commit that it stands at; nil while it has none.
  public let head: CommitID?
  /// Whether commands use it.
  public let isCurrent: Bool
  /// Whether HEAD names it.
  public let isDefault: Bool
  /// What it refuses.
  public let protection: Protection

  /// Whether it refuses to be deleted, renamed or moved back.
  public var isProtected: Bool { protection != .none }
}

extension StoreSession {
  /// The branches, sorted by name; the default branch even while it has no commit.
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

  /// Makes a branch that begins where another, or a revision, stands; from the default branch when nothing is
  /// said.
  ///
  /// - Parameters:
  ///   - name: The branch.
  ///   - revision: Where it begins; nil for the default branch.
  ///   - unlessPresent: Whether a branch that is there stays as it is, which is no error then.
  ///   - dryRun: Whether nothing is changed.
  /// - Returns: Whether it was not there.
  /// - Throws: `StoreError.branchExists`, `.invalidName` where another branch's name is in the way, `.noCommits`, and
  ///   what the revision throws.
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

  /// Deletes a branch and its settings; `undo` brings the branch back.
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

  /// Renames a branch, which keeps its settings; HEAD follows where it was the default one.
  ///
  /// - Throws: `StoreError.branchNotFound`, `.branchExists`, `.branchProtected`, `.invalidName` where another branch's
  ///   name is in the way.
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
      // `a` has to go before `a/b` can come, and the reverse.
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

  /// Lets HEAD name another branch.
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

  /// Lets HEAD, which names a commit, name a branch. The record has no word for where it was, nor would anybody go back.
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

  /// Lets HEAD name a branch where its file names nothing.
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
