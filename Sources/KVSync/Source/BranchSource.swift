public import ModuleStore

/// The branch of a session, as it stands when this is made.
public struct BranchSource: PublishSource {
  private let session: StoreSession
  private let published: PublishedCommit

  /// Takes the branch's commit, and keeps it from being deleted.
  ///
  /// - Throws: `StoreError.noCommits`.
  public init(_ session: StoreSession) throws(StoreError) {
    self.session = session
    published = try session.commitToPublish()
  }

  public var branch: BranchName { session.branch }
  public var commit: String? { published.commit.id.hex }
  public var tree: String? { published.tree }
  public var time: Int64 { published.commit.time.seconds }
  public var work: Work { session.work }
  public var contents: any ContentSource { StoreContents(session) }

  public func author() throws -> String { try session.author.name }

  public func files() throws -> FileContents { try session.files(of: published) }

  public func files(since tree: String) throws -> FileContents? {
    try session.files(of: published, since: tree)
  }

  public func comesAfter(commit: String?, tree: String?) throws -> Bool {
    try session.history(of: published, holds: commit, orTree: tree)
  }
}
