internal import SQLite
internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// What a store holds and what state it is in.
public struct StoreStatus: Hashable, Sendable {
  /// Files and bytes of one kind.
  public struct Usage: Hashable, Sendable {
    /// The number of files.
    public internal(set) var files = 0
    /// The bytes that they take on disk.
    public internal(set) var bytes: Int64 = 0
  }

  /// The format of the store; the first write gives a repository of plain git's, and a store of an earlier format,
  /// the format of this program.
  public let formatVersion: Int?
  /// The branch in use.
  public let branch: BranchName
  /// The branch that HEAD names.
  public let defaultBranch: BranchName
  /// The commit that the branch stands at.
  public let head: CommitID?
  /// The commits that the branch reaches.
  public let commits: Int
  /// The entries of the branch's tree that are files.
  public let paths: Int
  /// The number of branches.
  public let branches: Int
  /// The number of tags.
  public let tags: Int
  /// Objects in files of their own.
  public let looseObjects: Usage
  /// Packs.
  public let packs: Usage
  /// Raw copies of modules.
  public let rawCopies: Usage
  /// Unfinished files.
  public let temporaries: Usage
  /// The catalog's file; nil where there is none to be had.
  public let catalog: CatalogStatus?
  /// `.lock` files that a process left behind.
  public let staleLocks: [String]
  /// Whether somebody writes at this moment.
  public let isBeingWritten: Bool
  /// What a mirror by plain git does not take along, and is not here.
  public let missing: [MissingPart]

  /// A part of a store that is no object and no reference.
  public enum MissingPart: String, CaseIterable, Hashable, Sendable {
    /// The operation record.
    case record
    /// Settings, which guard branches.
    case settings
    /// The hook by which pushes of plain git meet the guards.
    case hook
  }
}

/// The state of the derived index.
public struct CatalogStatus: Hashable, Sendable {
  /// The file.
  public let path: String
  /// The blobs whose facts are known.
  public let modules: Int
  /// The commits whose changes are known.
  public let revisions: Int
  /// The bytes on disk.
  public let bytes: Int64
}

extension StoreSession {
  /// Sums up the store.
  public func status() throws(StoreError) -> StoreStatus {
    let head = try head()
    var commits = 0
    var paths = 0
    if let head {
      try translated { () throws(GitError) in
        try repository.walk(from: [head.object]) { _ in
          commits += 1
          return true
        }
      }
      paths = try files(of: head, below: nil).count
    }
    return StoreStatus(
      formatVersion: try version(), branch: branch, defaultBranch: defaultBranch, head: head,
      commits: commits, paths: paths, branches: try branches().filter { $0.head != nil }.count,
      tags: try tags().count, looseObjects: try looseObjectUsage(),
      packs: try usage(of: layout.objects.appending("pack")),
      rawCopies: try usage(of: layout.modules), temporaries: try usage(of: layout.temporary),
      catalog: catalogStatus(),
      staleLocks: try staleLocks.files().map(\.string), isBeingWritten: try isWriteLocked(),
      missing: try missingParts())
  }

  private func missingParts() throws(StoreError) -> [StoreStatus.MissingPart] {
    guard try head() != nil else { return [] }
    var missing: [StoreStatus.MissingPart] = []
    let hasRecord = try translated { () throws(FileError) in try fileExists(layout.operations) }
    if !hasRecord { missing.append(.record) }
    if try version() == nil, try carriedSettings().isEmpty { missing.append(.settings) }
    if try hasGuards(), try updateHook() == .none { missing.append(.hook) }
    return missing
  }

  private func looseObjectUsage() throws(StoreError) -> StoreStatus.Usage {
    var sum = StoreStatus.Usage()
    let present = try translated { () throws(FileError) in try names(in: layout.objects) }
    for name in present where isHexadecimal(name, count: 2...2) {
      let usage = try usage(of: layout.objects.appending(name))
      sum.files += usage.files
      sum.bytes += usage.bytes
    }
    return sum
  }

  /// What lies below a folder, which need not be there.
  private func usage(of folder: FilePath) throws(StoreError) -> StoreStatus.Usage {
    var sum = StoreStatus.Usage()
    try translated { () throws(FileError) in
      try walk(
        folder,
        unreadable: { (_, error) throws(FileError) in
          if !error.isAbsence { throw error }
        },
        { (entry) throws(FileError) in
          guard entry.kind != .directory, let status = try FileStatus(entry.path, followingLinks: false)
          else {
            return true
          }
          sum.files += 1
          sum.bytes += status.blocks * 512
          return true
        })
    }
    return sum
  }

  private func catalogStatus() -> CatalogStatus? {
    withCatalog { (catalog) throws(DatabaseError) in
      let counts = try catalog.counts()
      return CatalogStatus(
        path: catalog.path.string, modules: counts.modules, revisions: counts.revisions,
        bytes: try size(of: catalog.path))
    }
  }

  /// The length of the catalog's file; 0 where it is gone.
  private func size(of path: FilePath) throws(DatabaseError) -> Int64 {
    do throws(FileError) { return try FileStatus(path)?.size ?? 0 } catch {
      throw DatabaseError(code: .unavailable, message: error.description)
    }
  }

  /// Asks for the write lock without waiting for it.
  private func isWriteLocked() throws(StoreError) -> Bool {
    try translated { () throws(FileError) in
      guard let lock = try AdvisoryLock(present: layout.writeLock) else { return false }
      return try !lock.attempt(.exclusive)
    }
  }
}
