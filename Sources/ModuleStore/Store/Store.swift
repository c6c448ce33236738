internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers
internal import SQLite
public import SystemPackage

/// A versioned store of WebAssembly modules: a bare git repository and what is derived from it.
///
/// Not `Sendable`: one thread at a time uses it; any number of processes may open the same store.
public final class Store {
  /// How a store is opened and used.
  public struct Options: Sendable {
    /// The branch to use; nil for the store's default branch.
    public var branch: BranchName?
    /// Who is named in commits; nil for the setting `author`, then `wasmstore`.
    public var author: Author?
    /// How long to wait for other writers.
    public var lockTimeout: Duration = .seconds(60)
    /// How long to wait for them before that is reported.
    var lockPatience: Duration = .seconds(1)
    /// The clock that stamps commits.
    public var now: @Sendable () -> Timestamp = { .now }
    /// The clock that stamps the operation record, which tells when something happened, whatever commits say.
    public var recordClock: @Sendable () -> Timestamp = { .now }
    /// Takes what a person may want to know.
    public var report: @Sendable (Note) -> Void = { _ in }
    /// Takes the progress of long work; called often.
    public var progress: @Sendable (Progress) -> Void = { _ in }
    /// The user's own settings file, which stands behind the store's.
    public var userConfiguration: FilePath?
    /// Which stores of other users may be used; none unless something is said.
    public var protectedConfiguration = ProtectedConfiguration()

    /// Makes the options that hold when nothing is said.
    public init() {}
  }

  /// The format of stores that this code reads and writes.
  public static let formatVersion = 2

  let layout: Layout
  let repository: Repository
  let options: Options
  /// The store's own settings, then the user's.
  var settingsFiles: [SettingsFile]
  /// Whether it was said that the user's settings cannot be reached.
  var hasReportedUserSettings = false
  /// Reads objects straight from their files.
  let objectReader: ObjectReader
  private var catalogState = CatalogState.unopened

  private enum CatalogState {
    case unopened
    case open(ModuleCatalog)
    case unavailable
  }

  /// The branch in use.
  public let branch: BranchName
  /// The branch that HEAD names.
  public private(set) var defaultBranch: BranchName
  /// Whether HEAD names no branch, so that none is the default one.
  private(set) var isHeadDetached: Bool

  /// The store's folder.
  public var root: FilePath { layout.root }

  init(
    repository: Repository, root: FilePath, settings: SettingsFile, options: Options
  ) throws(StoreError) {
    self.repository = repository
    settingsFiles = [settings] + [options.userConfiguration].compactMap { $0 }.map { SettingsFile($0) }
    self.options = options
    layout = Layout(root: root)
    objectReader = ObjectReader(objects: layout.objects)
    var head: BranchName?
    do {
      head = try repository.headReference().flatMap { BranchName(reference: $0) }
    } catch {
      // Whoever names a branch needs no HEAD, and can set it.
      guard case .brokenReference = error.code, options.branch != nil else { throw StoreError(error) }
    }
    isHeadDetached = head == nil
    defaultBranch = head ?? .main
    var hasReported = false
    repository.reachedBoundary = { id in
      if !hasReported { options.report(.historyEnds(CommitID(id))) }
      hasReported = true
    }
    branch = options.branch ?? defaultBranch
  }

  /// Has this process make the files and folders of the store for those whom `core.sharedRepository` names.
  ///
  /// That holds for the whole process, so a program does it, not the store.
  ///
  /// - Returns: The file mode mask before, which is the user's.
  /// - Throws: `StoreError.invalidSetting`.
  public func shareNewFiles() throws(StoreError) -> UInt32 {
    let key = "core.sharedRepository"
    let entry = repository.configurationAtOpening.last { $0.name == key.lowercased() }
    guard let access = entry.map({ SharedAccess(parsing: $0.value) }) ?? .umask else {
      throw .invalidSetting(
        key: key, value: entry?.value ?? "",
        reason: "it is neither umask, group, all nor an octal number that lets the owner read and write")
    }
    return access.adopt()
  }

  /// Who is named in commits.
  public var author: Author {
    get throws(StoreError) {
      if let author = options.author { return author }
      guard let text = try setting("author")?.value else { return .standard }
      guard let author = Author(text) else {
        throw .invalidSetting(key: "wasmstore.author", value: text, reason: "it is no NAME or NAME <MAIL>")
      }
      return author
    }
  }

  func noteDefaultBranch(_ branch: BranchName) { (defaultBranch, isHeadDetached) = (branch, false) }

  /// Reads anew which branch HEAD names: since the store was opened another process may have chosen one.
  func refreshDefaultBranch() throws(StoreError) {
    let head = try translated { () throws(GitError) in try repository.headReference() }
    if let branch = head.flatMap({ BranchName(reference: $0) }) { noteDefaultBranch(branch) }
  }

  /// The catalog; nil where there is none to be had, so that answers are computed by walking.
  var catalog: ModuleCatalog? {
    switch catalogState {
    case .open(let catalog): return catalog
    case .unavailable: return nil
    case .unopened: break
    }
    let catalog = openCatalog(in: layout, report: options.report)
    catalogState = catalog.map { .open($0) } ?? .unavailable
    return catalog
  }

  /// Runs `body` on the catalog. Whatever goes wrong there makes nothing but this catalog unusable: a
  /// damaged one is left where it is and a new generation begun at the next opening.
  func withCatalog<Result>(_ body: (ModuleCatalog) throws(DatabaseError) -> Result?) -> Result? {
    guard let catalog else { return nil }
    do {
      return try body(catalog)
    } catch {
      switch error.code {
      case .busy: break
      case .damaged:
        catalogState =
          restartCatalog(after: catalog, in: layout, report: options.report)
          .map { .open($0) } ?? .unavailable
      case .unavailable, .otherVersion, .failed: catalogState = .unavailable
      }
      return nil
    }
  }

  /// Does what is better done once than by every later reader; to be called when nothing else is to be done.
  public func close() {
    if case .open(let catalog) = catalogState { catalog.foldRestingLog() }
  }

  /// The commit that the branch stands at; nil while it has none.
  ///
  /// - Throws: `StoreError.branchNotFound` for a missing branch other than the default one.
  public func head() throws(StoreError) -> CommitID? {
    let id = try objectID(of: branch.reference)
    if id == nil, branch != defaultBranch { throw .branchNotFound(branch) }
    if options.branch == nil { try requireDefaultBranch(isThere: id != nil) }
    return id.map { CommitID($0) }
  }

  /// Refuses to work on a default branch that nobody chose: where HEAD is detached, or names a branch that is gone
  /// while others are there.
  ///
  /// - Throws: `StoreError.noDefaultBranch`.
  func requireDefaultBranch(isThere: Bool) throws(StoreError) {
    guard isHeadDetached || !isThere else { return }
    let others = try branches().filter { $0.head != nil }.map(\.name)
    guard isHeadDetached || !others.isEmpty else { return }
    throw .noDefaultBranch(named: isHeadDetached ? nil : defaultBranch, others: others)
  }

  /// The commit that the branch stands at.
  ///
  /// - Throws: `StoreError.noCommits` while it has none.
  public func existingHead() throws(StoreError) -> CommitID {
    guard let head = try head() else { throw .noCommits(branch) }
    return head
  }

  /// The commit that a revision names, or the branch's head where none is given.
  func existingCommit(_ revision: String?) throws(StoreError) -> CommitID {
    if let revision { return try resolve(revision) }
    return try existingHead()
  }

  /// Reads a commit.
  public func commit(_ id: CommitID) throws(StoreError) -> Commit {
    try translated { () throws(GitError) in Commit(try repository.commit(id.object)) }
  }

  /// Tells whether a branch of that name has a commit.
  func branchExists(_ name: BranchName) throws(StoreError) -> Bool {
    try objectID(of: name.reference) != nil
  }
}

/// How far long work has come.
public struct Progress: Sendable {
  /// What is being done, such as `adding`.
  public let what: String
  /// The number of modules done.
  public let done: Int
  /// The number of all; nil while it is unknown.
  public let total: Int?
  /// The number of bytes done.
  public let bytes: Int64

  /// Makes a report of progress.
  public init(what: String, done: Int, total: Int?, bytes: Int64) {
    self.what = what
    self.done = done
    self.total = total
    self.bytes = bytes
  }
}
