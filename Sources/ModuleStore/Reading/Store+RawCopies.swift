internal import SQLite
internal import Catalog
internal import Crypto
internal import Glibc
internal import Identifiers
public import SystemPackage

extension Store {
  /// The path of a read-only file with exactly the module's bytes, made at the first call.
  ///
  /// - Throws: `StoreError.readOnly` where it cannot be made.
  public func rawCopy(of module: Module) throws(StoreError) -> FilePath {
    let hex = module.digest.hex
    let folder = layout.modules.appending(String(hex.prefix(2)))
    let path = folder.appending(hex)
    if try isIntact(path, module: module) { return path }
    guard access(root.string, W_OK) == 0 else { throw .readOnly(path: root.string) }
    let draft = layout.temporary.appending("module-\(getpid())-\(UInt32.random(in: 0 ... .max))")
    do {
      try makeFolder(folder)
      try makeFolder(layout.temporary)
      let file = try FileDescriptor.open(
        draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerRead, .groupRead, .otherRead])
      defer { unlink(draft.string) }
      try file.closeAfter {
        try write(module, to: file)
        try synchronize(file)
      }
      guard rename(draft.string, path.string) == 0 else { throw Errno(rawValue: errno) }
      try synchronize(folder: folder)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError("cannot write \(path)", error)
    }
    note(module, at: path)
    return path
  }

  /// Tells whether a raw copy is there and has the module's bytes: by its state when it was last checked, or
  /// by its hash where that is another.
  private func isIntact(_ path: FilePath, module: Module) throws(StoreError) -> Bool {
    guard let status = FileStatus(path, followingLinks: false), status.kind == .file,
      status.size == Int64(module.size)
    else { return false }
    let known = withCatalog { (catalog) throws(DatabaseError) in
      try catalog.rawCopy(ofDigest: module.digest)
    }
    if known == RawCopy(status) { return true }
    guard hasBytes(of: module, path) else { return false }
    note(module, at: path)
    return true
  }

  /// Keeps the state in which a raw copy was found to be right.
  private func note(_ module: Module, at path: FilePath) {
    guard let status = FileStatus(path, followingLinks: false) else { return }
    withCatalog { (catalog) throws(DatabaseError) in
      if catalog.isWritable { try catalog.record(RawCopy(status), ofDigest: module.digest) }
    }
  }

  private func hasBytes(of module: Module, _ path: FilePath) -> Bool {
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      return try file.closeAfter {
        var digest = SHA256()
        var buffer = [UInt8](repeating: 0, count: readLength)
        while true {
          let count = try fill(&buffer, from: file)
          if count == 0 { break }
          digest.update(buffer.span.bytes.extracting(first: count))
        }
        return ModuleDigest(digest.finalize()) == module.digest
      }
    } catch {
      return false
    }
  }
}

extension RawCopy {
  fileprivate init(_ status: FileStatus) {
    self.init(inode: Int64(bitPattern: status.inode), size: status.size, modified: status.modified)
  }
}
