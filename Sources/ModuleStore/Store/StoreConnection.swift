internal import Catalog
internal import FileSystem
internal import Git
internal import SQLite

/// An open store, for one thread at a time: the repository, the catalog, and the settings read so far.
///
/// Operations are methods of a session (`session`). Any number of connections, of this process and others, can read and
/// write the same store at the same time.
public final class StoreConnection {
  /// The open store.
  public let store: Store
  let repository: Repository
  /// The store's own settings, then the user's.
  var settingsFiles: [SettingsFile]
  /// Whether an unreadable user settings file was already reported.
  var hasReportedUserSettings = false
  /// Reads objects directly from their files.
  let objectReader: ObjectReader
  private var catalogState = CatalogState.unopened

  private enum CatalogState {
    case unopened
    case open(ModuleCatalog)
    case unavailable
  }

  /// The branch that HEAD names.
  private(set) var defaultBranch = BranchName.main
  /// Whether HEAD names no branch, so that there is no default branch.
  private(set) var isHeadDetached = false
  /// The reason why HEAD cannot be read.
  private var headError: GitError?

  init(_ store: Store, repository: Repository, settings: SettingsFile) {
    self.store = store
    self.repository = repository
    settingsFiles =
      [settings] + [store.options.userConfiguration].compactMap { $0 }.map { SettingsFile($0) }
    objectReader = ObjectReader(objects: store.layout.objects)
    rereadHead()
  }

  /// Reads the branch that HEAD names, because another process may change it.
  private func rereadHead() {
    do throws(GitError) { try readHead() } catch { headError = error }
  }

  private func readHead() throws(GitError) {
    let head = try repository.headReference().flatMap { BranchName(reference: $0) }
    headError = nil
    isHeadDetached = head == nil
    if let head { defaultBranch = head }
  }

  /// Begins a session: the operations of the store on one branch, by one author.
  ///
  /// - Parameters:
  ///   - branch: The branch to use; nil for the store's default branch.
  ///   - author: The author of commits; nil for the setting `author`, then `wasmstore`.
  ///   - work: The clock, notes, progress and cancellation of each operation.
  /// - Returns: The session, for use in the connection's thread.
  /// - Throws: `StoreError.reference` if no branch is given and HEAD is broken.
  public func session(
    on branch: BranchName? = nil, by author: Author? = nil, _ work: Work = Work()
  ) throws(StoreError) -> StoreSession {
    if store.options.keepsConnections { rereadHead() }
    if let headError {
      // A caller that names a branch does not need HEAD, and can repair it.
      guard case .brokenReference = headError.code, branch != nil else { throw StoreError(headError) }
    }
    return StoreSession(self, on: branch, by: author, work)
  }

  func noteDefaultBranch(_ branch: BranchName) {
    (defaultBranch, isHeadDetached, headError) = (branch, false, nil)
  }

  /// Reads again which branch HEAD names: another process may have changed it since the store was opened.
  func refreshDefaultBranch() throws(StoreError) {
    let head = try translated { () throws(GitError) in try repository.headReference() }
    if let branch = head.flatMap({ BranchName(reference: $0) }) { noteDefaultBranch(branch) }
  }

  /// Makes this process create the store's files and folders for the users that `core.sharedRepository` names.
  ///
  /// This changes the whole process, so the program calls it, not the store.
  ///
  /// - Returns: The previous file mode mask, which is the user's.
  /// - Throws: `StoreError.invalidSetting`.
  public func shareNewFiles() throws(StoreError) -> UInt32 {
    let key = "core.sharedRepository"
    let entry = repository.configurationAtOpening.last { $0.name == key.lowercased() }
    guard let access = entry.map({ SharedAccess(parsing: $0.value) }) ?? .umask else {
      throw .invalidSetting(
        key: key, value: entry?.value ?? "",
        reason: "it must be umask, group, all, or an octal number that lets the owner read and write")
    }
    return access.adopt()
  }

  /// Runs `body` on the catalog, if one is available. An error only makes this catalog unusable: a damaged one is left
  /// in place, and the next opening creates a new generation.
  ///
  /// - Parameters:
  ///   - note: Called with the problem of the catalog.
  ///   - body: Reads or writes rows.
  /// - Returns: The result of `body`; nil without a catalog, so that the caller has to compute the result from git
  ///   objects.
  func withCatalog<Result>(
    note: (Note) -> Void, _ body: (ModuleCatalog) throws(DatabaseError) -> Result?
  ) -> Result? {
    guard let catalog = openedCatalog(note: note) else { return nil }
    do {
      return try body(catalog)
    } catch {
      switch error.code {
      case .busy: break
      case .damaged:
        catalogState =
          store.restartCatalog(after: catalog, note: note).map { .open($0) } ?? .unavailable
      case .unavailable, .otherVersion, .failed: catalogState = .unavailable
      }
      return nil
    }
  }

  private func openedCatalog(note: (Note) -> Void) -> ModuleCatalog? {
    switch catalogState {
    case .open(let catalog): return catalog
    case .unavailable: return nil
    case .unopened: break
    }
    let catalog = store.openCatalog(note: note)
    catalogState = catalog.map { .open($0) } ?? .unavailable
    return catalog
  }

  /// Does work once that would otherwise slow down each later reader; call it when no more operations follow.
  public func close() {
    if case .open(let catalog) = catalogState { catalog.foldRestingLog() }
  }
}
