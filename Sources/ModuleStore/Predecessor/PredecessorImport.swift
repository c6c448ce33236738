/// What of a store of the older wasmstore is to be imported.
public struct PredecessorImportRequest: Sendable {
  /// Where the store, or its backup, is.
  public var source: ImportRequest.Source
  /// What the names of branches get before them, with a slash; nil for nothing.
  public var prefix: BranchName?
  /// Whether what is whole is imported though something is damaged.
  public var isPartial = false
  /// Whether everything is read and nothing written.
  public var isDryRun = false

  /// Asks for all of a store.
  public init(_ source: ImportRequest.Source) { self.source = source }
}

/// What was imported, or would be.
public struct PredecessorImportResult: Sendable {
  /// A branch, before and after.
  public struct ImportedBranch: Hashable, Sendable {
    /// Its name there.
    public let formerName: RawPath
    /// Its name here.
    public let name: BranchName
    /// The commit that it stood at, 64 digits.
    public let formerHead: String
    /// What this commit has become; nil where nothing was written.
    public let head: CommitID?
  }

  /// The branches, in the order of their former names.
  public internal(set) var branches: [ImportedBranch] = []
  /// The number of commits.
  public internal(set) var commits = 0
  /// How many of them have several parents.
  public internal(set) var merges = 0
  /// The number of folders that differ.
  public internal(set) var folders = 0
  /// The number of modules.
  public internal(set) var modules = 0
  /// Their bytes.
  public internal(set) var bytes: Int64 = 0
  /// The number of objects that no branch leads to, which stay where they are.
  public internal(set) var unreached = 0
  /// The number of commits whose author or date git could not take as it was.
  public internal(set) var changedCommits = 0
  /// The number of parents that are not there; history begins after them.
  public internal(set) var missingParents = 0
  /// Names of files that git could not take, and what they have become.
  public internal(set) var renamed: [RawPath: RawPath] = [:]
  /// What else there is.
  public internal(set) var others = PredecessorLeftovers()
  /// What is damaged.
  public internal(set) var damage: [PredecessorDamage] = []
  /// Whether anything was written.
  public internal(set) var isWritten = false
}
