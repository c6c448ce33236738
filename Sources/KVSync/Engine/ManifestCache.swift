internal import FileSystem
internal import Identifiers
internal import ModuleStore
public import SystemPackage

/// A cache of published or read roots and shards, in files named by their digest. It can be removed at any time.
public struct ManifestCache: Sendable {
  private let folder: FilePath

  /// Sets the folder, without creating it.
  public init(in folder: FilePath) { self.folder = folder }

  /// The bytes with a digest; nil if they are not cached or do not match the digest.
  func bytes(of digest: ModuleDigest) -> [UInt8]? {
    // Bytes that cannot be read are fetched.
    guard let file = try? OpenFile(reading: folder.appending(digest.hex)), let size = try? file.size(),
      let bytes = try? file.bytes(at: 0, upTo: size), ModuleDigest(of: bytes) == digest
    else { return nil }
    return bytes
  }

  /// Caches bytes under their digest, if possible.
  func keep(_ bytes: [UInt8], as digest: ModuleDigest) {
    // Bytes that cannot be cached are fetched next time.
    do throws(FileError) {
      try makeFolders(folder)
      var file = try TemporaryFile(in: folder, prefix: ".manifest-")
      try file.append(bytes.span.bytes)
      try file.publish(at: folder.appending(digest.hex))
    } catch {}
  }
}
