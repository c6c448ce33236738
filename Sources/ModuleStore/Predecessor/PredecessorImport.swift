/// The options for an import of a store of the older wasmstore.
public struct PredecessorImportRequest: Sendable {
  /// The path of the store, or of its backup.
  public var source: ImportRequest.Source
  /// A prefix for the names of branches, followed by a slash; nil for none.
  public var prefix: BranchName?
  /// Whether intact data is imported although other data is damaged.
  public var isPartial = false
  /// Whether everything is read and nothing is written.
  public var isDryRun = false

  /// Imports everything.
  public init(_ source: ImportRequest.Source) { self.source = source }
}

/// The result of an import, or of its dry run.
public struct PredecessorImportResult: Sendable {
  /// A branch, before and after.
  public struct ImportedBranch: Hashable, Sendable {
    /// Its old name.
    public let formerName: RawPath
    /// Its new name.
    public let name: BranchName
    /// Its old commit, 64 digits.
    public let formerHead: String
    /// Its new commit; nil if nothing was written.
    public let head: CommitID?
  }

  /// The branches, sorted by old name.
  public internal(set) var branches: [ImportedBranch] = []
  /// The number of commits.
  public internal(set) var commits = 0
  /// The number of commits with several parents.
  public internal(set) var merges = 0
  /// The number of different folders.
  public internal(set) var folders = 0
  /// The number of modules.
  public internal(set) var modules = 0
  /// Their size in bytes.
  public internal(set) var bytes: Int64 = 0
  /// The number of objects that are not reachable from a branch, and are not imported.
  public internal(set) var unreached = 0
  /// The number of commits with an author or date that git does not accept unchanged.
  public internal(set) var changedCommits = 0
  /// The number of missing parents; history starts after them.
  public internal(set) var missingParents = 0
  /// Names of files that git does not accept, and their new names.
  public internal(set) var renamed: [RawPath: RawPath] = [:]
  /// The other files.
  public internal(set) var others = PredecessorLeftovers()
  /// The damage.
  public internal(set) var damage: [PredecessorDamage] = []
  /// Whether anything was written.
  public internal(set) var isWritten = false
}
