internal import FileSystem
internal import Identifiers
public import ModuleStore
public import SystemPackage

/// A cache of the digests of a folder's files, so that files unchanged since the last run are not read again
/// (Documentation/kv.md, "Folders"). It can be removed at any time.
public struct DigestCache: Sendable {
  /// The attributes of a file, which differ after each change.
  struct Stamp: Hashable, Sendable {
    let size: Int64
    let modified: Int64
    let changed: Int64
    let inode: UInt64

    init(_ status: FileStatus) {
      (size, modified, changed, inode) = (status.size, status.modified, status.changed, status.inode)
    }

    fileprivate init(_ reader: inout FieldReader) throws(ManifestError) {
      size = Int64(bitPattern: try reader.integer(UInt64.self))
      modified = Int64(bitPattern: try reader.integer(UInt64.self))
      changed = Int64(bitPattern: try reader.integer(UInt64.self))
      inode = try reader.integer(UInt64.self)
    }

    fileprivate func write(to writer: inout FieldWriter) {
      writer.append(UInt64(bitPattern: size))
      writer.append(UInt64(bitPattern: modified))
      writer.append(UInt64(bitPattern: changed))
      writer.append(inode)
    }
  }

  /// The digest of a file and the stamp when it was read.
  struct Entry: Hashable, Sendable {
    let stamp: Stamp
    let digest: ModuleDigest
    let isModule: Bool
  }

  private let path: FilePath
  /// Files written at or after this time may change again without a new stamp; in nanoseconds since 1970.
  private let horizon: Int64
  /// The entries by the bytes of their paths.
  private let entries: [[UInt8]: Entry]

  private static let magic = Array("WSFC".utf8)
  private static let nameDigits = 16
  /// The resolution of file times, in seconds: up to two in some file systems.
  private static let margin: Int64 = 2

  /// Reads the cache of a folder; it is empty if the file is missing or damaged.
  ///
  /// - Parameters:
  ///   - caches: The folder of the caches.
  ///   - folder: The folder.
  ///   - now: The present time, in seconds since 1970.
  public init(in caches: FilePath, of folder: AssetFolder, now: Int64 = Timestamp.now.seconds) {
    let name = ModuleDigest(of: folder.path.bytes).hex.prefix(DigestCache.nameDigits)
    path = caches.appending("files-\(name)")
    horizon = (now - DigestCache.margin) * 1_000_000_000
    // If the cache cannot be read, all files are read.
    let bytes = (try? contents(of: path)) ?? []
    entries = (try? DigestCache.entries(of: bytes)) ?? [:]
  }

  /// The entry of a file with this stamp; nil if it is not known.
  func entry(of path: [UInt8], _ stamp: Stamp) -> Entry? {
    entries[path].flatMap { $0.stamp == stamp ? $0 : nil }
  }

  /// Writes the entries, if possible, except those of files that were written just now.
  func keep(_ files: [(path: [UInt8], entry: Entry)]) {
    let old = files.filter { max($0.entry.stamp.modified, $0.entry.stamp.changed) < horizon }
    guard old.count != entries.count || old.contains(where: { entries[$0.path] != $0.entry }) else { return }
    // If the cache cannot be written, the files are read again next time.
    do throws(FileError) {
      let folder = path.removingLastComponent()
      try makeFolders(folder)
      var file = try TemporaryFile(in: folder, prefix: ".files-")
      try file.append(DigestCache.bytes(of: old).span.bytes)
      try file.publish(at: path)
    } catch {}
  }

  /// Removes the cache, because a file has other bytes than recorded.
  func clear() {
    // If it cannot be removed, the next run fails in the same way.
    _ = try? removeFile(path)
  }

  // MARK: The file

  /// The format: `WSFC`, version, number of files; for each file the length of its path, the path, the stamp, the
  /// digest, and whether it is WebAssembly; at the end the SHA-256 of all bytes before. Integers are little-endian.
  private static func bytes(of files: [(path: [UInt8], entry: Entry)]) -> [UInt8] {
    var writer = FieldWriter()
    writer.append(magic)
    writer.append(FieldReader.version)
    writer.append(UInt32(files.count))
    for (path, entry) in files {
      writer.append(UInt32(path.count))
      writer.append(path)
      entry.stamp.write(to: &writer)
      writer.append(entry.digest.bytes)
      writer.append(UInt8(entry.isModule ? 1 : 0))
    }
    writer.append(ModuleDigest(of: writer.bytes).bytes)
    return writer.bytes
  }

  private static func entries(of bytes: [UInt8]) throws(ManifestError) -> [[UInt8]: Entry] {
    let length = bytes.count - ModuleDigest.byteCount
    guard length > 0, Array(bytes[length...]) == ModuleDigest(of: Array(bytes[..<length])).bytes else {
      throw .malformed("it is damaged")
    }
    var reader = FieldReader(bytes)
    try reader.expect(magic, "it is not a cache of digests")
    try reader.expectVersion()
    var entries: [[UInt8]: Entry] = [:]
    let count = try reader.integer(UInt32.self)
    for _ in 0..<count {
      let path = try reader.bytes(Int(try reader.integer(UInt32.self)))
      let stamp = try Stamp(&reader)
      guard let digest = ModuleDigest(bytes: try reader.bytes(ModuleDigest.byteCount)) else {
        throw .malformed("a digest is truncated")
      }
      entries[path] = Entry(stamp: stamp, digest: digest, isModule: try reader.integer(UInt8.self) == 1)
    }
    return entries
  }
}
