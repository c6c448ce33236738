/// Why something is not published, or not gone back to.
public enum PublishError: Error, Hashable, Sendable {
  /// What keeps the head answers nothing that is known.
  case unreadableHead
  /// A manifest that is published is not there, or is not what its name says.
  case unreadableManifest(String)
  /// The commit does not come after what is published: its job is late.
  case late(String)
  /// The commit is one that a rollback left behind.
  case leftBehind(String)
  /// There are no files, and there were some.
  case empty
  /// A path is reserved.
  case reservedPath(String)
  /// Nothing was published under the name.
  case unpublished(String)
  /// The revision to go back to was given up.
  case belowFloor(String, revision: Int64)
  /// There is no such revision.
  case unknownRevision(String, revision: Int64)
  /// There is no earlier version to go back to.
  case nothingToRollBack(String)
  /// No file is published at the path.
  case noFile(String)
  /// Somebody moved the head again and again.
  case moved(String)
  /// A prune is at work, for longer than was to be waited.
  case pruning(seconds: Int64)
  /// A prune could not keep its lease; it can be begun again.
  case leaseLost
  /// Nothing keeps publishers out while a prune deletes.
  case needsOffline
  /// Something else keeps heads too, and what they name is not known here.
  case otherHeads(String)
  /// There is no head, so nothing says what has to stay.
  case nothingPublished
  /// Files that no manifest can hold.
  case manifest(ManifestError)
}

extension PublishError: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .unreadableHead: "the head is none that this program can read"
    case .unreadableManifest(let name): "the published manifest \(name) cannot be read"
    case .late(let name): "\(name) has a revision that this branch does not come after"
    case .leftBehind(let name): "\(name) was rolled back from this version"
    case .empty: "the branch has no files, and files are published"
    case .reservedPath(let path): "\(path) is reserved"
    case .unpublished(let name): "nothing is published as \(name)"
    case .belowFloor(let name, let revision): "revision \(revision) of \(name) was given up by a prune"
    case .unknownRevision(let name, let revision): "\(name) has no revision \(revision)"
    case .nothingToRollBack(let name): "\(name) has no earlier version"
    case .noFile(let path): "not published: \(path)"
    case .moved(let name): "\(name) moved"
    case .pruning(let seconds): "a prune is at work; waited \(seconds) s for its end"
    case .leaseLost: "the lease of the prune ran out before all was deleted"
    case .needsOffline: "nothing keeps publishers out of this target while a prune deletes"
    case .otherHeads(let url): "\(url) keeps heads of this target too"
    case .nothingPublished: "nothing is published there"
    case .manifest(let error): "\(error)"
    }
  }

  /// What can be done about it; nil where the message says all.
  public var hint: String? {
    switch self {
    case .late, .leftBehind: "--force publishes it all the same"
    case .empty: "--allow-empty publishes it all the same"
    case .pruning: "--lock-timeout SECS waits longer"
    case .leaseLost: "begin again; what was deleted is gone"
    case .needsOffline: "--offline says that nobody publishes meanwhile"
    case .otherHeads(let url): "--head \(url) keeps what both name"
    case .moved: "look at what was published and try again"
    case .unpublished: "wasmstore kv-sync publishes a branch"
    case .belowFloor, .unknownRevision: "wasmstore kv log shows the revisions"
    case .unreadableHead, .unreadableManifest, .reservedPath, .nothingPublished, .nothingToRollBack, .noFile,
      .manifest:
      nil
    }
  }
}
