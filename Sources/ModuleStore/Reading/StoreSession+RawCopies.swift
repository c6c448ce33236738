internal import SQLite
internal import Catalog
internal import Crypto
internal import FileSystem
internal import Identifiers
public import SystemPackage

extension StoreSession {
  /// The path of a read-only file with exactly the module's bytes, which the first call creates.
  ///
  /// - Throws: `StoreError.readOnly` if it cannot be created.
  public func rawCopy(of module: Module) throws(StoreError) -> FilePath {
    let hex = module.digest.hex
    let folder = layout.modules.appending(String(hex.prefix(2)))
    let path = folder.appending(hex)
    if try isIntact(path, module: module) { return path }
    try makeRawCopy(ofBlob: module.blob, digest: module.digest, at: path)
    try note(module, at: path)
    return path
  }

  /// Creates a raw copy of the blob of a module.
  ///
  /// - Throws: `StoreError.readOnly` if it cannot be created.
  func makeRawCopy(ofBlob blob: ObjectID, digest: ModuleDigest, at path: FilePath) throws(StoreError) {
    guard mayWrite(into: root) else { throw .readOnly(path: root.string) }
    let folder = path.folder
    var draft = try translated { () throws(FileError) in
      try makeFolders(folder)
      return try TemporaryFile(in: layout.temporary, prefix: "module-")
    }
    try write(blob, digest: digest, to: draft.descriptor)
    try translated { () throws(FileError) in
      try draft.synchronize()
      do throws(FileError) {
        try draft.publish(at: path)
      } catch {
        // A gc removes the folder after it has emptied it.
        guard error.isAbsence else { throw error }
        try makeFolders(folder)
        try draft.publish(at: path)
      }
      do throws(FileError) {
        try synchronizeFolder(folder)
      } catch {
        // It has removed the copy too, which is created again when it is requested.
        guard error.isAbsence else { throw error }
      }
    }
  }

  /// Returns whether a raw copy exists and has the module's bytes: by its state at the last check, or by its hash if
  /// the state differs.
  private func isIntact(_ path: FilePath, module: Module) throws(StoreError) -> Bool {
    let status = try translated { () throws(FileError) in try FileStatus(path, followingLinks: false) }
    guard let status, status.kind == .file, status.size == Int64(module.size) else { return false }
    let known = withCatalog { (catalog) throws(DatabaseError) in
      try catalog.rawCopy(ofDigest: module.digest)
    }
    if known == RawCopy(status) { return true }
    let found = try translated { () throws(FileError) in try fileDigest(of: path) }
    guard found == module.digest else { return false }
    try note(module, at: path)
    return true
  }

  /// Records the state in which a raw copy was found to be correct.
  private func note(_ module: Module, at path: FilePath) throws(StoreError) {
    let status = try translated { () throws(FileError) in try FileStatus(path, followingLinks: false) }
    guard let status else { return }
    withCatalog { (catalog) throws(DatabaseError) in
      if catalog.isWritable { try catalog.record(RawCopy(status), ofDigest: module.digest) }
    }
  }
}

/// The SHA-256 of a file's bytes; nil if there is no file.
func fileDigest(of path: FilePath) throws(FileError) -> ModuleDigest? {
  guard let file = try OpenFile(reading: path) else { return nil }
  var digest = SHA256()
  var position = 0
  while true {
    let chunk = try file.bytes(at: position, upTo: readLength)
    if chunk.isEmpty { return ModuleDigest(digest.finalize()) }
    digest.update(chunk.span.bytes)
    position += chunk.count
  }
}

extension RawCopy {
  /// The state of a file.
  init(_ status: FileStatus) {
    self.init(inode: Int64(bitPattern: status.inode), size: status.size, modified: status.modified)
  }
}
