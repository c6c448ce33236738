internal import FileSystem
internal import Identifiers
internal import ModuleStore
public import SystemPackage

/// Roots and shards that were published or read, in files that are named by their digest. It can be removed at any time.
public struct ManifestCache: Sendable {
  private let folder: FilePath

  /// Names the folder; nothing is made yet.
  public init(in folder: FilePath) { self.folder = folder }

  /// The bytes of a digest; nil where they are not kept, or are other ones.
  func bytes(of digest: ModuleDigest) -> [UInt8]? {
    // What cannot be read is fetched.
    guard let file = try? OpenFile(reading: folder.appending(digest.hex)), let size = try? file.size(),
      let bytes = try? file.bytes(at: 0, upTo: size), ModuleDigest(of: bytes) == digest
    else { return nil }
    return bytes
  }

  /// Keeps bytes under their digest, where that can be done.
  func keep(_ bytes: [UInt8], as digest: ModuleDigest) {
    // What cannot be kept is fetched next time.
    do throws(FileError) {
      try makeFolders(folder)
      var file = try TemporaryFile(in: folder, prefix: ".manifest-")
      try file.append(bytes.span.bytes)
      try file.publish(at: folder.appending(digest.hex))
    } catch {}
  }
}
