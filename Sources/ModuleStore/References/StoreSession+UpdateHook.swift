internal import FileSystem
internal import Git
internal import Glibc
internal import Identifiers
internal import SystemPackage

/// The hook that applies the guards of the store to pushes by plain git.
///
/// Source: git's page githooks, "update".
extension StoreSession {
  /// Writes the hook.
  ///
  /// - Parameters:
  ///   - program: The path of the program that the hook runs.
  ///   - isForced: Whether it replaces a hook of another origin.
  ///   - dryRun: Whether nothing is changed.
  /// - Returns: The file of the hook.
  /// - Throws: `StoreError.hookExists`.
  public func installUpdateHook(
    running program: String, isForced: Bool = false, dryRun: Bool = false
  ) throws(StoreError) -> String {
    let path = layout.updateHook
    if !isForced, let text = try presentHook(), !text.starts(with: StoreSession.hookBeginning.utf8) {
      throw .hookExists(path: path.string)
    }
    guard !dryRun else { return path.string }
    let quoted = "'" + program.replacing("'", with: #"'\''"#) + "'"
    let text =
      StoreSession.hookBeginning + #"exec \#(quoted) --root "$(cd "${GIT_DIR:-.}" && pwd)" hooks check "$@""#
      + "\n"
    try locks.writing { () throws(StoreError) in
      try migrate()
      try translated { () throws(FileError) in
        var file = try TemporaryFile(in: layout.temporary, prefix: "hook-", permissions: 0o777)
        try file.append(Array(text.utf8).span.bytes)
        try file.synchronize()
        _ = try file.publish(at: path, making: path.folder)
      }
    }
    return path.string
  }

  /// Removes the hook, if it is ours.
  ///
  /// - Parameter dryRun: Whether nothing is changed.
  /// - Returns: The file; nil if there was none.
  /// - Throws: `StoreError.hookExists` if it is not ours.
  public func removeUpdateHook(dryRun: Bool = false) throws(StoreError) -> String? {
    let path = layout.updateHook
    guard let text = try presentHook() else { return nil }
    guard text.starts(with: StoreSession.hookBeginning.utf8) else { throw .hookExists(path: path.string) }
    if !dryRun { _ = try translated { () throws(FileError) in try removeFile(path) } }
    return path.string
  }

  /// The hook that plain git calls before a push moves a reference.
  enum UpdateHook: Equatable {
    /// There is no hook.
    case none
    /// The hook that `installUpdateHook` writes.
    case own
    /// The same hook, which plain git does not run.
    case idle(path: String)
    /// Another hook.
    case foreign(path: String)
  }

  /// Returns which hook exists.
  func updateHook() throws(StoreError) -> UpdateHook {
    let path = layout.updateHook
    guard let text = try presentHook() else { return .none }
    guard text.starts(with: StoreSession.hookBeginning.utf8) else { return .foreign(path: path.string) }
    let status = try translated { () throws(FileError) in try FileStatus(path) }
    return status?.isExecutable ?? false ? .own : .idle(path: path.string)
  }

  private func presentHook() throws(StoreError) -> [UInt8]? {
    try translated { () throws(FileError) in try contents(of: layout.updateHook) }
  }

  /// The first lines of the hook, by which it is recognised.
  private static let hookBeginning = """
    #!/bin/sh
    # Written by 'wasmstore hooks install': pushes meet protection and policies.

    """

  /// Checks a push by plain git: whether the guards allow a reference to move. Called by the hook, when the objects
  /// exist and nothing has moved yet.
  ///
  /// - Parameters:
  ///   - reference: The full name of the reference.
  ///   - old: The old value: 40 digits, zeros for none.
  ///   - new: The new value, in the same format.
  /// - Throws: `StoreError.branchIsDefault`, `.branchProtected`, `.changesRefused`, `.policyRefused`, `.tagKept`,
  ///   `.invalidHash`.
  public func testPush(of reference: String, from old: String, to new: String) throws(StoreError) {
    guard let before = ObjectID(hex: old) else { throw .invalidHash(old) }
    guard let after = ObjectID(hex: new) else { throw .invalidHash(new) }
    if let tag = TagName(reference: reference), before != .zero { throw .tagKept(tag) }
    guard let branch = BranchName(reference: reference) else { return }
    let protection = try protection(of: branch)
    if after == .zero {
      if branch == defaultBranch, !isHeadDetached { throw .branchIsDefault(branch) }
      return try refuseProtected(branch)
    }
    if protection == .changes { throw .changesRefused(branch) }
    let sides = try translated { () throws(GitError) in
      let former = before == .zero ? nil : try repository.commitID(peeling: before)
      return (former: former, next: try repository.commitID(peeling: after))
    }
    // git itself refuses a branch that is not a commit.
    guard let next = sides.next else { return }
    if protection == .moves, let former = sides.former,
      try !isAncestor(CommitID(former), of: CommitID(next))
    {
      throw .branchProtected(branch)
    }
    let formerTree = try sides.former.map { id throws(StoreError) in try commit(CommitID(id)).tree }
    let nextTree = try commit(CommitID(next)).tree
    var differences: [TreeDifference] = []
    try translated { () throws(GitError) in
      try repository.compare(formerTree, nextTree) { differences.append($0) }
    }
    let session = try connection.session(on: branch, by: nil, work)
    try session.policies().enforce(on: differences, in: session)
  }
}
