internal import FileSystem
internal import Git
internal import Glibc
public import Identifiers
internal import SystemPackage
public import Wasm

/// Says what a store could not do, in terms a user can act on.
public enum StoreError: Error, Hashable, Sendable {
  // What was asked for is not there.

  /// No module answers to the reference; `lastAt` is the `REV:PATH` where it last was.
  case moduleNotFound(reference: String, branch: BranchName, lastAt: String?)
  /// The path holds something else: a text, a symbolic link, a directory.
  case notAModule(path: String, kind: EntryKind)
  case branchNotFound(BranchName)
  case tagNotFound(TagName)
  /// The branch has no commit yet.
  case noCommits(BranchName)
  case unknownRevision(String)
  case versionNotFound(number: Int, path: ModulePath, count: Int)
  /// The branch or path has no earlier state to go back to.
  case nothingToRollBack(String, available: Int)
  case nothingToUndo
  case nothingToRedo
  case operationNotFound(String)

  // What was asked for can be read in several ways.

  case ambiguousRevision(String, candidates: [String])
  case ambiguousModule(String, candidates: [String])

  // What was given breaks a rule.

  case invalidPath(String, reason: String)
  case invalidName(String, reason: String)
  case invalidHash(String)
  case invalidRevision(String, reason: String)
  /// The bytes are no valid module; `source` is the file they came from, `format` what they are instead.
  case invalidModule(source: String, ValidationError, format: ForeignFormat? = nil)
  /// Several files that were to be added are no modules.
  case invalidModules([InvalidModule], of: Int)
  /// A file stands where a directory is needed, or the reverse.
  case pathConflict(String)
  /// A file to be added is missing, unreadable, or of the wrong kind.
  case source(path: String, reason: String)
  /// A file that is to be looked at is no WebAssembly, but of this format.
  case foreignFormat(path: String, format: ForeignFormat)
  /// An archive from elsewhere has an entry that would do harm.
  case unsafeArchive(entry: String, reason: String)
  /// An archive is cut off, changed, or of another kind.
  case damagedArchive(String)
  case unknownSetting(String)
  case invalidSetting(key: String, value: String, reason: String)

  // Something stands in the way.

  case branchExists(BranchName)
  case tagExists(TagName)
  case branchProtected(BranchName)
  /// A work tree of plain git's has the branch checked out.
  case branchCheckedOut(BranchName, at: String)
  /// Plain git made the branch another name of a reference; what is written goes to that one, under its own locks.
  case branchIsSymbolic(BranchName, target: String)
  /// The branch is protected against all changes but by `merge`, `rollback` and `undo`.
  case changesRefused(BranchName)
  /// The branch's policy does not allow what was to come.
  case policyRefused(branch: BranchName, [PolicyViolation])
  /// A push was to move or delete a tag.
  case tagKept(TagName)
  /// The store has a hook that somebody else wrote.
  case hookExists(path: String)
  /// The default branch cannot be deleted.
  case branchIsDefault(BranchName)
  /// The branch is no longer where it was when the command began.
  case branchMoved(BranchName)
  case pathMoved(ModulePath, BranchName)
  case mergeConflict(MergeConflicts)
  case notFastForward(from: String, into: BranchName)
  /// `--pick` names a path that is in no conflict.
  case invalidPick(ModulePath)
  /// The branch does not stand where it was expected to.
  case headUnexpected(BranchName, expected: CommitID?, found: CommitID?)
  case expectationFailed(path: ModulePath, expected: String, found: ModuleDigest?)
  /// A reference that the operation moved has moved again.
  case cannotUndo(operation: String, reference: String)
  /// The commits that the operation left were given up by a gc.
  case beyondHorizon(operation: String)

  // The store itself.

  /// The root cannot be used as a folder.
  case root(path: String, reason: String)
  /// Nothing is at the root, or an empty folder.
  case noStore(path: String)
  /// The root holds something else than a store.
  case notAStore(path: String, seems: String, isPredecessor: Bool)
  /// The root belongs to another user, and git's `safe.directory` does not list it.
  case foreignOwner(path: String)
  /// The root is a git repository in a format that is not read.
  case unsupportedFormat(path: String, UnreadFormat)
  /// HEAD names no branch that is there, while others are.
  case noDefaultBranch(named: BranchName?, others: [BranchName])
  /// A store is where another one is to be made.
  case storeExists(path: String)
  case newerFormat(path: String, found: Int, supported: Int)
  case readOnly(path: String)
  case locked(what: String, seconds: Int)
  case damaged(String)
  /// The object is not there, and git need not have it in a partial clone.
  case omittedObject(String)
  /// What is asked for lies before the commits at which the history of a shallow clone ends.
  case beyondBoundary(String)
  /// The file of a reference names nothing; `last` is the value that it is last known to have had.
  case brokenReference(String, problem: String, last: String?)
  /// The caller asked for the work to end.
  case cancelled
  /// The system refused; the payload is `errno`.
  case system(what: String, errno: Int32)
  case failed(String)
}

extension StoreError {
  /// Says in the store's terms what git could not do.
  init(_ error: GitError) {
    switch error.code {
    case .damaged, .notFound: self = .damaged(error.message)
    case .brokenReference(let name): self = .brokenReference(name, problem: error.message, last: nil)
    case .system(let code):
      // The system's own words are said once, by whoever shows the error.
      let words = ": " + String(cString: strerror(code))
      let what = error.message.hasSuffix(words) ? error.message.dropLast(words.count) : error.message[...]
      self = .system(what: String(what), errno: code)
    case .locked: self = .locked(what: error.message, seconds: 0)
    case .exists: self = .pathConflict(error.message)
    case .omitted: self = .omittedObject(error.message)
    case .cancelled: self = .cancelled
    case .ambiguous, .modified, .obstructed, .invalidName, .unsupported, .failed:
      self = .failed(error.message)
    }
  }
}

extension StoreError {
  /// Says in the store's terms what the system refused.
  init(_ error: FileError) { self.init(error.summary, error.reason) }

  /// Says what the system refused.
  init(_ what: String, _ reason: Errno) { self = .system(what: what, errno: reason.rawValue) }

  /// Says of a file that is to be read why it cannot be.
  static func source(_ error: FileError) -> StoreError {
    .source(path: error.path.string, reason: "\(error.reason)")
  }
}

/// Runs what throws errors of files, and throws the store's.
func translated<Result: ~Copyable>(
  _ body: () throws(FileError) -> Result
) throws(StoreError) -> Result {
  do throws(FileError) { return try body() } catch { throw StoreError(error) }
}

/// Runs what throws git's errors, and throws the store's.
func translated<Result: ~Copyable>(_ body: () throws(GitError) -> Result) throws(StoreError) -> Result {
  do { return try body() } catch { throw StoreError(error) }
}

/// Something a person may want to know that is no failure.
public enum Note: Hashable, Sendable {
  case storeCreated(String)
  case branchCreated(BranchName)
  case staleLockRemoved(String)
  case waitingForLock(String)
  case catalogUnavailable(String)
  case catalogRestarted(String)
  case dateBeforeRecord(String)
  case operationRecordRepaired(Int)
  case settingsOutOfReach(String)
  case historyEnds(CommitID)
  case incompletelyKnown(Int, example: RawPath)
  case settingsLeftOut([String])

  /// Whether who misses it may take an answer for more than it is; everything else explains what was done.
  public var isWarning: Bool {
    switch self {
    // What may lack something must not look whole.
    case .incompletelyKnown, .historyEnds, .settingsLeftOut: true
    case .storeCreated, .branchCreated, .staleLockRemoved, .waitingForLock, .catalogUnavailable,
      .catalogRestarted,
      .dateBeforeRecord, .operationRecordRepaired, .settingsOutOfReach:
      false
    }
  }
}

extension Note: CustomStringConvertible {
  /// One sentence without a full stop.
  public var description: String {
    switch self {
    case .storeCreated(let path): "made a new store at \(path)"
    case .branchCreated(let branch): "made branch \(branch)"
    case .staleLockRemoved(let path): "removed \(path), left behind by a process that is gone"
    case .waitingForLock(let what): "waiting for \(what)"
    case .catalogUnavailable(let reason): "working without the catalog: \(reason)"
    case .catalogRestarted(let path): "the catalog was damaged or of another version; began \(path)"
    case .dateBeforeRecord(let text):
      "\(text) lies before the record of operations; answered from commit times"
    case .operationRecordRepaired(let count):
      "dropped \(count) bytes of a torn line from the operation record"
    case .historyEnds(let commit):
      "history ends at \(commit.abbreviated()): this is a shallow clone"
    case .settingsOutOfReach(let path): "working without \(path), which is out of reach"
    case .settingsLeftOut(let names):
      "the backup is without settings that have plain git do more: \(names.joined(separator: ", "))"
    case .incompletelyKnown(let count, let path):
      "of \(count == 1 ? "a module" : "\(count) modules"), such as \(path), not all is known: it may be wanted as well"
    }
  }
}
