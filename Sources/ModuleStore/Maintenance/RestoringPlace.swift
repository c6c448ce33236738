internal import FileSystem
internal import Git
internal import SystemPackage

/// The place to restore a store to. The store gets there in one step.
struct RestoringPlace {
  /// What is at the place now.
  private enum Present { case nothing, emptyFolder, store }

  private let store: Store
  /// The folder, with symbolic links resolved.
  private let root: FilePath
  private let present: Present
  /// The parent folders that do not exist yet, the deepest first.
  private let missing: [FilePath]

  /// Whether there is a store.
  var holdsStore: Bool { present == .store }

  /// Checks what is at the place.
  ///
  /// - Throws: `StoreError.notAStore` if there is something else, `.root` if it cannot be used.
  init(_ store: Store) throws(StoreError) {
    self.store = store
    root = resolved(store.root) ?? store.root
    let root = root
    missing = try store.asRoot { () throws(FileError) in try RestoringPlace.missingFolders(above: root) }
    guard let status = try store.asRoot({ () throws(FileError) in try FileStatus(root) }) else {
      present = .nothing
      return
    }
    guard status.kind == .directory else { throw .root(path: store.root.string, reason: "it is a file") }
    do throws(StoreError) {
      _ = try store.connect()
      present = .store
    } catch {
      switch error {
      case .noStore:
        try RestoringPlace.requireNoLinks(in: root, of: store)
        present = .emptyFolder
      case .notAStore, .root, .foreignOwner: throw error
      // A damaged store may be replaced.
      default: present = .store
      }
    }
  }

  private static func missingFolders(above root: FilePath) throws(FileError) -> [FilePath] {
    var missing: [FilePath] = []
    var folder = root.folder
    while !folder.isEmpty, try !fileExists(folder) {
      missing.append(folder)
      folder = folder.folder
    }
    return missing
  }

  /// Writing through a link would write elsewhere.
  private static func requireNoLinks(in root: FilePath, of store: Store) throws(StoreError) {
    for entry in try store.asRoot({ () throws(FileError) in try entries(in: root) }) {
      let path = root.appending(bytes: entry.bytes)
      let status = try store.asRoot { () throws(FileError) in try FileStatus(path, followingLinks: false) }
      guard status?.kind != .symlink else {
        throw .root(path: store.root.string, reason: "its entry \(entry.name) is a symbolic link")
      }
    }
  }

  private var parent: FilePath {
    let parent = root.folder
    return parent.isEmpty ? "." : parent
  }

  private var temporary: FilePath { root.appending("tmp") }

  /// Creates the folder to unpack into: next to the store; or inside an existing folder, because that may be the only
  /// folder that this process may write to, or a separate file system.
  func makeDraft() throws(StoreError) -> RestoredDraft {
    switch present {
    case .emptyFolder:
      try store.asRoot { () throws(FileError) in _ = try makeFolder(temporary) }
      return try RestoredDraft(at: RestoredDraft.drafts(in: temporary).fresh())
    case .nothing, .store:
      try store.asRoot { () throws(FileError) in try makeFolders(parent) }
      let names = RestoredDraft.drafts(beside: root)
      // A remaining folder does no harm, and may belong to another process.
      try? names.removeAbandoned(olderThan: (Timestamp.now.seconds - 10) * 1_000_000_000)
      return try RestoredDraft(at: names.fresh())
    }
  }

  /// Removes the folders that `makeDraft` created around the draft, after the draft is gone.
  func clear() {
    // A folder that is not empty is in use, and an empty folder does no harm.
    for folder in missing + (present == .emptyFolder ? [temporary] : []) {
      _ = try? removeEmptyFolder(folder)
    }
  }

  /// Moves the draft to its place.
  ///
  /// - Parameters:
  ///   - draft: A store that was checked.
  ///   - work: Is notified when the process waits.
  /// - Throws: `StoreError.storeExists` if something has been created there meanwhile, `.root`, `.locked`.
  func place(_ draft: RestoredDraft, _ work: Work) throws(StoreError) {
    switch present {
    case .nothing:
      do throws(FileError) { try rename(draft.path, to: root) } catch {
        guard error.reason == .directoryNotEmpty || error.reason == .fileExists else {
          throw .root(path: store.root.string, reason: "\(error.reason)")
        }
        throw .storeExists(path: store.root.string)
      }
    case .emptyFolder: try moveIn(draft, work)
    case .store: try exchange(draft, work)
    }
    // If the parent folder cannot be opened, the system makes the name durable later.
    try? synchronizeFolder(parent)
  }

  /// Moves the contents of the draft into the folder; `HEAD` is moved last, and makes the folder a store.
  private func moveIn(_ draft: RestoredDraft, _ work: Work) throws(StoreError) {
    try RestoringPlace.requireNoLinks(in: root, of: store)
    let lock = try take(store.layout.writeLock, work)
    defer { _ = lock }
    let isVacant = try store.asRoot { () throws(FileError) in
      if try fileExists(root.appending(Store.head)) { return false }
      return try store.isVacant()
    }
    guard isVacant else { throw .storeExists(path: store.root.string) }
    try store.asRoot { () throws(FileError) in
      try store.clearUnfinishedRestore()
      do throws(FileError) {
        try makeFolder(store.layout.unfinishedRestore)
        try synchronizeFolder(temporary)
        for entry in try entries(in: draft.path) where entry.name != BackupEntry.head {
          // Files of a process that died while it created a store.
          try removeTree(root.appending(entry.name))
          try rename(draft.path.appending(entry.name), to: root.appending(entry.name))
        }
        try synchronizeFolder(root)
        try rename(draft.path.appending(BackupEntry.head), to: root.appending(BackupEntry.head))
      } catch {
        // The next process that creates or restores a store here removes the rest.
        try? store.clearUnfinishedRestore()
        throw error
      }
      try synchronizeFolder(root)
      try removeTree(store.layout.unfinishedRestore)
    }
  }

  /// Exchanges the draft and the old store, which is then deleted. No process writes to the old store meanwhile; a
  /// process that waits for one of its locks continues in the new store, which has the same lock files.
  private func exchange(_ draft: RestoredDraft, _ work: Work) throws(StoreError) {
    let locks = [store.layout.gate, store.layout.lock, store.layout.writeLock]
    let gate = try take(locks[0], work)
    let lock = try take(locks[1], work)
    let writeLock = try take(locks[2], work)
    defer { _ = gate }
    defer { _ = lock }
    defer { _ = writeLock }
    try store.asRoot { () throws(FileError) in
      for lock in locks {
        guard let name = lock.lastComponent else { continue }
        try linkFile(lock, to: draft.path.appending(name))
      }
      // While it is locked, no process removes the old store as one that a dead process left. If this process dies, the
      // name shows what it is.
      let old = try? AdvisoryLock(present: root)
      _ = try? old?.attempt(.exclusive)
      defer { _ = old }
      try FileSystem.exchange(draft.path, root, through: RestoredDraft.drafts(beside: root).fresh())
    }
  }

  private func take(_ path: FilePath, _ work: Work) throws(StoreError) -> FileLock {
    let options = store.options
    return try FileLock.take(
      path, .exclusive, timeout: options.lockTimeout, patience: options.lockPatience, work: work
    ) { work.note(.waitingForLock("other processes")) }
  }
}
