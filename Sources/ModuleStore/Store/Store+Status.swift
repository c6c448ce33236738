internal import SQLite
internal import Catalog
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

extension Store {
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
      tags: try tags().count, looseObjects: looseObjectUsage(),
      packs: usage(of: layout.objects.appending("pack")),
      rawCopies: usage(of: layout.modules), temporaries: usage(of: layout.temporary),
      catalog: catalogStatus(),
      staleLocks: staleLocks().map(\.string), isBeingWritten: isWriteLocked())
  }

  private func looseObjectUsage() -> StoreStatus.Usage {
    var sum = StoreStatus.Usage()
    for name in names(in: layout.objects) where isHexadecimal(name, count: 2...2) {
      let usage = usage(of: layout.objects.appending(name))
      sum.files += usage.files
      sum.bytes += usage.bytes
    }
    return sum
  }

  private func usage(of folder: FilePath) -> StoreStatus.Usage {
    var sum = StoreStatus.Usage()
    var pending = [folder]
    while let folder = pending.popLast() {
      for name in names(in: folder) {
        let path = folder.appending(name)
        guard let status = FileStatus(path, followingLinks: false) else { continue }
        if status.kind == .directory {
          pending.append(path)
        } else {
          sum.files += 1
          sum.bytes += status.blocks * 512
        }
      }
    }
    return sum
  }

  private func catalogStatus() -> CatalogStatus? {
    withCatalog { (catalog) throws(DatabaseError) in
      let counts = try catalog.counts()
      return CatalogStatus(
        path: catalog.path.string, modules: counts.modules, revisions: counts.revisions,
        bytes: FileStatus(catalog.path)?.size ?? 0)
    }
  }

  /// Asks for the write lock without waiting for it.
  private func isWriteLocked() -> Bool {
    guard FileStatus(layout.writeLock) != nil else { return false }
    do throws(StoreError) {
      let lock = try FileLock.take(layout.writeLock, .exclusive, timeout: .zero, waiting: {})
      _ = lock
      return false
    } catch {
      if case .locked = error { return true }
      return false
    }
  }
}
