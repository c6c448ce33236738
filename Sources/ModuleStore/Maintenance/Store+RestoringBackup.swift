internal import FileSystem
internal import Git
public import SystemPackage

/// The contents of a backup that was restored or verified.
public struct RestoredBackup: Hashable, Sendable {
  /// The number of references.
  public let references: Int
  /// The number of commits.
  public let commits: Int
  /// The number of modules.
  public let modules: Int
  /// The number of objects.
  public let objects: Int
}

/// A file or folder of a backup.
public struct BackupItem: Hashable, Sendable {
  /// Its path in the store.
  public let path: String
  /// The number of bytes; nil for a folder.
  public let size: Int?
}

extension Store {
  /// Lists the entries of a backup. Only the names are checked.
  ///
  /// - Parameters:
  ///   - file: The archive, read from its current position.
  ///   - work: Receives progress, and can cancel.
  /// - Returns: The entries, in their order.
  /// - Throws: `StoreError.unsafeArchive`, `.damagedArchive`, `.system`, `.cancelled`.
  public static func list(backup file: FileDescriptor, _ work: Work = Work()) throws(StoreError)
    -> [BackupItem]
  {
    var reader = BackupReader(file, work)
    var items: [BackupItem] = []
    while let entry = try reader.next() {
      items.append(BackupItem(path: entry.path, size: entry.isFolder ? nil : entry.size))
    }
    return items
  }

  /// Whether `restore(backup:)` would replace a store.
  ///
  /// - Throws: Errors of `restore(backup:)` if there is something else at the place.
  public func wouldReplace() throws(StoreError) -> Bool { try RestoringPlace(self).holdsStore }

  /// Creates the store from a backup. Everything is checked before anything becomes visible.
  ///
  /// - Parameters:
  ///   - file: The archive, read from its current position.
  ///   - replacing: Whether an existing store is replaced.
  ///   - verifyingOnly: Whether to stop before the store is moved to its place.
  ///   - work: Receives progress, and can cancel.
  /// - Returns: The contents of the backup.
  /// - Throws: `StoreError.unsafeArchive`, `.damagedArchive`, `.storeExists`, `.notAStore` if there is something else
  ///   at the place, `.root`, `.locked`, `.system`, `.cancelled`.
  public func restore(
    backup file: FileDescriptor, replacing: Bool = false, verifyingOnly: Bool = false, _ work: Work = Work()
  ) throws(StoreError) -> RestoredBackup {
    let place = try RestoringPlace(self)
    guard replacing || verifyingOnly || !place.holdsStore else { throw .storeExists(path: root.string) }
    defer { place.clear() }
    return try unpack(file, into: place, verifyingOnly: verifyingOnly, work)
  }

  private func unpack(
    _ file: FileDescriptor, into place: RestoringPlace, verifyingOnly: Bool, _ work: Work
  ) throws(StoreError) -> RestoredBackup {
    let draft = try place.makeDraft()
    var reader = BackupReader(file, work)
    while let entry = try reader.next() {
      if entry.isFolder {
        try draft.addFolder(entry.path)
      } else if entry.path != BackupEntry.sums {
        try draft.write(entry, from: &reader)
      }
    }
    try reader.checkList()
    let report = try draft.check(options, work)
    try draft.synchronize()
    if !verifyingOnly { try place.place(draft, work) }
    return RestoredBackup(
      references: report.references, commits: report.commits, modules: report.modules ?? 0,
      objects: report.objects)
  }
}
