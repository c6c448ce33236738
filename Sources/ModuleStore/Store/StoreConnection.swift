internal import Catalog
internal import FileSystem
internal import Git
internal import SQLite

/// An open store, for one thread at a time: the repository, the catalog, and what was read of the settings.
///
/// Operations are called on a session of it (`session`). Any number of connections, of this process and others, read
/// and write the same store at the same time.
public final class StoreConnection {
  /// The store that is open.
  public let store: Store
  let repository: Repository
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

  /// The branch that HEAD names.
  private(set) var defaultBranch = BranchName.main
  /// Whether HEAD names no branch, so that none is the default one.
  private(set) var isHeadDetached = false
  /// Why HEAD cannot be read.
  private var headError: GitError?

  init(_ store: Store, repository: Repository, settings: SettingsFile) {
    self.store = store
    self.repository = repository
    settingsFiles =
      [settings] + [store.options.userConfiguration].compactMap { $0 }.map { SettingsFile($0) }
    objectReader = ObjectReader(objects: store.layout.objects)
    rereadHead()
  }

  /// Reads which branch HEAD names, which another process may change.
  private func rereadHead() {
    do throws(GitError) { try readHead() } catch { headError = error }
  }

  private func readHead() throws(GitError) {
    let head = try repository.headReference().flatMap { BranchName(reference: $0) }
    headError = nil
    isHeadDetached = head == nil
    if let head { defaultBranch = head }
  }

  /// Begins a session: the operations of the store, on a branch, by an author.
  ///
  /// - Parameters:
  ///   - branch: The branch to use; nil for the store's default branch.
  ///   - author: Who is named in commits; nil for the setting `author`, then `wasmstore`.
  ///   - work: What goes along with each operation.
  /// - Returns: The session, to be used by the connection's thread.
  /// - Throws: `StoreError.reference` where no branch is given and HEAD is broken.
  public func session(
    on branch: BranchName? = nil, by author: Author? = nil, _ work: Work = Work()
  ) throws(StoreError) -> StoreSession {
    if store.options.keepsConnections { rereadHead() }
    if let headError {
      // Whoever names a branch needs no HEAD, and can set it.
      guard case .brokenReference = headError.code, branch != nil else { throw StoreError(headError) }
    }
    return StoreSession(self, on: branch, by: author, work)
  }

  func noteDefaultBranch(_ branch: BranchName) {
    (defaultBranch, isHeadDetached, headError) = (branch, false, nil)
  }

  /// Reads anew which branch HEAD names: since the store was opened another process may have chosen one.
  func refreshDefaultBranch() throws(StoreError) {
    let head = try translated { () throws(GitError) in try repository.headReference() }
    if let branch = head.flatMap({ BranchName(reference: $0) }) { noteDefaultBranch(branch) }
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

  /// Runs `body` on the catalog, if there is one to be had. Whatever goes wrong there makes nothing but this catalog
  /// unusable: a damaged one is left where it is and a new generation begun at the next opening.
  ///
  /// - Parameters:
  ///   - note: Is told what is wrong with the catalog.
  ///   - body: Reads or writes rows.
  /// - Returns: What `body` answers; nil where there is no catalog, and the answer has to be computed by walking.
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

  /// Does what is better done once than by every later reader; to be called when nothing else is to be done.
  public func close() {
    if case .open(let catalog) = catalogState { catalog.foldRestingLog() }
  }
}
