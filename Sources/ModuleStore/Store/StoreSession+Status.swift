internal import SQLite
internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// The contents and the state of a store.
public struct StoreStatus: Hashable, Sendable {
  /// Files and bytes of one kind.
  public struct Usage: Hashable, Sendable {
    /// The number of files.
    public internal(set) var files = 0
    /// The number of bytes on disk.
    public internal(set) var bytes: Int64 = 0
  }

  /// The format of the store; the first write converts a repository of plain git, and a store of an earlier format, to
  /// the format of this program.
  public let formatVersion: Int?
  /// The branch in use.
  public let branch: BranchName
  /// The branch named by HEAD.
  public let defaultBranch: BranchName
  /// The present commit of the branch.
  public let head: CommitID?
  /// The number of commits in the branch's history.
  public let commits: Int
  /// The number of files in the branch's tree.
  public let paths: Int
  /// The number of branches.
  public let branches: Int
  /// The number of tags.
  public let tags: Int
  /// Loose objects.
  public let looseObjects: Usage
  /// Packs.
  public let packs: Usage
  /// Raw copies of modules.
  public let rawCopies: Usage
  /// Unfinished files.
  public let temporaries: Usage
  /// The catalog's file; nil if there is no usable one.
  public let catalog: CatalogStatus?
  /// `.lock` files that a dead process left.
  public let staleLocks: [String]
  /// Whether a process is writing now.
  public let isBeingWritten: Bool
  /// The missing parts that a mirror by plain git does not copy.
  public let missing: [MissingPart]

  /// A part of a store that is neither an object nor a reference.
  public enum MissingPart: String, CaseIterable, Hashable, Sendable {
    /// The operation record.
    case record
    /// Settings that guard branches.
    case settings
    /// The hook that applies the guards to pushes by plain git.
    case hook
  }
}

/// The state of the derived index.
public struct CatalogStatus: Hashable, Sendable {
  /// The file.
  public let path: String
  /// The number of blobs with known facts.
  public let modules: Int
  /// The number of commits with known changes.
  public let revisions: Int
  /// The number of bytes on disk.
  public let bytes: Int64
}

extension StoreSession {
  /// Determines the status of the store.
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
    if !hasRecord, try carriedRecord().isEmpty { missing.append(.record) }
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

  /// The files below a folder, which need not exist.
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

  /// The length of the catalog's file; 0 if it does not exist.
  private func size(of path: FilePath) throws(DatabaseError) -> Int64 {
    do throws(FileError) { return try FileStatus(path)?.size ?? 0 } catch {
      throw DatabaseError(code: .unavailable, message: error.description)
    }
  }

  /// Tries to take the write lock without waiting.
  private func isWriteLocked() throws(StoreError) -> Bool {
    try translated { () throws(FileError) in
      guard let lock = try AdvisoryLock(present: layout.writeLock) else { return false }
      return try !lock.attempt(.exclusive)
    }
  }
}
