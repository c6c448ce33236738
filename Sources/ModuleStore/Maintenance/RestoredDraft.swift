internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// A store that is unpacked in a hidden folder. The folder is deleted with the value unless it is moved to its place.
final class RestoredDraft {
  /// The folder.
  let path: FilePath
  /// The folders that were created in it.
  private var folders: Set<FilePath>
  /// A lock that shows that its process is alive; nil if folders cannot be locked.
  private let lock: AdvisoryLock?

  /// Creates the folder.
  init(at path: FilePath) throws(StoreError) {
    self.path = path
    folders = [path]
    try translated { () throws(FileError) in _ = try makeFolder(path) }
    // If the folder cannot be locked, no process treats it as abandoned either.
    lock = try? AdvisoryLock(present: path)
    _ = try? lock?.attempt(.exclusive)
  }

  /// The beginning of the names of drafts.
  static let prefix = "restore-"

  /// The names of drafts in a store's folder for unfinished files.
  static func drafts(in temporary: FilePath) -> DraftNames { DraftNames(in: temporary, prefix: prefix) }

  /// The names of drafts next to a store.
  static func drafts(beside root: FilePath) -> DraftNames {
    let parent = root.folder
    return DraftNames(
      in: parent.isEmpty ? "." : parent, prefix: ".\(root.lastComponent?.string ?? "store").\(prefix)")
  }

  deinit {
    // If something is left, its name shows what it is.
    try? removeTree(path)
  }

  /// Creates a folder and its parent folders.
  func addFolder(_ steps: String) throws(StoreError) {
    var folder = path
    for step in steps.split(separator: "/") {
      folder = folder.appending(String(step))
      guard folders.insert(folder).inserted else { continue }
      let made = folder
      let isNew = try translated { () throws(FileError) in try makeFolder(made) }
      guard isNew else { throw .damagedArchive("\(steps) is both a file and a folder") }
    }
  }

  /// Unpacks a file.
  func write(_ entry: BackupEntry, from reader: inout BackupReader) throws(StoreError) {
    let steps = entry.path.split(separator: "/")
    try addFolder(steps.dropLast().joined(separator: "/"))
    let place = path.appending(entry.path)
    var file: TemporaryFile
    do throws(FileError) {
      file = try TemporaryFile(making: place, permissions: entry.isPack ? 0o444 : 0o666)
    } catch {
      throw error.reason == .fileExists
        ? .damagedArchive("\(entry.path) is both a file and a folder") : StoreError(error)
    }
    try reader.read(entry) { (bytes) throws(StoreError) in
      do throws(FileError) { try file.append(bytes) } catch { throw StoreError(error) }
    }
    do throws(FileError) {
      try file.synchronize()
      // The file has its name already.
      try file.publish(at: place)
    } catch {
      throw StoreError(error)
    }
  }

  /// Makes the names of files durable.
  func synchronize() throws(StoreError) {
    let folders = Array(folders)
    try translated { () throws(FileError) in try synchronizeFolders(folders) }
  }

  /// Checks that the draft is an intact store, and that its settings make plain git do nothing that a store does not
  /// need.
  ///
  /// - Parameters:
  ///   - options: How the store is opened.
  ///   - work: Receives progress.
  /// - Returns: The contents.
  /// - Throws: `StoreError.unsafeArchive`, `.damagedArchive`, `.newerFormat`.
  func check(_ options: Store.Options, _ work: Work) throws(StoreError) -> FsckReport {
    try checkSettings()
    try checkPackedReferences()
    let report: FsckReport
    do throws(StoreError) {
      report = try Store(at: path, options).connect().session(on: .main, work).fsck(.deep)
    } catch {
      switch error {
      case .system, .cancelled: throw error
      case .newerFormat(_, let found, let supported):
        throw .newerFormat(path: "the backup", found: found, supported: supported)
      case .unsupportedFormat, .notAStore, .noStore, .root:
        throw .damagedArchive("its content is not a store")
      case .damaged(let what): throw .damagedArchive(naming(what))
      default: throw .damagedArchive("its content cannot be read: \(error)")
      }
    }
    // A damaged line of the record is ignored, as in the original store.
    if let damage = report.damage.first(where: { $0.kind != .record }) {
      throw .damagedArchive(naming("\(damage.name): \(damage.problem)"))
    }
    try removeTraces()
    return report
  }

  /// A text without the name of this folder, which is of no use to the reader.
  private func naming(_ text: String) -> String { text.replacing(path.string + "/", with: "") }

  /// libgit2 ignores lines that it does not know, and trusts the first line about their order.
  private func checkPackedReferences() throws(StoreError) {
    let text = try translated { () throws(FileError) in
      try contents(of: path.appending(BackupEntry.packedReferences))
    }
    var last: [UInt8] = []
    for line in (text ?? []).split(separator: 0x0a) where line.first != UInt8(ascii: "#") {
      let name = Array(line.dropFirst(41))
      guard line.dropFirst(40).first == 0x20,
        isHexadecimal(String(decoding: line.prefix(40), as: UTF8.self), count: 40...40),
        let text = String(validating: name, as: UTF8.self), text.hasPrefix("refs/"),
        Repository.isValidReferenceName(text), last.lexicographicallyPrecedes(name)
      else {
        throw .damagedArchive("a line of \(BackupEntry.packedReferences) is not valid, or is out of order")
      }
      last = name
    }
  }

  private func checkSettings() throws(StoreError) {
    let file = path.appending(BackupEntry.configuration)
    let name = "./" + BackupEntry.configuration
    let text = try translated { () throws(FileError) in
      try contents(of: file, last: BackupSettings.sizeLimit + 1)
    }
    guard let text, text.count <= BackupSettings.sizeLimit else {
      throw .damagedArchive("it has no \(BackupEntry.configuration), or one that is too long")
    }
    guard !BackupSettings.includesOthers(text) else {
      throw .unsafeArchive(entry: name, reason: "it includes other files")
    }
    let entries: [Configuration.Entry]
    do throws(GitError) { entries = try Configuration(path: file).entries() } catch {
      throw .damagedArchive(naming("\(BackupEntry.configuration): \(error.message)"))
    }
    for entry in entries where !BackupSettings.isKnown(entry.name) {
      throw .unsafeArchive(entry: name, reason: "it sets \(entry.name)")
    }
  }

  /// Removes the files that the check created: a catalog, locks.
  private func removeTraces() throws(StoreError) {
    try translated { () throws(FileError) in
      for name in try names(in: path) {
        guard name.hasPrefix("catalog") || ["gate", "lock", "write.lock", "tmp"].contains(name) else {
          continue
        }
        try removeTree(path.appending(name))
      }
    }
  }
}
