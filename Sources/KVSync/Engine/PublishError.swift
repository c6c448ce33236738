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
    case .unreadableHead: "the published head has a format that this program cannot read"
    case .unreadableManifest(let name): "the published manifest \(name) cannot be read"
    case .late(let name): "the published revision of \(name) is not an earlier commit of this branch"
    case .leftBehind(let name): "this version of \(name) was published before and rolled back"
    case .empty: "the branch has no files, but the published version has files"
    case .reservedPath(let path): "\(path) is reserved"
    case .unpublished(let name): "\(name) is not published"
    case .belowFloor(let name, let revision): "revision \(revision) of \(name) was deleted by a prune"
    case .unknownRevision(let name, let revision): "\(name) has no revision \(revision)"
    case .nothingToRollBack(let name): "\(name) has no earlier version"
    case .noFile(let path): "not published: \(path)"
    case .moved(let name): "another process published \(name) at the same time"
    case .pruning(let seconds): "a prune is running; waited \(seconds) s for it to end"
    case .leaseLost: "the lease of the prune expired before everything was deleted"
    case .needsOffline: "this target cannot lock out publishers during a prune"
    case .otherHeads(let url): "\(url) has heads of this target too"
    case .nothingPublished: "nothing is published in this target"
    case .manifest(let error): "\(error)"
    }
  }

  /// A hint how to resolve the error; nil if the message is sufficient.
  public var hint: String? {
    switch self {
    case .late, .leftBehind: "--force publishes it anyway"
    case .empty: "--allow-empty publishes it anyway"
    case .pruning: "--lock-timeout SECS waits longer"
    case .leaseLost: "run the prune again; it deletes the rest"
    case .needsOffline: "use --offline if nobody publishes during the prune"
    case .otherHeads(let url): "use --head \(url) to keep the values of both"
    case .moved: "check what was published, then try again"
    case .unpublished: "wasmstore kv-sync publishes a branch"
    case .belowFloor, .unknownRevision: "wasmstore kv log shows the revisions"
    case .unreadableHead, .unreadableManifest, .reservedPath, .nothingPublished, .nothingToRollBack, .noFile,
      .manifest:
      nil
    }
  }
}
