internal import FileSystem
internal import Git
internal import Glibc
public import Identifiers
internal import SystemPackage
public import Wasm

/// An error of a store, in terms that a user can act on.
public enum StoreError: Error, Hashable, Sendable {
  // The requested thing does not exist.

  /// No module matches the reference; `lastAt` is the `REV:PATH` where it last was.
  case moduleNotFound(reference: String, branch: BranchName, lastAt: String?)
  /// The path contains something else: a text, a symbolic link, a directory.
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

  // The request is ambiguous.

  case ambiguousRevision(String, candidates: [String])
  case ambiguousModule(String, candidates: [String])

  // The input violates a rule.

  case invalidPath(String, reason: String)
  case invalidName(String, reason: String)
  case invalidHash(String)
  case invalidRevision(String, reason: String)
  /// The bytes are not a valid module; `source` is the file they came from, `format` their actual format.
  case invalidModule(source: String, ValidationError, format: ForeignFormat? = nil)
  /// Several files to add are not modules.
  case invalidModules([InvalidModule], of: Int)
  /// A file exists where a directory is needed, or the reverse.
  case pathConflict(String)
  /// A file to be added is missing, unreadable, or of the wrong kind.
  case source(path: String, reason: String)
  /// A file to inspect is not WebAssembly, but has this format.
  case foreignFormat(path: String, format: ForeignFormat)
  /// A foreign archive has a harmful entry.
  case unsafeArchive(entry: String, reason: String)
  /// An archive is incomplete, changed, or of another kind.
  case damagedArchive(String)
  case unknownSetting(String)
  case invalidSetting(key: String, value: String, reason: String)

  // Something prevents the operation.

  case branchExists(BranchName)
  case tagExists(TagName)
  case branchProtected(BranchName)
  /// The branch is checked out in a work tree of plain git.
  case branchCheckedOut(BranchName, at: String)
  /// Plain git made the branch a symbolic name of a reference; writes go to that one, under its own locks.
  case branchIsSymbolic(BranchName, target: String)
  /// The branch is protected against all changes except by `merge`, `rollback` and `undo`.
  case changesRefused(BranchName)
  /// The branch's policy does not allow the change.
  case policyRefused(branch: BranchName, [PolicyViolation])
  /// A push tried to move or delete a tag.
  case tagKept(TagName)
  /// The store has a hook of another origin.
  case hookExists(path: String)
  /// The default branch cannot be deleted.
  case branchIsDefault(BranchName)
  /// The branch has moved since the command started.
  case branchMoved(BranchName)
  case pathMoved(ModulePath, BranchName)
  case mergeConflict(MergeConflicts)
  case notFastForward(from: String, into: BranchName)
  /// `--pick` names a path without a conflict.
  case invalidPick(ModulePath)
  /// The branch is not at the expected commit.
  case headUnexpected(BranchName, expected: CommitID?, found: CommitID?)
  case expectationFailed(path: ModulePath, expected: String, found: ModuleDigest?)
  /// A reference that the operation moved has moved again.
  case cannotUndo(operation: String, reference: String)
  /// A gc has deleted the commits that the operation moved references away from.
  case beyondHorizon(operation: String)

  // The store itself.

  /// The root cannot be used as a folder.
  case root(path: String, reason: String)
  /// There is nothing at the root, or an empty folder.
  case noStore(path: String)
  /// The root contains something else than a store.
  case notAStore(path: String, seems: String, isPredecessor: Bool)
  /// The root belongs to another user, and git's `safe.directory` does not list it.
  case foreignOwner(path: String)
  /// The root is a git repository in an unsupported format.
  case unsupportedFormat(path: String, UnreadFormat)
  /// HEAD names no existing branch, but there are others.
  case noDefaultBranch(named: BranchName?, others: [BranchName])
  /// A store exists where another one should be created.
  case storeExists(path: String)
  case newerFormat(path: String, found: Int, supported: Int)
  case readOnly(path: String)
  case locked(what: String, seconds: Int)
  case damaged(String)
  /// The object does not exist, which is allowed in a partial clone of git.
  case omittedObject(String)
  /// The request is for data before the commits at which the history of a shallow clone ends.
  case beyondBoundary(String)
  /// The file of a reference has no valid value; `last` is the last known value.
  case brokenReference(String, problem: String, last: String?)
  /// The caller cancelled the operation.
  case cancelled
  /// The system reported an error; the payload is `errno`.
  case system(what: String, errno: Int32)
  case failed(String)
}

extension StoreError {
  /// Converts an error of git.
  init(_ error: GitError) {
    switch error.code {
    case .damaged, .notFound: self = .damaged(error.message)
    case .brokenReference(let name): self = .brokenReference(name, problem: error.message, last: nil)
    case .system(let code):
      // The system's message is added once, where the error is printed.
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
  /// Converts an error of the file system.
  init(_ error: FileError) { self.init(error.summary, error.reason) }

  /// Creates an error of the system.
  init(_ what: String, _ reason: Errno) { self = .system(what: what, errno: reason.rawValue) }

  /// Creates the error for an input file that cannot be read.
  static func source(_ error: FileError) -> StoreError {
    .source(path: error.path.string, reason: "\(error.reason)")
  }
}

/// Runs `body`, and converts errors of files to the store's.
func translated<Result: ~Copyable>(
  _ body: () throws(FileError) -> Result
) throws(StoreError) -> Result {
  do throws(FileError) { return try body() } catch { throw StoreError(error) }
}

/// Runs `body`, and converts git's errors to the store's.
func translated<Result: ~Copyable>(_ body: () throws(GitError) -> Result) throws(StoreError) -> Result {
  do { return try body() } catch { throw StoreError(error) }
}

/// A note for a person that is not a failure.
public enum Note: Hashable, Sendable {
  case storeCreated(String)
  case branchCreated(BranchName)
  case staleLockRemoved(String)
  case waitingForLock(String)
  case catalogUnavailable(String)
  case catalogRestarted(String)
  case dateBeforeRecord(String)
  case operationRecordRepaired(Int)
  case recordNotCarried(reason: String)
  case settingsOutOfReach(String)
  case historyEnds(CommitID)
  case incompletelyKnown(Int, example: RawPath)
  case settingsLeftOut([String])

  /// Whether without the note an answer may seem more complete than it is; the other notes explain the operation.
  public var isWarning: Bool {
    switch self {
    // An incomplete answer must not look complete.
    case .incompletelyKnown, .historyEnds, .settingsLeftOut, .recordNotCarried: true
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
    case .staleLockRemoved(let path): "removed \(path), which a process that has ended left behind"
    case .waitingForLock(let what): "waiting for \(what)"
    case .catalogUnavailable(let reason): "working without the catalog: \(reason)"
    case .catalogRestarted(let path):
      "the catalog was damaged or of another version; created a new one at \(path)"
    case .dateBeforeRecord(let text):
      "\(text) is older than the record of operations; using commit times"
    case .operationRecordRepaired(let count):
      "removed \(count) bytes of an incomplete line from the record of operations"
    case .recordNotCarried(let reason):
      "the record of this operation reaches mirrors only with the next operation: \(reason)"
    case .historyEnds(let commit):
      "the history ends at \(commit.abbreviated()): this store is a shallow clone"
    case .settingsOutOfReach(let path): "ignored the settings in \(path), which cannot be read"
    case .settingsLeftOut(let names):
      "the backup does not include these settings of git: \(names.joined(separator: ", "))"
    case .incompletelyKnown(let count, let path):
      "\(count == 1 ? "a module is" : "\(count) modules are") too large to be described completely and may match too, such as \(path)"
    }
  }
}
