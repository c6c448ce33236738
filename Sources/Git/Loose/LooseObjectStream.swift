internal import Compression
internal import FileSystem
public import Identifiers

/// Writes one object whose bytes arrive in pieces, in constant memory.
///
/// Created by `LooseObjectWriter.begin`. A value that is dropped before `finish` leaves no files.
public struct LooseObjectStream: ~Copyable {
  private let writer: LooseObjectWriter
  private let kind: ObjectKind
  private var file: TemporaryFile
  /// Nil while the object's size is unknown: its id and its file both begin with the size, so the bytes are then
  /// stored unchanged until the end.
  private var encoding: Encoding?

  init(writer: LooseObjectWriter, kind: ObjectKind, size: Int?) throws(GitError) {
    self.writer = writer
    self.kind = kind
    var file = try translated { () throws(FileError) in
      try TemporaryFile(in: writer.temporary, prefix: "object-")
    }
    if let size {
      encoding = try Encoding(kind: kind, size: size, level: writer.level, file: &file)
    } else {
      encoding = nil
    }
    self.file = file
  }

  /// Adds bytes.
  ///
  /// - Throws: `failed` if there are more bytes than the announced size, `system` if they cannot be written.
  public mutating func append(_ bytes: RawSpan) throws(GitError) {
    guard encoding != nil else { return try translated { () throws(FileError) in try file.append(bytes) } }
    try encoding?.append(bytes, to: &file)
  }

  /// Ends the object and returns its id. The object is then durable.
  ///
  /// - Throws: `failed` if bytes are missing or contain an attack on SHA-1, `system` if the files cannot be written.
  public consuming func finish() throws(GitError) -> ObjectID {
    guard let encoding = encoding.take() else { return try encodeSpooledBytes() }
    var deflate = encoding.deflate
    let id = try encoding.hash.finish()
    if writer.skip(id) { return id }
    try deflate.finish(failure: { GitError($0) }) { (output) throws(GitError) in
      try translated { () throws(FileError) in try file.append(output) }
    }
    try writer.publish(&file, as: id)
    return id
  }

  private func encodeSpooledBytes() throws(GitError) -> ObjectID {
    var object = try LooseObjectStream(writer: writer, kind: kind, size: file.size)
    let chunk = ByteBuffer(count: 1 << 16)
    var position = 0
    while position < file.size {
      let count = try translated { () throws(FileError) in try file.read(at: position, into: chunk.bytes) }
      guard count > 0 else { throw GitError(.damaged, "\(file.path) is truncated") }
      try object.append(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: chunk.bytes[..<count])))
      position += count
    }
    return try object.finish()
  }
}

/// Hashes and deflates the bytes of one object of known size.
private struct Encoding: ~Copyable {
  var hash: ObjectHash
  var deflate: DeflateStream

  init(kind: ObjectKind, size: Int, level: Int, file: inout TemporaryFile) throws(GitError) {
    let hash = try ObjectHash(kind: kind, size: size)
    var deflate = try translated { () throws(CompressionError) in try DeflateStream(level: level) }
    try kind.header(size: size).span.bytes.withUnsafeBytes { (header) throws(GitError) in
      try deflate.append(header, failure: { GitError($0) }) { (output) throws(GitError) in
        try translated { () throws(FileError) in try file.append(output) }
      }
    }
    self.hash = hash
    self.deflate = deflate
  }

  mutating func append(_ bytes: RawSpan, to file: inout TemporaryFile) throws(GitError) {
    try hash.update(bytes)
    try bytes.withUnsafeBytes { (buffer) throws(GitError) in
      try deflate.append(buffer, failure: { GitError($0) }) { (output) throws(GitError) in
        try translated { () throws(FileError) in try file.append(output) }
      }
    }
  }
}
