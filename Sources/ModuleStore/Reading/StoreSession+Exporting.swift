internal import FileSystem
internal import Git
internal import Identifiers
internal import Synchronization
public import SystemPackage

/// The files of a commit to export, with names that are safe in a file system. No gc deletes them while the value
/// exists.
public struct ExportedFiles {
  let request: ExportRequest
  let commit: CommitID
  let files: [ExportedFile]
  /// Links and submodules.
  let skipped: [RawPath]
  /// Protects the objects from a gc; nil if the store is read-only.
  fileprivate let pins: Pins?
}

/// A file to export.
struct ExportedFile: Sendable {
  /// Its path, with a leading slash.
  let path: [UInt8]
  let isExecutable: Bool
  let blob: ObjectID

  /// The components of the path.
  var steps: [[UInt8]] { path.split(separator: 0x2f).map { Array($0) } }
}

extension StoreSession {
  /// Finds the files of a request, and protects them from deletion.
  ///
  /// - Parameter request: The files to export.
  /// - Returns: The files, for `export`.
  /// - Throws: `StoreError.invalidPath` if a foreign tree has a name that would lead outside the folder,
  ///   `.moduleNotFound` if nothing is at the prefix, `.noCommits`, and the errors of the revision.
  public func filesToExport(_ request: ExportRequest) throws(StoreError) -> ExportedFiles {
    let mayPin = mayWrite(into: root)
    var pins: Pins?
    let commit = try whileNothingIsDeleted(unless: !mayPin) { () throws(StoreError) in
      let commit = try existingCommit(request.revision)
      if mayPin { pins = try Pins([commit.object], in: self) }
      return commit
    }
    let filter = try request.prefix.map { path throws(StoreError) in try PathFilter(path.description) }
    let found = try files(of: commit, below: filter)
    if let prefix = request.prefix, found.isEmpty {
      throw .moduleNotFound(reference: prefix.description, branch: branch, lastAt: nil)
    }
    var files: [ExportedFile] = []
    var skipped: [RawPath] = []
    for file in found {
      switch file.mode {
      case .file, .executable:
        if let reason = StoreSession.objection(toFile: file.path) {
          throw .invalidPath(RawPath(file.path).spelled, reason: reason)
        }
        files.append(
          ExportedFile(path: file.path, isExecutable: file.mode == .executable, blob: file.id))
      case .symlink, .submodule, .directory: skipped.append(RawPath(file.path))
      }
    }
    return ExportedFiles(request: request, commit: commit, files: files, skipped: skipped, pins: pins)
  }

  /// The reason why a path of a tree is not allowed in a folder; nil if it is allowed.
  private static func objection(toFile path: [UInt8]) -> String? {
    for step in path.dropFirst().split(separator: 0x2f, omittingEmptySubsequences: false) {
      if step.isEmpty { return "it has an empty segment" }
      let name = String(decoding: step, as: UTF8.self)
      // A repository in the folder could run its hooks.
      if [".", "..", ".git"].contains(name.lowercased()) { return "\"\(name)\" is not allowed" }
    }
    return nil
  }

  /// Writes files into a folder, each of them atomically, and nothing outside of it: links in the folder are not
  /// followed.
  ///
  /// - Parameters:
  ///   - exported: The files.
  ///   - folder: The folder; it is created if it is missing.
  /// - Returns: The result.
  /// - Throws: `StoreError.pathConflict` if a link, file or folder, or the store itself, is in the way; `.system` if
  ///   something cannot be written.
  public func export(_ exported: ExportedFiles, to folder: FilePath) throws(StoreError) -> ExportResult {
    let request = exported.request
    defer { withExtendedLifetime(exported) {} }
    try refuseStore(at: folder, pruning: request.prunes)
    let root = try translated { () throws(FileError) in try ConfinedFolder(making: folder) }
    var removed: [RawPath] = []
    if request.prunes {
      // First, because files to remove may be in the way of new ones.
      removed = try FolderPruning(keeping: exported.files, below: request.prefix, work).prune(root)
    }
    let bytes = try write(exported.files, into: root)
    return ExportResult(
      commit: exported.commit, files: exported.files.count, bytes: bytes, skipped: exported.skipped,
      removed: removed)
  }

  /// Refuses a folder if the export would overwrite or remove the store.
  private func refuseStore(at folder: FilePath, pruning: Bool) throws(StoreError) {
    var isInTheWay = try isAt(folder, or: root)
    if pruning, !isInTheWay { isInTheWay = try isAt(root, or: folder) }
    if isInTheWay { throw .pathConflict("cannot export to \(folder): the store is at \(root)") }
  }

  /// Returns whether a folder is another one or is below it.
  private func isAt(_ folder: FilePath, or other: FilePath) throws(StoreError) -> Bool {
    try translated { () throws(FileError) in
      guard let sought = try FileStatus(other) else { return false }
      var place = folder
      // The first parent folder that exists.
      while try FileStatus(place) == nil, !place.folder.isEmpty {
        place = place.folder
      }
      guard var status = try FileStatus(place) else {
        guard let current = try FileStatus(".") else { return false }
        return try isBelow(".", current, sought)
      }
      if status.kind != .directory {
        place = place.folder
        if place.isEmpty { place = "." }
        status = try FileStatus(place) ?? status
      }
      return try isBelow(place, status, sought)
    }
  }

  private func isBelow(
    _ folder: FilePath, _ status: FileStatus, _ sought: FileStatus
  ) throws(FileError) -> Bool {
    var (place, status) = (folder, status)
    while true {
      if status.inode == sought.inode, status.device == sought.device { return true }
      place.components.append("..")
      guard let above = try FileStatus(place), above.inode != status.inode || above.device != status.device
      else { return false }
      status = above
    }
  }

  /// The number of files that a thread takes at a time. They are consecutive, so most are in one folder: two threads
  /// that create files in the same folder wait for each other.
  private static let shareCount = 32

  /// Writes files on all cores; returns the number of their bytes.
  private func write(_ files: [ExportedFile], into root: ConfinedFolder) throws(StoreError) -> Int64 {
    let (reader, work) = (objectReader, work)
    let done = Mutex((files: 0, bytes: Int64(0)))
    let size = StoreSession.shareCount
    let unread = try inParallel(
      (files.count + size - 1) / size, workers: availableCores(),
      check: { () throws(StoreError) in try work.check() },
      begin: { () throws(StoreError) in ExportWriter(root: root) },
      end: { (_: consuming ExportWriter) throws(StoreError) in }
    ) { (share, writer) throws(StoreError) -> [ExportedFile] in
      var unread: [ExportedFile] = []
      for file in files[(share * size)..<min(files.count, (share + 1) * size)] {
        let size = try writer.write(file, from: reader)
        if size == nil { unread.append(file) }
        let (count, bytes) = done.withLock { done in
          done = (done.files + 1, done.bytes + (size ?? 0))
          return done
        }
        work.progress(Progress(.exporting, done: count, total: files.count, bytes: bytes))
      }
      return unread
    }
    var total = done.withLock { $0.bytes }
    var writer = ExportWriter(root: root)
    for file in unread.joined() {
      // Deltas, and objects of alternates: only libgit2 reads both, and only one thread has it.
      let bytes = try translated { () throws(GitError) in try repository.object(file.blob, kind: .blob) }
      try writer.write(file, whole: bytes)
      total += Int64(bytes.count)
    }
    return total
  }
}

/// Writes files into a folder, one after the other.
private struct ExportWriter {
  let root: ConfinedFolder
  /// The folder of the last file, which usually is the folder of the next one.
  private var last: (steps: [[UInt8]], folder: ConfinedFolder)?

  init(root: ConfinedFolder) { self.root = root }

  /// Writes a file, and returns its size; nil, with nothing written, if only libgit2 can read it.
  mutating func write(_ file: ExportedFile, from reader: ObjectReader) throws(StoreError) -> Int64? {
    let found: FoundObject
    do { found = try reader.open(file.blob) } catch { throw StoreError(error) }
    guard case .stream(var stream) = found else { return nil }
    let size = Int64(stream.size)
    if stream.size <= ExportWriter.wholeLimit {
      let bytes: [UInt8]
      do throws(GitError) { bytes = try stream.readAll() } catch { throw StoreError(error) }
      try write(file, whole: bytes)
    } else {
      try write(file) { (output) throws(StoreError) in
        try stream.forEachChunk(failure: { StoreError($0) }) { (chunk) throws(StoreError) in
          try output.append(chunk)
        }
      }
    }
    return size
  }

  /// The size in bytes up to which files are inflated at once.
  private static let wholeLimit = 1 << 20

  /// Writes a file of these bytes.
  mutating func write(_ file: ExportedFile, whole bytes: [UInt8]) throws(StoreError) {
    try write(file) { (output) throws(StoreError) in try output.append(bytes.span.bytes) }
  }

  /// Writes a file; `body` writes its bytes.
  private mutating func write(
    _ file: ExportedFile, _ body: (ExportOutput) throws(StoreError) -> Void
  ) throws(StoreError) {
    var steps = file.steps
    guard let name = steps.popLast() else { return }
    let folder: ConfinedFolder
    if let last, last.steps == steps { folder = last.folder } else { folder = try enter(steps) }
    last = (steps, folder)
    let path = folder.path.appending(bytes: name)
    try folder.write(name, executable: file.isExecutable, failure: { StoreError($0) }) {
      (file) throws(StoreError) in try body(ExportOutput(file: file, path: path))
    }
  }

  private func enter(_ steps: [[UInt8]]) throws(StoreError) -> ConfinedFolder {
    do throws(FileError) { return try root.folder(steps, making: true) } catch {
      guard error.reason == .notDirectory || error.reason == .tooManySymbolicLinkLevels else {
        throw StoreError(error)
      }
      // An entry that cannot be examined is not a folder either.
      let isLink = (try? FileStatus(error.path, followingLinks: false))?.kind == .symlink
      throw .pathConflict(
        "\(error.path) is \(isLink ? "a symbolic link, not a directory" : "a file, not a directory")")
    }
  }
}

/// An open file for exported bytes.
private struct ExportOutput {
  let file: FileDescriptor
  let path: FilePath

  func append(_ chunk: RawSpan) throws(StoreError) {
    do throws(Errno) { try writeAll(chunk, to: file) } catch {
      throw StoreError("cannot write \(path)", error)
    }
  }
}
