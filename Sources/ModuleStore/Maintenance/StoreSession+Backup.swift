internal import FileSystem
internal import Git
internal import Identifiers
public import SystemPackage

/// The contents of a backup.
public struct BackupSummary: Hashable, Sendable {
  /// The number of references.
  public let references: Int
  /// The number of objects.
  public let objects: Int
  /// The number of bytes of the archive.
  public let bytes: Int64
}

extension StoreSession {
  /// Writes a backup: an archive that plain `tar` unpacks to a working store.
  ///
  /// Other processes may write to the store meanwhile; the backup has the references as they were at its start.
  /// Backups of the same store have the same bytes.
  ///
  /// - Parameters:
  ///   - file: The output.
  ///   - path: The name of the file in errors.
  ///   - compressing: Whether to compress with gzip.
  ///   - temporary: A folder for the pack if the store is read-only.
  /// - Returns: The contents of the backup.
  /// - Throws: `StoreError.damaged` and `.omittedObject` if an object is missing or damaged, `.system`, `.locked`,
  ///   `.cancelled`.
  public func backup(
    to file: FileDescriptor, named path: String, compressing: Bool = true, temporary: FilePath
  ) throws(StoreError) -> BackupSummary {
    let mayPin = mayWrite(into: root)
    var pins: Pins?
    defer { withExtendedLifetime(pins) {} }
    let contents = try whileNothingIsDeleted(unless: !mayPin) { () throws(StoreError) in
      guard mayPin else { return try BackupContents(self) }
      let contents = try locks.writing { () throws(StoreError) in try BackupContents(self) }
      let named = contents.reachability.roots + contents.reachability.recorded
      let inventory = try objectInventory()
      // Objects that only the record names may be gone.
      pins = try Pins(named.map(\.object).filter { inventory.contains($0) }, in: self)
      return contents
    }
    if !contents.settingsLeftOut.isEmpty { work.note(.settingsLeftOut(contents.settingsLeftOut)) }
    let sealed = try packForBackup(contents, temporary: mayPin ? layout.temporary : temporary)
    var writer = try BackupWriter(to: file, named: path, compressed: compressing)
    try write(contents, to: &writer)
    var objects = 0
    if let pack = sealed {
      objects = pack.written.objectCount
      try write(pack, to: &writer)
    }
    try writer.finish()
    return BackupSummary(references: contents.references.count, objects: objects, bytes: writer.byteCount)
  }

  /// Copies the reachable objects to one pack; nil if there is no object. If an object is no longer in its place, but
  /// files were added or deleted meanwhile, a gc has moved it, and the copy starts again.
  private func packForBackup(
    _ contents: BackupContents, temporary: FilePath
  ) throws(StoreError) -> SealedPack? {
    var inventory = try objectInventory()
    while true {
      do throws(StoreError) {
        return try pack(contents, from: inventory, temporary: temporary)
      } catch {
        switch error {
        case .damaged, .omittedObject: break
        default: throw error
        }
        let present = try objectInventory()
        guard present.files != inventory.files else { throw error }
        inventory = present
      }
    }
  }

  private func pack(
    _ contents: BackupContents, from inventory: ObjectInventory, temporary: FilePath
  ) throws(StoreError) -> SealedPack? {
    let reached = try contents.reachability.walk(in: inventory, work)
    if let missing = reached.current.missing.first {
      throw repository.isPartialClone && missing.problem == nil
        ? .omittedObject(missing.id.hex)
        : .damaged("object \(missing.id): \(missing.problem ?? "it is missing")")
    }
    let cancellation = work.cancellation
    let progress = work.progress
    return try translated { () throws(GitError) in
      var plan = try inventory.plan(for: reached.current) { !cancellation.isCancelled }
      plan.objects += former(reached.former, in: inventory)
      let total = plan.objects.count
      let copy = PackCopy(inventory, temporary: temporary) { !cancellation.isCancelled }
      return try copy.write(plan) { count, bytes in
        progress(Progress(.packing, done: count, total: total, bytes: Int64(bytes)))
      }
    }
  }

  /// The objects that are only reachable from the record, if they still exist, in an order that is always the same.
  private func former(_ reached: ReachedObjects, in inventory: ObjectInventory) -> [ObjectID] {
    let missing = ObjectIDSet(reached.missing.map(\.id))
    let commits = reached.commits.map(\.id).sorted()
    let ids = commits + reached.trees.sorted() + reached.tags.sorted() + reached.blobs.sorted()
    return ids.filter { !missing.contains($0) && inventory.contains($0) }
  }

  private func write(
    _ contents: BackupContents, to writer: inout BackupWriter
  ) throws(StoreError) {
    try writer.addFolder("")
    try writer.add(BackupEntry.head, contents.head)
    try writer.add(BackupEntry.configuration, contents.configuration)
    if let shallow = contents.shallow { try writer.add(BackupEntry.shallow, shallow) }
    try writer.add(BackupEntry.packedReferences, contents.packedReferences)
    try writeRecord(contents, to: &writer)
    try writer.addFolder(BackupEntry.references)
    try writer.addFolder(BackupEntry.references + "/heads")
    try writer.addFolder(BackupEntry.references + "/tags")
    for reference in contents.references {
      // Only those of objects can be packed.
      guard case .symbolic = reference.target else { continue }
      try writer.add(reference.name, BackupContents.text(of: reference.target))
    }
    for folder in BackupEntry.objectFolders { try writer.addFolder(folder) }
  }

  /// Copies the part of the record that existed at the start of the backup.
  private func writeRecord(
    _ contents: BackupContents, to writer: inout BackupWriter
  ) throws(StoreError) {
    guard let record = contents.record else { return }
    let size = record.size
    var entry = try BackupWriter.Entry(BackupEntry.record, size: size, in: &writer)
    var position = 0
    while position < size {
      try work.check()
      let piece = try translated { () throws(FileError) in
        try record.file.bytes(at: position, upTo: min(readLength, size - position))
      }
      guard !piece.isEmpty else { throw .damaged("\(layout.operations) became shorter while it was read") }
      try entry.append(piece.span.bytes, to: &writer)
      position += piece.count
    }
    entry.end(in: &writer)
  }

  /// Copies the pack and its index.
  private func write(_ pack: borrowing SealedPack, to writer: inout BackupWriter) throws(StoreError) {
    let name = "\(BackupEntry.packs)/pack-\(pack.written.name)"
    let total = Int64(pack.written.byteCount + pack.indexByteCount)
    var done: Int64 = 0
    try copy(name + ".pack", size: pack.written.byteCount, to: &writer, total: total, done: &done) {
      (body) throws(GitError) in try pack.forEachPackChunk(body)
    }
    try copy(name + ".idx", size: pack.indexByteCount, to: &writer, total: total, done: &done) {
      (body) throws(GitError) in try pack.forEachIndexChunk(body)
    }
  }

  private func copy(
    _ name: String, size: Int, to writer: inout BackupWriter, total: Int64, done: inout Int64,
    _ forEachChunk: ((RawSpan) throws(GitError) -> Void) throws(GitError) -> Void
  ) throws(StoreError) {
    var entry = try BackupWriter.Entry(name, size: size, isDeflated: true, in: &writer)
    var failure: StoreError?
    do throws(GitError) {
      try forEachChunk { (chunk) throws(GitError) in
        do throws(StoreError) {
          try work.check()
          try entry.append(chunk, to: &writer)
        } catch {
          failure = error
          throw GitError(.cancelled, "interrupted")
        }
        done += Int64(chunk.byteCount)
        work.progress(Progress(.archiving, done: Int(done), total: Int(total), bytes: done))
      }
    } catch {
      throw failure ?? StoreError(error)
    }
    entry.end(in: &writer)
  }
}

extension ObjectInventory {
  /// The files of the objects, to detect whether some objects were moved.
  fileprivate var files: [String] {
    folders.flatMap { ["\($0.path) \($0.loose.count)"] + $0.packs.map(\.packPath.string) }
  }
}
