internal import FileSystem
internal import Git
internal import Glibc
internal import SystemPackage

extension Store {
  /// Makes the store and its folder (Documentation/formats.md, "Store").
  ///
  /// All is prepared below `tmp`, and `HEAD` comes to its place last: before that, neither we nor git see a repository.
  /// Who comes next goes on from what a process that died has left.
  ///
  /// - Throws: `StoreError.root` where the folder cannot be made or written to, `.locked` while another process
  ///   makes the store.
  func create(_ work: Work) throws(StoreError) {
    do throws(FileError) { try makeFolders(root) } catch {
      throw .root(path: root.string, reason: "it cannot be made: \(error.reason)")
    }
    try asRoot { () throws(FileError) in try requireAccess(.change, to: root) }
    let lock = try FileLock.take(
      layout.writeLock, .exclusive, timeout: options.lockTimeout, patience: options.lockPatience, work: work
    ) { work.note(.waitingForLock("another writer")) }
    defer { _ = lock }
    // Somebody else was first.
    let present = try asRoot { () throws(FileError) in
      try FileStatus(root.appending(Store.head), followingLinks: false)
    }
    guard present == nil else { return }
    let draft = layout.temporary.appending("new")
    try asRoot { () throws(FileError) in
      try clearUnfinishedRestore()
      try removeTree(draft)
    }
    // What stays of it is removed by whoever makes the store next, and belongs to none.
    defer { try? removeTree(draft) }
    do throws(GitError) {
      try Repository.create(at: draft, branch: BranchName.main.name)
      try Store.configure(draft)
    } catch {
      guard case .system(let code) = error.code else { throw .root(path: root.string, reason: error.message) }
      throw .root(path: root.string, reason: String(cString: strerror(code)))
    }
    try asRoot { () throws(FileError) in
      for entry in try entries(in: draft) where entry.name != Store.head {
        try Store.move(entry.name, from: draft, to: root)
      }
      try synchronizeFolder(root)
      try Store.move(Store.head, from: draft, to: root)
      try synchronizeFolder(root)
    }
    // The name of the folder itself. Where the folder above cannot be opened, the system writes it in its own time.
    try? synchronizeFolder(root.appending(".."))
    work.note(.storeCreated(root.string))
  }

  /// Tells whether the folder is as good as empty: nothing is there, or what a process left that died while it made a
  /// store or restored one.
  func isVacant() throws(FileError) -> Bool {
    let present = Set(try names(in: root)).subtracting([Store.recoveredFiles])
    if present.isEmpty { return true }
    if present == [Store.temporaryName] {
      guard try FileStatus(layout.temporary, followingLinks: false)?.kind == .directory else { return false }
      return try names(in: layout.temporary).allSatisfy { $0.hasPrefix(RestoredDraft.prefix) }
    }
    guard present.contains(Store.lockName) else { return false }
    let isHalfRestored = try fileExists(layout.unfinishedRestore)
    return present.isSubset(of: Store.unfinishedNames.union(isHalfRestored ? BackupEntry.topNames : []))
  }

  /// Removes what a restore left that died halfway. Called under `write.lock`, in a folder that holds no store.
  func clearUnfinishedRestore() throws(FileError) {
    guard try fileExists(layout.unfinishedRestore) else { return }
    let kept: Set<String> = [Store.lockName, Store.temporaryName, Store.recoveredFiles]
    for entry in try entries(in: root) where !kept.contains(entry.name) {
      try removeTree(root.appending(entry.name))
    }
    try removeTree(layout.unfinishedRestore)
  }

  /// What makes a folder a repository.
  static let head = "HEAD"

  private static let temporaryName = "tmp"

  /// A new file system of the ext family has this folder in its root.
  private static let recoveredFiles = "lost+found"

  /// The first file that a store gets.
  private static let lockName = "write.lock"

  /// What may be in the folder of a store that is being made. One that was in use has more.
  private static let unfinishedNames: Set<String> = [
    lockName, temporaryName, "branches", "config", "description", "hooks", "info", "objects", "refs",
  ]

  /// Moves a file or folder over an older one. A folder that is there already came from an earlier attempt, whole.
  private static func move(_ name: String, from draft: FilePath, to root: FilePath) throws(FileError) {
    do throws(FileError) { try rename(draft.appending(name), to: root.appending(name)) } catch {
      guard error.reason == .directoryNotEmpty || error.reason == .fileExists else { throw error }
    }
  }
}
