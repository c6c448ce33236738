internal import SQLite
internal import Catalog
internal import Crypto
internal import FileSystem
internal import Identifiers
public import SystemPackage

extension StoreSession {
  /// The path of a read-only file with exactly the module's bytes, made at the first call.
  ///
  /// - Throws: `StoreError.readOnly` where it cannot be made.
  public func rawCopy(of module: Module) throws(StoreError) -> FilePath {
    let hex = module.digest.hex
    let folder = layout.modules.appending(String(hex.prefix(2)))
    let path = folder.appending(hex)
    if try isIntact(path, module: module) { return path }
    guard mayWrite(into: root) else { throw .readOnly(path: root.string) }
    var draft = try translated { () throws(FileError) in
      try makeFolders(folder)
      return try TemporaryFile(in: layout.temporary, prefix: "module-")
    }
    try write(module, to: draft.descriptor)
    try translated { () throws(FileError) in
      try draft.synchronize()
      try draft.publish(at: path)
      try synchronizeFolder(folder)
    }
    try note(module, at: path)
    return path
  }

  /// Tells whether a raw copy is there and has the module's bytes: by its state when it was last checked, or
  /// by its hash where that is another.
  private func isIntact(_ path: FilePath, module: Module) throws(StoreError) -> Bool {
    let status = try translated { () throws(FileError) in try FileStatus(path, followingLinks: false) }
    guard let status, status.kind == .file, status.size == Int64(module.size) else { return false }
    let known = withCatalog { (catalog) throws(DatabaseError) in
      try catalog.rawCopy(ofDigest: module.digest)
    }
    if known == RawCopy(status) { return true }
    guard try hasBytes(of: module, path) else { return false }
    try note(module, at: path)
    return true
  }

  /// Keeps the state in which a raw copy was found to be right.
  private func note(_ module: Module, at path: FilePath) throws(StoreError) {
    let status = try translated { () throws(FileError) in try FileStatus(path, followingLinks: false) }
    guard let status else { return }
    withCatalog { (catalog) throws(DatabaseError) in
      if catalog.isWritable { try catalog.record(RawCopy(status), ofDigest: module.digest) }
    }
  }

  private func hasBytes(of module: Module, _ path: FilePath) throws(StoreError) -> Bool {
    try translated { () throws(FileError) in
      guard let file = try OpenFile(reading: path) else { return false }
      var digest = SHA256()
      var position = 0
      while true {
        let chunk = try file.bytes(at: position, upTo: readLength)
        if chunk.isEmpty { break }
        digest.update(chunk.span.bytes)
        position += chunk.count
      }
      return ModuleDigest(digest.finalize()) == module.digest
    }
  }
}

extension RawCopy {
  fileprivate init(_ status: FileStatus) {
    self.init(inode: Int64(bitPattern: status.inode), size: status.size, modified: status.modified)
  }
}
