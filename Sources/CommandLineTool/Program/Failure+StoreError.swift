internal import HTTPServing
internal import Identifiers
internal import ModuleStore
internal import SystemPackage

extension Failure {
  /// Says what went wrong in a run.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as StoreError: self.init(error)
    case let error as ListeningFailure: self.init(error)
    default: self.init(.failed, "\(error)")
    }
  }

  /// Says what a store could not do.
  init(_ error: StoreError) {
    self.init(Code(error), Failure.message(error), hint: Failure.hint(error))
    if case .invalidModule(let source, _, _) = error { detail = "in \(source)" }
    if case .mergeConflict(let found) = error {
      conflicts = found.conflicts.map { ConflictLine(conflict: $0, from: found.from, into: found.into.name) }
    }
  }

  /// Says why a server does not listen.
  init(_ error: ListeningFailure) {
    let code: Code
    switch error {
    case .notAnAddress: code = .invalidInput
    case .refused: code = .failed
    }
    self.init(code, "\(error)", hint: error.hint)
  }

  /// What can be done about it; nil where the message says all.
  private static func hint(_ error: StoreError) -> String? {
    switch error {
    case .moduleNotFound(_, _, let lastAt?): "last at \(lastAt)"
    case .moduleNotFound: "wasmstore list shows what is there"
    case .branchNotFound, .branchExists: "wasmstore branch lists them"
    case .tagNotFound, .tagExists: "wasmstore tag lists them"
    case .noCommits: "wasmstore add makes the first one"
    case .versionNotFound(_, let path, _): "wasmstore versions \(path) lists them"
    case .operationNotFound: "wasmstore undo --list shows them"
    case .invalidModule(_, _, let format?), .foreignFormat(_, let format): format.advice
    case .ambiguousRevision(_, let candidates), .ambiguousModule(_, let candidates):
      "one of " + candidates.joined(separator: ", ")
    case .unknownSetting:
      "the settings are author, add.features, gc.policy, gc.keepLast, gc.grace, branch.NAME.protected and branch.NAME.policy"
    case .branchProtected(let branch): "wasmstore branch \(branch) --unprotect takes the protection away"
    case .branchCheckedOut:
      "git worktree list shows the work trees; git switch --detach there frees the branch"
    case .policyRefused(let branch, _, _): "wasmstore config get branch.\(branch).policy shows the policy"
    case .branchIsDefault: "it is the default branch; wasmstore branch NAME --default chooses another"
    case .branchIsSymbolic(_, let target) where target.hasPrefix("refs/heads/"):
      "--branch \(target.dropFirst("refs/heads/".count)) names it"
    case .branchMoved, .pathMoved: "look at what changed and try again"
    case .cannotUndo: "wasmstore undo --list shows what came after"
    case .beyondHorizon: "wasmstore undo --list shows what can be undone"
    case .mergeConflict(let found):
      found.conflicts.first.map { "--ours, --theirs, or --pick \($0.path)=theirs" }
    case .notFastForward(let from, _): "leave out --ff-only to merge \(from)"
    case .foreignOwner(let path): "git config --global --add safe.directory \(path)"
    case .unsupportedFormat(_, .objectFormat):
      "git fast-export --all there, and git fast-import in a repository made with --object-format=sha1, copy it"
    case .unsupportedFormat(let path, .referenceStorage):
      "git -C \(path) refs migrate --ref-format=files changes it"
    case .unsupportedFormat(let path, _): "git clone --bare \(path) makes a copy in git's common format"
    case .noDefaultBranch(_, let others):
      "the branches are " + others.map(\.name).joined(separator: ", ") + "; --branch names one for a command"
    case .notAStore(_, _, true):
      "a later version will import it; --root or WASMSTORE_ROOT names another store"
    case .noStore: "wasmstore add makes one; --root or WASMSTORE_ROOT names another"
    case .notAStore: "--root or WASMSTORE_ROOT names the store"
    case .storeExists: "--yes replaces it; --root names another place"
    case .newerFormat: "this store needs a newer wasmstore"
    case .locked: "--lock-timeout SECS waits longer"
    case .damaged: "wasmstore fsck tells more"
    case .omittedObject(let id): "git cat-file -e \(id) fetches it, in the store's folder"
    case .beyondBoundary: "git fetch --unshallow fetches the rest, in the store's folder"
    case .brokenReference(let name, _, nil) where name != "HEAD":
      "git fsck --lost-found lists commits that nothing names"
    default: nil
    }
  }
}

extension Failure.Code {
  /// The kind of a store's error.
  init(_ error: StoreError) {
    switch error {
    case .moduleNotFound, .notAModule, .branchNotFound, .tagNotFound, .noCommits, .unknownRevision,
      .versionNotFound, .nothingToRollBack, .nothingToUndo, .operationNotFound, .beyondHorizon,
      .noDefaultBranch:
      self = .notFound
    case .ambiguousRevision, .ambiguousModule: self = .ambiguous
    case .invalidModule: self = .invalidModule
    case .invalidPath, .invalidName, .invalidHash, .invalidRevision, .pathConflict, .source, .foreignFormat,
      .unknownSetting,
      .invalidSetting, .invalidPick:
      self = .invalidInput
    case .branchExists, .tagExists: self = .exists
    case .branchProtected, .branchCheckedOut, .branchIsDefault, .branchIsSymbolic, .policyRefused,
      .unsafeArchive, .storeExists:
      self = .refused
    case .mergeConflict: self = .conflict
    case .notFastForward: self = .notFastForward
    case .expectationFailed: self = .expectationFailed
    case .branchMoved, .pathMoved, .cannotUndo: self = .moved
    case .noStore, .notAStore, .root, .foreignOwner, .unsupportedFormat: self = .notAStore
    case .newerFormat: self = .newerFormat
    case .locked: self = .locked
    case .damaged, .brokenReference, .damagedArchive: self = .damaged
    case .cancelled: self = .interrupted
    case .readOnly, .system, .failed, .omittedObject, .beyondBoundary: self = .failed
    }
  }
}

extension Failure {
  /// The message: what and which, without a full stop.
  private static func message(_ error: StoreError) -> String {
    switch error {
    case .moduleNotFound(let reference, let branch, _): notFound(reference, branch)
    case .notAModule(let path, let kind): "\(path) is no module but \(article(kind)) \(kind.rawValue)"
    case .branchNotFound(let branch): "no branch \(branch)"
    case .tagNotFound(let tag): "no tag \(tag)"
    case .noCommits(let branch): "no commits on \(branch)"
    case .unknownRevision(let text): "unknown revision: \(quoted(text))"
    case .versionNotFound(let number, let path, _): "version \(number) does not exist for \(path)"
    case .nothingToRollBack(let what, let available): "cannot roll back \(what): \(earlier(available))"
    case .nothingToUndo: "nothing to undo"
    case .operationNotFound(let text): "no operation \(text)"
    case .ambiguousRevision(let text, let found): "ambiguous revision \(text): \(found.count) commits"
    case .ambiguousModule(let text, let candidates): "ambiguous hash \(text): \(candidates.count) modules"
    case .invalidPath(let text, let reason): "invalid path \(quoted(text)): \(reason)"
    case .invalidName(let text, let reason): "invalid name \(quoted(text)): \(reason)"
    case .invalidHash(let text): "invalid hash: \(quoted(text))"
    case .invalidRevision(let text, let reason): "invalid revision \(text): \(reason)"
    case .invalidModule(_, let message, let format): "invalid module: \(message)" + remark(format)
    case .foreignFormat(let path, let format): "\(path): it is no module but \(format.noun)"
    case .pathConflict(let text): text
    case .source(let path, let reason): "\(path): \(reason)"
    case .unsafeArchive(let entry, let reason): refusal(of: entry, reason)
    case .damagedArchive(let reason): "the archive is damaged: \(reason)"
    case .unknownSetting(let key): "unknown setting \(key)"
    case .invalidSetting(let key, let value, let reason): "invalid value '\(value)' of \(key): \(reason)"
    case .branchExists(let branch): "branch \(branch) exists"
    case .tagExists(let tag): "tag \(tag) exists"
    case .branchProtected(let branch), .branchIsDefault(let branch): "\(branch) is protected"
    case .branchCheckedOut(let branch, let place): "\(branch) is checked out at \(place)"
    case .policyRefused(let branch, let path, let reason): "policy of \(branch) refuses \(path): \(reason)"
    case .branchIsSymbolic(let branch, let target): "branch \(branch) is only another name of \(target)"
    case .branchMoved(let branch): "\(branch) moved"
    case .pathMoved(let path, let branch): "\(path) changed on \(branch)"
    case .mergeConflict(let found): "merge of \(found.from) into \(found.into): \(counted(found.conflicts))"
    case .notFastForward(let from, let into):
      "\(into) cannot be moved forward to \(from): it has other commits"
    case .invalidPick(let path): "--pick \(path): no conflict there"
    case .expectationFailed(let path, let expected, let found):
      "\(path) holds \(found?.hex ?? "nothing"), expected \(expected)"
    case .cannotUndo(let operation, let reference): "cannot undo \(operation): \(reference) has moved since"
    case .beyondHorizon(let operation): "cannot undo \(operation): a gc has removed what it left"
    case .root(let path, let reason): "cannot use \(path) as a store: \(reason)"
    case .noStore(let path): "no store at \(path)"
    case .notAStore(let path, let seems, _): "\(path) is no store: it seems to be \(seems)"
    case .foreignOwner(let path): foreignOwner(path)
    case .unsupportedFormat(let path, let format): unread(path, format)
    case .noDefaultBranch(let name, _): noDefaultBranch(name)
    case .storeExists(let path): "\(path) holds a store already"
    case .newerFormat(let path, let found, let known):
      "\(path) has format \(found); this wasmstore knows \(known)"
    case .readOnly(let path): "\(path) cannot be written to"
    case .locked(let what, let seconds): "\(what) is held by another process" + waited(seconds)
    case .damaged(let what): "damaged: \(what)"
    case .omittedObject(let id): "object \(id) is not here: this is a partial clone"
    case .beyondBoundary(let what): "\(what): the history of this shallow clone ends before"
    case .brokenReference(let name, let problem, let last): broken(name, problem, last)
    case .system(let what, let code): "\(what): \(Errno(rawValue: code))"
    case .cancelled: "interrupted"
    case .failed(let text): text
    }
  }

  private static func refusal(of entry: String, _ reason: String) -> String {
    "the archive is refused: \(quoted(entry)): \(reason)"
  }

  private static func foreignOwner(_ path: String) -> String {
    "cannot use \(path) as a store: it belongs to another user and git's safe.directory does not list it"
  }

  private static func unread(_ path: String, _ format: UnreadFormat) -> String {
    "\(path) is a git repository \(trait(format)), which is not read"
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
    (name.map { "HEAD names the branch \($0), which is not there" } ?? "HEAD is detached")
      + "; wasmstore branch NAME --default chooses a default branch"
  }

  private static func broken(_ name: String, _ problem: String, _ last: String?) -> String {
    "damaged: \(problem); " + (last.map { "it was last at \($0), and " } ?? "")
      + "'\(mending(name, last))' sets it"
  }

  /// The command that gives a broken reference a value.
  private static func mending(_ name: String, _ value: String?) -> String {
    let (branches, tags) = ("refs/heads/", "refs/tags/")
    if name == "HEAD" { return "wasmstore --branch NAME branch NAME --default" }
    if name.hasPrefix(branches) {
      return "wasmstore --branch \(name.dropFirst(branches.count)) restore \(value ?? "COMMIT")"
    }
    if name.hasPrefix(tags), let value { return "wasmstore tag \(name.dropFirst(tags.count)) \(value)" }
    return "git update-ref \(name) \(value ?? "OBJECT")"
  }

  /// A `REV:PATH` says itself where it was looked for.
  private static func notFound(_ reference: String, _ branch: BranchName) -> String {
    let isOnBranch = reference.hasPrefix("/") || reference.hasPrefix("sha256:") || !reference.contains(":")
    return "not found: \(reference)" + (isOnBranch ? " on \(branch)" : "")
  }

  /// Says what bytes are that are no module.
  static func remark(_ format: ForeignFormat?) -> String { format.map { ": it is \($0.noun)" } ?? "" }

  /// An empty word would not be seen.
  private static func quoted(_ text: String) -> String { text.isEmpty ? "''" : text }

  private static func waited(_ seconds: Int) -> String { seconds == 0 ? "" : "; waited \(seconds) s" }

  private static func article(_ kind: EntryKind) -> String {
    switch kind {
    case .executable, .oddName, .unknown: "an"
    case .core, .component, .file, .symlink, .submodule, .directory: "a"
    }
  }

  private static func earlier(_ count: Int) -> String {
    count == 0 ? "nothing earlier" : count == 1 ? "only 1 earlier version" : "only \(count) earlier versions"
  }

  private static func counted(_ conflicts: [MergeConflict]) -> String {
    conflicts.count == 1 ? "1 conflict" : "\(conflicts.count) conflicts"
  }
}
