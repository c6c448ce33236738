internal import Compression
public import Identifiers
internal import Synchronization
public import SystemPackage

/// A pack that was written.
public struct WrittenPack: Hashable, Sendable {
  /// The 40 hexadecimal digits in the names `pack-NAME.pack` and `pack-NAME.idx`: the pack's checksum.
  public let name: String
  /// The number of objects in it.
  public let objectCount: Int
  /// The pack's length in bytes, without the index.
  public let byteCount: Int
}

/// Writes many objects into one pack, from as many threads as there are encoders.
///
/// Nothing is visible in the repository before `finish`. Then the pack and its index (version 2) are synchronised and
/// renamed into `objects/pack`, the index last, because git looks for it. A writer that is dropped before leaves no
/// files; a killed process leaves files named `pack-…` in the temporary folder. Memory grows by 32 to 80 bytes for
/// each object of any size.
public final class PackWriter: Sendable {
  /// Nil after it is finished.
  private let file: Mutex<PackFile?>
  private let objects: FilePath
  private let temporary: FilePath
  private let level: Int
  private let exists: @Sendable (ObjectID) -> Bool

  /// Starts a pack.
  ///
  /// `objects`: the repository's `objects` folder.
  /// `temporary`: the folder for unfinished files, on the same file system, created if it is missing.
  /// `level`: 0 (stored) to 12 (slowest).
  /// `exists`: returns whether an object is in the repository already and is omitted. Called from every thread that
  /// encodes.
  ///
  /// - Throws: `system` if the temporary file cannot be created.
  public init(
    objects: FilePath, temporary: FilePath, level: Int = 1, exists: @escaping @Sendable (ObjectID) -> Bool
  ) throws(GitError) {
    self.objects = objects
    self.temporary = temporary
    self.level = level
    self.exists = exists
    self.file = Mutex(try PackFile(in: temporary))
  }

  /// Creates an encoder: one for each thread.
  public func encoder() throws(GitError) -> PackEncoder {
    PackEncoder(
      writer: self, deflater: try translated { () throws(CompressionError) in try Deflater(level: level) })
  }

  /// Ends the pack and makes it durable; nil if no object was new.
  ///
  /// An open libgit2 database sees the pack after `git_odb_refresh` or its next miss.
  ///
  /// - Throws: `failed` if an encoder that took objects was not finished, or the pack is already finished; `system`
  ///   if the files cannot be written.
  public func finish() throws(GitError) -> WrittenPack? {
    try file.withLock { (file) throws(GitError) in
      guard let finished = file.take() else { throw PackWriter.finishedAlready }
      return try finished.finish(objects: objects, temporary: temporary)
    }
  }

  /// Adds an object to the pack and returns its position; nil if it is in the pack or in the repository already.
  func claim(_ id: ObjectID) throws(GitError) -> Int? {
    if exists(id) { return nil }
    return try file.withLock { (file) throws(GitError) in
      guard file != nil else { throw PackWriter.finishedAlready }
      return try file?.records.claim(id)
    }
  }

  /// Writes entries that an encoder has collected.
  func append(_ bytes: RawSpan, entries: [EncodedEntry]) throws(GitError) {
    try file.withLock { (file) throws(GitError) in
      guard file != nil else { throw PackWriter.finishedAlready }
      try file?.append(bytes, entries: entries)
    }
  }

  private static var finishedAlready: GitError { GitError(.failed, "the pack is already finished") }
}
