internal import Identifiers
public import ModuleStore

extension StoreError {
  /// A hint on what to do; nil if the message is sufficient.
  public var hint: String? {
    switch self {
    case .moduleNotFound(_, _, let lastAt?): "it was last at \(lastAt)"
    case .moduleNotFound: "wasmstore list shows the modules of the branch"
    case .branchNotFound, .branchExists: "wasmstore branch lists the branches"
    case .tagNotFound, .tagExists: "wasmstore tag lists the tags"
    case .noCommits: "wasmstore add makes the first commit"
    case .versionNotFound(_, let path, _): "wasmstore versions \(path) lists the versions"
    case .operationNotFound: "wasmstore undo --list shows the operations"
    case .invalidModule(_, _, let format?), .foreignFormat(_, let format): format.advice
    case .ambiguousRevision(_, let candidates), .ambiguousModule(_, let candidates):
      "one of " + candidates.joined(separator: ", ")
    case .unknownSetting:
      "the settings are author, add.features, gc.policy, gc.keepLast, gc.grace, mirror.operations, server.authFile, branch.NAME.protected, branch.NAME.policy, kv.NAME.url, and the other settings of kv.NAME"
    case .branchProtected(let branch): "wasmstore branch \(branch) --unprotect removes the protection"
    case .branchCheckedOut:
      "git worktree list shows the work trees; git switch --detach in that work tree frees the branch"
    case .policyRefused(_, let violations): violations.first.map { Self.showing($0.setting) }
    case .changesRefused(let branch):
      "merge, rollback and undo can change it; wasmstore branch \(branch) --unprotect removes the protection"
    case .tagKept(let tag): "wasmstore tag \(tag) --delete deletes it; undo restores it"
    case .hookExists: "--force overwrites it"
    case .branchIsDefault: "it is the default branch; wasmstore branch NAME --default chooses another"
    case .branchIsSymbolic(_, let target) where target.hasPrefix("refs/heads/"):
      "--branch \(target.dropFirst("refs/heads/".count)) selects that branch"
    case .branchMoved, .pathMoved, .headUnexpected: "check what changed, then try again"
    case .cannotUndo: "wasmstore undo --list shows the later operations"
    case .beyondHorizon: "wasmstore undo --list shows the operations that can be undone"
    case .mergeConflict(let found):
      found.conflicts.first.map { "use --ours, --theirs, or --pick \($0.path)=theirs" }
    case .notFastForward(let from, _): "leave out --ff-only to merge \(from)"
    case .foreignOwner(let path): "git config --global --add safe.directory \(path)"
    case .unsupportedFormat(_, .objectFormat):
      "run git fast-export --all in it, and git fast-import in a repository made with --object-format=sha1, to copy it"
    case .unsupportedFormat(let path, .referenceStorage):
      "git -C \(path) refs migrate --ref-format=files converts it"
    case .unsupportedFormat(let path, _): "git clone --bare \(path) makes a copy in git's common format"
    case .noDefaultBranch(_, let others):
      "the branches are " + others.map(\.name).joined(separator: ", ")
        + "; --branch selects one for a command"
    case .notAStore(let path, _, true):
      "wasmstore import \(path) --root NEW makes a new store with its modules and history"
    case .noStore: "wasmstore add makes one; --root or WASMSTORE_ROOT selects another store"
    case .notAStore: "--root or WASMSTORE_ROOT selects the store"
    case .storeExists: "--yes replaces it; --root selects another place"
    case .newerFormat: "use a newer version of wasmstore"
    case .locked: "--lock-timeout SECS waits longer"
    case .damaged: "wasmstore fsck lists all damage"
    case .omittedObject(let id): "run git cat-file -e \(id) in the store's folder to fetch it"
    case .beyondBoundary: "run git fetch --unshallow in the store's folder to fetch the rest"
    case .brokenReference(let name, _, nil) where name != "HEAD":
      "git fsck --lost-found lists commits that no reference points to"
    default: nil
    }
  }
  /// Returns the hint that shows a setting.
  ///
  /// A pattern is quoted for shells.
  private static func showing(_ key: String) -> String {
    let name = key.dropFirst("wasmstore.".count)
    let word = name.contains { "*?[".contains($0) } ? "'\(name)'" : "\(name)"
    return "wasmstore config get \(word) shows the policy"
  }
}
