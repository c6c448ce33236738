internal import FileSystem
public import SystemPackage

/// A complete pack that has no name in the repository yet. It is deleted with the value unless it is published.
public struct SealedPack: ~Copyable {
  /// Its name, and the number of its objects.
  public let written: WrittenPack
  private var pack: TemporaryFile
  private var index: TemporaryFile

  init(written: WrittenPack, pack: consuming TemporaryFile, index: consuming TemporaryFile) {
    self.written = written
    self.pack = pack
    self.index = index
  }

  /// The number of bytes of the index.
  public var indexByteCount: Int { index.size }

  /// Makes the pack and the index durable and gives them their names: the index last, because git looks for it.
  ///
  /// - Throws: `system` if the files cannot be written.
  public mutating func publish(in objects: FilePath) throws(GitError) {
    try translated { () throws(FileError) in
      try pack.synchronize()
      try index.synchronize()
      let folder = objects.appending("pack")
      if try makeFolder(folder) { try synchronizeFolder(objects) }
      try pack.publish(at: folder.appending("pack-\(written.name).pack"))
      try index.publish(at: folder.appending("pack-\(written.name).idx"))
      try synchronizeFolder(folder)
    }
  }

  /// Passes the bytes of the pack in pieces.
  ///
  /// - Throws: `system` if they cannot be read, and errors of `body`.
  public func forEachPackChunk(_ body: (RawSpan) throws(GitError) -> Void) throws(GitError) {
    try forEachChunk(of: pack, body)
  }

  /// Passes the bytes of the index in pieces.
  ///
  /// - Throws: `system` if they cannot be read, and errors of `body`.
  public func forEachIndexChunk(_ body: (RawSpan) throws(GitError) -> Void) throws(GitError) {
    try forEachChunk(of: index, body)
  }

  private func forEachChunk(
    of file: borrowing TemporaryFile, _ body: (RawSpan) throws(GitError) -> Void
  ) throws(GitError) {
    let chunk = ByteBuffer(count: 1 << 18)
    var position = 0
    while position < file.size {
      let count = try translated { () throws(FileError) in try file.read(at: position, into: chunk.bytes) }
      guard count > 0 else { throw GitError(.damaged, "\(file.path) is truncated") }
      try body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: chunk.bytes[..<count])))
      position += count
    }
  }
}
