internal import FileSystem
internal import Git
internal import Glibc
internal import SystemPackage

extension Store {
  /// Creates the store and its folder (Documentation/formats.md, "Store").
  ///
  /// Everything is prepared below `tmp`, and `HEAD` is moved into place last: before that, neither git nor this program
  /// sees a repository. The next process completes the work of a process that died.
  ///
  /// - Throws: `StoreError.root` if the folder cannot be created or written, `.locked` while another process creates
  ///   the store.
  func create(_ work: Work) throws(StoreError) {
    do throws(FileError) { try makeFolders(root) } catch {
      throw .root(path: root.string, reason: "it cannot be created: \(error.reason)")
    }
    try asRoot { () throws(FileError) in try requireAccess(.change, to: root) }
    let lock = try FileLock.take(
      layout.writeLock, .exclusive, timeout: options.lockTimeout, patience: options.lockPatience, work: work
    ) { work.note(.waitingForLock("another writer")) }
    defer { _ = lock }
    // Another process was first.
    let present = try asRoot { () throws(FileError) in
      try FileStatus(root.appending(Store.head), followingLinks: false)
    }
    guard present == nil else { return }
    let draft = layout.temporary.appending("new")
    try asRoot { () throws(FileError) in
      try clearUnfinishedRestore()
      try removeTree(draft)
    }
    // If it cannot be removed, the next process that creates the store does it.
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
    // The name of the folder itself. If the folder above cannot be opened, the system writes it later.
    try? synchronizeFolder(root.appending(".."))
    work.note(.storeCreated(root.string))
  }

  /// Returns whether the folder is empty, or only has files of a process that died while it created or restored a
  /// store.
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

  /// Removes the files of an interrupted restore. Called under `write.lock`, in a folder without a store.
  func clearUnfinishedRestore() throws(FileError) {
    guard try fileExists(layout.unfinishedRestore) else { return }
    let kept: Set<String> = [Store.lockName, Store.temporaryName, Store.recoveredFiles]
    for entry in try entries(in: root) where !kept.contains(entry.name) {
      try removeTree(root.appending(entry.name))
    }
    try removeTree(layout.unfinishedRestore)
  }

  /// The file that makes a folder a repository.
  static let head = "HEAD"

  private static let temporaryName = "tmp"

  /// New file systems of the ext family have this folder in their root.
  private static let recoveredFiles = "lost+found"

  /// The first file of a new store.
  private static let lockName = "write.lock"

  /// The entries that an unfinished store may have. A store that was in use has more.
  private static let unfinishedNames: Set<String> = [
    lockName, temporaryName, "branches", "config", "description", "hooks", "info", "objects", "refs",
  ]

  /// Moves a file or folder into place. An existing folder is from an earlier attempt, and complete.
  private static func move(_ name: String, from draft: FilePath, to root: FilePath) throws(FileError) {
    do throws(FileError) { try rename(draft.appending(name), to: root.appending(name)) } catch {
      guard error.reason == .directoryNotEmpty || error.reason == .fileExists else { throw error }
    }
  }
}
