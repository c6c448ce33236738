internal import Identifiers
public import ModuleStore
internal import SystemPackage

extension StoreError {
  /// The message, which names the thing that the error is about, without a full stop.
  public var message: String {
    switch self {
    case .moduleNotFound(let reference, let branch, _): Self.notFound(reference, branch)
    case .notAModule(let path, let kind): "\(path) is not a module but \(Self.article(kind)) \(kind.rawValue)"
    case .branchNotFound(let branch): "no branch \(branch)"
    case .tagNotFound(let tag): "no tag \(tag)"
    case .noCommits(let branch): "no commits on \(branch)"
    case .unknownRevision(let text): "unknown revision: \(Self.quoted(text))"
    case .versionNotFound(let number, let path, _): "version \(number) does not exist for \(path)"
    case .nothingToRollBack(let what, let available): "cannot roll back \(what): \(Self.earlier(available))"
    case .nothingToUndo: "nothing to undo"
    case .nothingToRedo: "nothing to redo"
    case .operationNotFound(let text): "no operation \(text)"
    case .ambiguousRevision(let text, let found): "ambiguous revision \(text): \(found.count) commits match"
    case .ambiguousModule(let text, let found): "ambiguous hash \(text): \(found.count) modules match"
    case .invalidPath(let text, let reason): "invalid path \(Self.quoted(text)): \(reason)"
    case .invalidName(let text, let reason): "invalid name \(Self.quoted(text)): \(reason)"
    case .invalidHash(let text): "invalid hash: \(Self.quoted(text))"
    case .invalidRevision(let text, let reason): "invalid revision \(text): \(reason)"
    case .invalidModule(_, let message, let format): "invalid module: \(message)" + Self.remark(format)
    case .foreignFormat(let path, let format): "\(path) is not a module but \(format.noun)"
    case .invalidModules(let invalid, let count): "\(invalid.count) of \(count) files are not valid modules"
    case .pathConflict(let text): text
    case .source(let path, let reason): "\(path): \(reason)"
    case .unsafeArchive(let entry, let reason): Self.refusal(of: entry, reason)
    case .damagedArchive(let reason): "the archive is damaged: \(reason)"
    case .unknownSetting(let key): "unknown setting \(key)"
    case .invalidSetting(let key, let value, let reason): "invalid value '\(value)' for \(key): \(reason)"
    case .branchExists(let branch): "branch \(branch) already exists"
    case .tagExists(let tag): "tag \(tag) already exists"
    case .branchProtected(let branch), .branchIsDefault(let branch): "\(branch) is protected"
    case .branchCheckedOut, .branchIsSymbolic, .changesRefused, .tagKept, .hookExists: obstacle
    case .policyRefused(let branch, let found): "the policy of \(branch) refuses " + Self.first(of: found)
    case .branchMoved(let branch): "\(branch) was changed by another process"
    case .pathMoved(let path, let branch): "\(path) was changed on \(branch) by another process"
    case .mergeConflict(let found): Self.unmerged(found)
    case .notFastForward(let from, let into): Self.diverged(from, into)
    case .invalidPick(let path): "--pick \(path): this path has no conflict"
    case .headUnexpected(let branch, let expected, let found): Self.unexpected(branch, expected, found)
    case .expectationFailed(let path, let expected, let found): Self.unmet(path, expected, found)
    case .cannotUndo(let operation, let name): "cannot undo \(operation): \(name) has changed since then"
    case .beyondHorizon(let operation): "cannot undo \(operation): a gc has removed its objects"
    case .root(let path, let reason): "cannot use \(path) as a store: \(reason)"
    case .noStore(let path): "no store at \(path)"
    case .notAStore(let path, let seems, _): "\(path) is not a store; it appears to be \(seems)"
    case .foreignOwner(let path): Self.foreignOwner(path)
    case .unsupportedFormat(let path, let format): Self.unread(path, format)
    case .noDefaultBranch(let name, _): Self.noDefaultBranch(name)
    case .storeExists(let path): "a store already exists at \(path)"
    case .newerFormat(let path, let found, let known): Self.newer(path, found, known)
    case .readOnly(let path): "\(path) is read-only"
    case .locked(let what, let seconds): "\(what) is locked by another process" + Self.waited(seconds)
    case .damaged(let what): "damaged: \(what)"
    case .omittedObject(let id): "object \(id) is missing: this store is a partial clone"
    case .beyondBoundary(let what): "\(what): this store is a shallow clone without the older history"
    case .brokenReference(let name, let problem, let last): Self.broken(name, problem, last)
    case .system(let what, let code): "\(what): \(Errno(rawValue: code))"
    case .cancelled: "interrupted"
    case .failed(let text): text
    }
  }

  /// The message for errors that block a change.
  private var obstacle: String {
    switch self {
    case .branchCheckedOut(let branch, let place): "\(branch) is checked out at \(place)"
    case .branchIsSymbolic(let branch, let target): "branch \(branch) is a symbolic reference to \(target)"
    case .changesRefused(let branch): "\(branch) is protected against changes"
    case .tagKept(let tag): "tag \(tag) cannot be changed: a push cannot move or delete a tag"
    case .hookExists(let path): "\(path) already exists and was not written by wasmstore"
    default: ""
    }
  }

  private static func unexpected(
    _ branch: BranchName, _ expected: CommitID?, _ found: CommitID?
  ) -> String {
    let (place, other) = (found?.abbreviated(), expected?.abbreviated())
    return "\(branch) " + (place.map { "is at \($0)" } ?? "does not exist") + ", expected \(other ?? "none")"
  }

  private static func refusal(of entry: String, _ reason: String) -> String {
    "the archive is refused: \(quoted(entry)): \(reason)"
  }

  /// Returns the first path with its reason, and the number of paths.
  private static func first(of violations: [PolicyViolation]) -> String {
    guard let first = violations.first else { return "nothing" }
    let count = Set(violations.map(\.path)).count
    let beginning = count == 1 ? "" : "\(count) modules; the first is "
    return "\(beginning)\(first.path): \(first.reason)"
  }

  private static func newer(_ path: String, _ found: Int, _ known: Int) -> String {
    "\(path) has format \(found); this version of wasmstore supports formats up to \(known)"
  }

  private static func unmerged(_ found: MergeConflicts) -> String {
    "merge of \(found.from) into \(found.into): \(counted(found.conflicts))"
  }

  private static func unmet(_ path: ModulePath, _ expected: String, _ found: ModuleDigest?) -> String {
    "\(path) has \(found?.hex ?? "no module"), expected \(expected)"
  }

  private static func diverged(_ from: String, _ into: BranchName) -> String {
    "\(into) cannot be fast-forwarded to \(from): it has commits of its own"
  }

  private static func foreignOwner(_ path: String) -> String {
    "cannot use \(path) as a store: it belongs to another user and git's safe.directory does not list it"
  }

  private static func unread(_ path: String, _ format: UnreadFormat) -> String {
    "\(path) is a git repository \(trait(format)), which is not supported"
  }

  private static func trait(_ trait: UnreadFormat) -> String {
    switch trait {
    case .objectFormat(let name): "with \(name) object ids"
    case .referenceStorage(let name): "with references in \(name)"
    case .extension(let name): "with the extension \(name)"
    case .version(let text): "of format version \(text)"
    }
  }

  private static func noDefaultBranch(_ name: BranchName?) -> String {
    (name.map { "HEAD points to the branch \($0), which does not exist" } ?? "HEAD is detached")
      + "; wasmstore branch NAME --default sets the default branch"
  }

  private static func broken(_ name: String, _ problem: String, _ last: String?) -> String {
    "damaged: \(problem); " + (last.map { "its last known value is \($0), and " } ?? "")
      + "'\(mending(name, last))' sets it"
  }

  /// Returns the command that repairs a broken reference.
  private static func mending(_ name: String, _ value: String?) -> String {
    let (branches, tags) = ("refs/heads/", "refs/tags/")
    if name == "HEAD" { return "wasmstore --branch NAME branch NAME --default" }
    if name.hasPrefix(branches) {
      return "wasmstore --branch \(name.dropFirst(branches.count)) restore \(value ?? "COMMIT")"
    }
    if name.hasPrefix(tags), let value { return "wasmstore tag \(name.dropFirst(tags.count)) \(value)" }
    return "git update-ref \(name) \(value ?? "OBJECT")"
  }

  /// Returns the message for a missing module.
  ///
  /// `REV:PATH` already names the place, so the branch is omitted.
  private static func notFound(_ reference: String, _ branch: BranchName) -> String {
    let isOnBranch = reference.hasPrefix("/") || reference.hasPrefix("sha256:") || !reference.contains(":")
    return "not found: \(reference)" + (isOnBranch ? " on \(branch)" : "")
  }

  /// Returns a remark on the format of a file that is not a module; empty if the format is unknown.
  public static func remark(_ format: ForeignFormat?) -> String {
    format.map { ": the file is \($0.noun)" } ?? ""
  }

  /// Returns a text, with quotation marks if it is empty, so that it is visible.
  private static func quoted(_ text: String) -> String { text.isEmpty ? "''" : text }

  private static func waited(_ seconds: Int) -> String { seconds == 0 ? "" : "; waited \(seconds) s" }

  private static func article(_ kind: EntryKind) -> String {
    switch kind {
    case .executable, .oddName, .unknown: "an"
    case .core, .component, .file, .symlink, .submodule, .directory: "a"
    }
  }

  private static func earlier(_ count: Int) -> String {
    count == 0
      ? "there is no earlier version"
      : count == 1 ? "there is only 1 earlier version" : "there are only \(count) earlier versions"
  }

  private static func counted(_ conflicts: [MergeConflict]) -> String {
    conflicts.count == 1 ? "1 conflict" : "\(conflicts.count) conflicts"
  }
}
