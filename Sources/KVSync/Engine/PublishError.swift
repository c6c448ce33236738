/// The error of a publish, a rollback or a prune.
public enum PublishError: Error, Hashable, Sendable {
  /// The answer of the head store is not understood.
  case unreadableHead
  /// A published manifest is missing, or does not match its name.
  case unreadableManifest(String)
  /// The commit does not come after the published one: its job is late.
  case late(String)
  /// A rollback went back from this commit.
  case leftBehind(String)
  /// There are no files, but there were some before.
  case empty
  /// A path is reserved.
  case reservedPath(String)
  /// Nothing was published under the name.
  case unpublished(String)
  /// The target revision of the rollback was discarded.
  case belowFloor(String, revision: Int64)
  /// There is no such revision.
  case unknownRevision(String, revision: Int64)
  /// There is no earlier version to go back to.
  case nothingToRollBack(String)
  /// No file is published at the path.
  case noFile(String)
  /// The head was changed by others at each attempt.
  case moved(String)
  /// A prune runs for longer than the time to wait.
  case pruning(seconds: Int64)
  /// A prune lost its lease; it can be started again.
  case leaseLost
  /// Nothing blocks publishers during a prune.
  case needsOffline
  /// Another store keeps heads too, and the values that they name are not known here.
  case otherHeads(String)
  /// There is no head, so it is not known which values must stay.
  case nothingPublished
  /// A manifest cannot contain these files.
  case manifest(ManifestError)
}

extension PublishError: CustomStringConvertible {
  /// The error message, without a full stop.
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

  /// A hint how to resolve the error; nil if the message is sufficient.
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
