internal import Compression
internal import FileSystem
internal import Glibc
public import Identifiers
public import SystemPackage

/// Writes single objects, each to its own file.
///
/// An object is durable when its id is returned: it was written to `temporary`, synchronised, renamed into `objects`,
/// and the folders were synchronised. A process that is killed in between leaves files named `object-…` in
/// `temporary`, which must be on the same file system.
public struct LooseObjectWriter: Sendable {
  let objects: FilePath
  let temporary: FilePath
  let level: Int
  let exists: @Sendable (ObjectID) -> Bool

  /// Larger objects are deflated in pieces: half the speed, but no second and third copy in memory.
  static let wholeLimit = 4 << 20

  /// Objects up to this size, including their header, are stored without compression: file systems use a block of 4
  /// KiB for them anyway, and clearing a compressor's tables costs 200 KB of memory writes. git deflates them when it
  /// packs them.
  static let storedLimit = 4000

  /// `objects`: the repository's `objects` folder.
  /// `temporary`: the folder for unfinished files, created if it is missing.
  /// `level`: 1 (fastest) to 12; objects that are streamed use at most 9.
  /// `exists`: returns whether an object that is not loose exists in the repository, so that it is not written again.
  public init(
    objects: FilePath, temporary: FilePath, level: Int = 1,
    exists: @escaping @Sendable (ObjectID) -> Bool = { _ in false }
  ) {
    self.objects = objects
    self.temporary = temporary
    self.level = level
    self.exists = exists
  }

  /// Writes one object and returns its id.
  ///
  /// - Throws: `system` if the files cannot be written, `failed` if the bytes contain an attack on SHA-1.
  public func write(_ bytes: RawSpan, kind: ObjectKind) throws(GitError) -> ObjectID {
    guard bytes.byteCount <= LooseObjectWriter.wholeLimit else {
      var stream = try begin(kind: kind, size: bytes.byteCount)
      try stream.append(bytes)
      return try stream.finish()
    }
    let id = try ObjectID(of: bytes, kind: kind)
    if skip(id) { return id }
    var file = try temporaryFile(holding: bytes, kind: kind)
    try publish(&file, as: id)
    return id
  }

  /// Writes a whole object to a file that has no name in `objects` yet.
  func temporaryFile(holding bytes: RawSpan, kind: ObjectKind) throws(GitError) -> TemporaryFile {
    let header = kind.header(size: bytes.byteCount)
    let plain = ByteBuffer(count: header.count + bytes.byteCount)
    let fitsBlock = plain.bytes.count <= LooseObjectWriter.storedLimit
    let deflater = try translated { () throws(CompressionError) in try Deflater(level: fitsBlock ? 0 : level)
    }
    plain.bytes.copyBytes(from: header)
    let body = UnsafeMutableRawBufferPointer(rebasing: plain.bytes[header.count...])
    bytes.withUnsafeBytes { body.copyMemory(from: $0) }
    let deflated = ByteBuffer(count: deflater.bound(plain.bytes.count))
    let count = try translated { () throws(CompressionError) in
      try deflater.deflate(UnsafeRawBufferPointer(plain.bytes), into: deflated.bytes)
    }
    return try translated { () throws(FileError) in
      var file = try TemporaryFile(in: temporary, prefix: "object-")
      try file.append(UnsafeRawBufferPointer(rebasing: deflated.bytes[..<count]))
      return file
    }
  }

  /// Begins an object whose bytes arrive in pieces.
  ///
  /// The size is the object's length in bytes; nil if it is not known before the end, which costs a second pass over
  /// a copy of the bytes in `temporary`.
  ///
  /// - Throws: `system` if the temporary file cannot be created.
  public func begin(kind: ObjectKind, size: Int?) throws(GitError) -> LooseObjectStream {
    try LooseObjectStream(writer: self, kind: kind, size: size)
  }

  /// Returns whether an object need not be written, and refreshes the time of a loose one, as git does.
  func skip(_ id: ObjectID) -> Bool {
    touch(objects.looseObject(id)) || exists(id)
  }

  /// Makes a finished file durable and gives it its name.
  func publish(_ file: inout TemporaryFile, as id: ObjectID) throws(GitError) {
    let final = objects.looseObject(id)
    let folder = objects.looseFolder(id)
    try translated { () throws(FileError) in
      try file.synchronize()
      let isNew = try file.publish(at: final, making: folder)
      try synchronizeFolders(isNew ? [folder, objects] : [folder])
    }
  }
}

extension FilePath {
  /// The place of a loose object in the `objects` folder that this path names.
  package func looseObject(_ id: ObjectID) -> FilePath {
    looseFolder(id).appending(String(id.hex.dropFirst(2)))
  }

  /// The folder that holds it.
  func looseFolder(_ id: ObjectID) -> FilePath { appending(String(id.hex.prefix(2))) }
}
