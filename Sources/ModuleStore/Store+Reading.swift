internal import Crypto
internal import Git
internal import Glibc
public import SystemPackage

extension Store {
  /// Passes the bytes of a module in pieces and checks their hash.
  ///
  /// - Throws: `StoreError.damaged` after the last piece where the bytes are not those of the hash.
  public func read(_ module: Module, _ body: (RawSpan) throws(StoreError) -> Void) throws(StoreError) {
    var digest = SHA256()
    try forEachChunk(ofBlob: module.blob) { (chunk) throws(StoreError) in
      digest.update(chunk)
      try body(chunk)
    }
    let found = ModuleDigest(bytes: Array(digest.finalize()))
    guard found == module.digest else {
      throw .damaged("the bytes of \(module.digest) have the hash \(found)")
    }
  }

  /// Writes the bytes of a module to an open file.
  ///
  /// - Throws: `StoreError.system` where the file takes no more, and what `read` throws.
  public func write(_ module: Module, to descriptor: FileDescriptor) throws(StoreError) {
    try read(module) { (chunk) throws(StoreError) in try writeAll(chunk, to: descriptor) }
  }

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
    return path
  }

  /// Tells whether a raw copy is there and has the module's bytes.
  private func isIntact(_ path: FilePath, module: Module) throws(StoreError) -> Bool {
    guard let status = FileStatus(path, followingLinks: false), status.kind == .file,
      status.size == Int64(module.size)
    else { return false }
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
        return ModuleDigest(bytes: Array(digest.finalize())) == module.digest
      }
    } catch {
      return false
    }
  }
}
