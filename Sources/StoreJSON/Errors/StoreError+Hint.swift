internal import Identifiers
public import ModuleStore

extension StoreError {
  /// A hint on what to do; nil if the message is sufficient.
  public var hint: String? {
    switch self {
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
      "the settings are author, add.features, gc.policy, gc.keepLast, gc.grace, mirror.operations, server.authFile, branch.NAME.protected, branch.NAME.policy, and kv.NAME.url with those beside it"
    case .branchProtected(let branch): "wasmstore branch \(branch) --unprotect takes the protection away"
    case .branchCheckedOut:
      "git worktree list shows the work trees; git switch --detach there frees the branch"
    case .policyRefused(_, let violations): violations.first.map { Self.showing($0.setting) }
    case .changesRefused(let branch):
      "merge, rollback and undo change it; wasmstore branch \(branch) --unprotect takes the protection away"
    case .tagKept(let tag): "wasmstore tag \(tag) --delete deletes it, and undo brings it back"
    case .hookExists: "--force writes over it"
    case .branchIsDefault: "it is the default branch; wasmstore branch NAME --default chooses another"
    case .branchIsSymbolic(_, let target) where target.hasPrefix("refs/heads/"):
      "--branch \(target.dropFirst("refs/heads/".count)) names it"
    case .branchMoved, .pathMoved, .headUnexpected: "look at what changed and try again"
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
    case .notAStore(let path, _, true):
      "wasmstore import \(path) --root NEW makes a store of it, with its history"
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
  /// Returns the hint that shows a setting.
  ///
  /// A pattern is quoted for shells.
  private static func showing(_ key: String) -> String {
    let name = key.dropFirst("wasmstore.".count)
    let word = name.contains { "*?[".contains($0) } ? "'\(name)'" : "\(name)"
    return "wasmstore config get \(word) shows the policy"
  }
}
