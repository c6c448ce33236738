internal import Catalog
internal import Git
internal import SQLite
public import SystemPackage

/// The operations of a store, on one of its branches, by one author. It is cheap to make: one for each request, say.
///
/// Not `Sendable`: it belongs to the thread that uses the connection.
public struct StoreSession {
  /// The open store.
  public let connection: StoreConnection
  /// The branch in use.
  public let branch: BranchName
  /// Whether the caller named the branch; otherwise it is the default branch.
  let isBranchGiven: Bool
  private let givenAuthor: Author?
  /// The clock, notes, progress and cancellation of each operation.
  public var work: Work

  init(_ connection: StoreConnection, on branch: BranchName?, by author: Author?, _ work: Work) {
    self.connection = connection
    self.branch = branch ?? connection.defaultBranch
    isBranchGiven = branch != nil
    givenAuthor = author
    self.work = work
    var hasReported = false
    connection.repository.reachedBoundary = { id in
      if !hasReported { work.note(.historyEnds(CommitID(id))) }
      hasReported = true
    }
    connection.repository.isWanted = { !work.cancellation.isCancelled }
  }

  /// The store's folder.
  public var root: FilePath { connection.store.root }
  /// The branch that HEAD names.
  public var defaultBranch: BranchName { connection.defaultBranch }

  var layout: StorePaths { connection.store.layout }
  var options: Store.Options { connection.store.options }
  var repository: Repository { connection.repository }
  var objectReader: ObjectReader { connection.objectReader }
  var isHeadDetached: Bool { connection.isHeadDetached }

  /// The author of commits.
  public var author: Author {
    get throws(StoreError) {
      if let givenAuthor { return givenAuthor }
      guard let text = try setting("author")?.value else { return .standard }
      guard let author = Author(text) else {
        throw .invalidSetting(
          key: "wasmstore.author", value: text, reason: "it does not have the form NAME or NAME <MAIL>")
      }
      return author
    }
  }

  /// Runs `body` on the catalog; nil if no catalog is available, so that the caller computes the result from git
  /// objects.
  func withCatalog<Result>(_ body: (ModuleCatalog) throws(DatabaseError) -> Result?) -> Result? {
    connection.withCatalog(note: work.note, body)
  }

  /// The commit that the branch names; nil if it has none yet.
  ///
  /// - Throws: `StoreError.branchNotFound` for a missing branch other than the default one.
  public func head() throws(StoreError) -> CommitID? {
    let id = try objectID(of: branch.reference)
    if id == nil, branch != defaultBranch { throw .branchNotFound(branch) }
    if !isBranchGiven { try requireDefaultBranch(isThere: id != nil) }
    return id.map { CommitID($0) }
  }

  /// Refuses to work on a default branch that nobody chose: if HEAD is detached, or names a missing branch although
  /// others exist.
  ///
  /// - Throws: `StoreError.noDefaultBranch`.
  func requireDefaultBranch(isThere: Bool) throws(StoreError) {
    guard isHeadDetached || !isThere else { return }
    let others = try branches().filter { $0.head != nil }.map(\.name)
    guard isHeadDetached || !others.isEmpty else { return }
    throw .noDefaultBranch(named: isHeadDetached ? nil : defaultBranch, others: others)
  }

  /// The commit that the branch names.
  ///
  /// - Throws: `StoreError.noCommits` if it has none yet.
  public func existingHead() throws(StoreError) -> CommitID {
    guard let head = try head() else { throw .noCommits(branch) }
    return head
  }

  /// The commit that a revision names, or the branch's head without a revision.
  func existingCommit(_ revision: String?) throws(StoreError) -> CommitID {
    if let revision { return try resolve(revision) }
    return try existingHead()
  }

  /// Reads a commit.
  public func commit(_ id: CommitID) throws(StoreError) -> Commit {
    try translated { () throws(GitError) in Commit(try repository.commit(id.object)) }
  }

  /// Returns whether a branch with that name has a commit.
  func branchExists(_ name: BranchName) throws(StoreError) -> Bool {
    try objectID(of: name.reference) != nil
  }
}
