internal import Crypto
internal import FileSystem
internal import Git
internal import Identifiers
public import SystemPackage

extension StoreSession {
  /// Passes the bytes of a module in pieces and checks their hash.
  ///
  /// - Throws: `StoreError.damaged` after the last piece if the bytes do not have that hash, `.cancelled`.
  public func read(_ module: Module, _ body: (RawSpan) throws(StoreError) -> Void) throws(StoreError) {
    try read(module.blob, digest: module.digest, body)
  }

  /// Writes the bytes of a module to an open file.
  ///
  /// - Throws: `StoreError.system` if the file cannot be written, and errors of `read`.
  public func write(_ module: Module, to descriptor: FileDescriptor) throws(StoreError) {
    try write(module.blob, digest: module.digest, to: descriptor)
  }

  /// Writes the bytes of a module's blob to an open file, and checks their hash.
  func write(
    _ blob: ObjectID, digest: ModuleDigest, to descriptor: FileDescriptor
  ) throws(StoreError) {
    try read(blob, digest: digest) { (chunk) throws(StoreError) in
      do throws(Errno) { try writeAll(chunk, to: descriptor) } catch {
        throw StoreError("cannot write the module", error)
      }
    }
  }

  private func read(
    _ blob: ObjectID, digest expected: ModuleDigest, _ body: (RawSpan) throws(StoreError) -> Void
  ) throws(StoreError) {
    var digest = SHA256()
    try forEachChunk(ofBlob: blob) { (chunk) throws(StoreError) in
      try work.check()
      digest.update(chunk)
      try body(chunk)
    }
    let found = ModuleDigest(digest.finalize())
    guard found == expected else { throw .damaged("the bytes of \(expected) have the hash \(found)") }
  }
}
