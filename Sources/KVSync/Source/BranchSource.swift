public import ModuleStore

/// The branch of a session at the time of initialisation.
public struct BranchSource: PublishSource {
  private let session: StoreSession
  private let published: PublishedCommit

  /// Reads the branch's commit, and protects it from deletion.
  ///
  /// - Throws: `StoreError.noCommits`.
  public init(_ session: StoreSession) throws(StoreError) {
    self.session = session
    published = try session.commitToPublish()
  }

  /// The branch.
  public var branch: BranchName { session.branch }
  /// The published commit.
  public var commit: String? { published.commit.id.hex }
  /// The commit's tree.
  public var tree: String? { published.tree }
  /// The commit's time.
  public var time: Int64 { published.commit.time.seconds }
  /// The progress and cancellation of the operation.
  public var work: Work { session.work }
  /// Reads the blobs of the store.
  public var contents: any ContentSource { StoreContents(session) }

  /// The author of the session.
  public func author() throws -> String { try session.author.name }

  /// All files of the commit.
  public func files() throws -> FileContents { try session.files(of: published) }

  /// The files of the commit that differ from a tree.
  public func files(since tree: String) throws -> FileContents? {
    try session.files(of: published, since: tree)
  }

  /// Whether the commit's history contains the commit or tree that was published before.
  public func comesAfter(commit: String?, tree: String?) throws -> Bool {
    try session.history(of: published, holds: commit, orTree: tree)
  }
}
