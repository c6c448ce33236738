internal import Compression
internal import Crypto
internal import FileSystem
internal import Glibc
internal import Identifiers
internal import SystemPackage

/// Owns the unfinished file of a pack and the list of its contents.
struct PackFile: ~Copyable {
  var records = PackRecords()
  private var file: TemporaryFile

  init(in temporary: FilePath) throws(GitError) {
    self.file = try translated { () throws(FileError) in
      var file = try TemporaryFile(in: temporary, prefix: "pack-")
      try file.append(packHeader(count: 0).span.bytes)
      return file
    }
  }

  /// Writes consecutive entries, as an encoder collected them.
  mutating func append(_ bytes: RawSpan, entries: [EncodedEntry]) throws(GitError) {
    let start = file.size
    try translated { () throws(FileError) in try file.append(bytes) }
    for entry in entries {
      records.place(entry.record, offset: UInt64(start + entry.start), checksum: entry.checksum)
    }
  }

  /// The number of bytes written so far, including the header.
  var size: Int { file.size }

  /// Writes one entry.
  mutating func append(_ record: Int, header: [UInt8], body: UnsafeRawBufferPointer) throws(GitError) {
    let start = file.size
    let checksum = crc32(header.span.bytes.withUnsafeBytes { crc32(0, $0) }, body)
    try translated { () throws(FileError) in
      try file.append(header.span.bytes)
      try file.append(body)
    }
    records.place(record, offset: UInt64(start), checksum: checksum)
  }

  /// Writes one entry whose deflated bytes arrive in pieces.
  mutating func append(
    _ record: Int, header: [UInt8],
    _ body: ((UnsafeRawBufferPointer) throws(GitError) -> Void) throws(GitError) -> Void
  ) throws(GitError) {
    let start = file.size
    var checksum: UInt32 = header.span.bytes.withUnsafeBytes { crc32(0, $0) }
    try translated { () throws(FileError) in try file.append(header.span.bytes) }
    try body { (piece) throws(GitError) in
      checksum = crc32(checksum, piece)
      try translated { () throws(FileError) in try file.append(piece) }
    }
    records.place(record, offset: UInt64(start), checksum: checksum)
  }

  /// Completes the pack and the index, makes both durable and gives them their names.
  consuming func finish(objects: FilePath, temporary: FilePath) throws(GitError) -> WrittenPack? {
    guard var sealed = try seal(in: temporary) else { return nil }
    try sealed.publish(in: objects)
    return sealed.written
  }

  /// Completes the pack and the index; nil if there is no object.
  consuming func seal(in temporary: FilePath) throws(GitError) -> SealedPack? {
    guard records.writtenCount == records.entries.count else {
      throw GitError(.failed, "an encoder of the pack is not finished")
    }
    let count = records.entries.count
    guard count > 0 else { return nil }
    let checksum = try complete(count: count)
    let index = try writePackIndex(records.takeSorted(), packChecksum: checksum, in: temporary)
    let written = WrittenPack(name: hexadecimal(checksum), objectCount: count, byteCount: file.size)
    return SealedPack(written: written, pack: file, index: index)
  }

  /// Writes the header and, after all entries, the checksum of everything before it.
  ///
  /// The checksum begins with the header, and the header contains the number of objects. So the entries can be summed
  /// only now; they are still in the page cache.
  private mutating func complete(count: Int) throws(GitError) -> [UInt8] {
    try packHeader(count: UInt32(count)).span.bytes.withUnsafeBytes { (bytes) throws(GitError) in
      try translated { () throws(FileError) in try file.write(bytes, at: 0) }
    }
    var checksum = Insecure.SHA1()
    let chunk = ByteBuffer(count: 1 << 18)
    var position = 0
    while position < file.size {
      let length = try translated { () throws(FileError) in try file.read(at: position, into: chunk.bytes) }
      guard length > 0 else { throw GitError(.damaged, "\(file.path) is truncated") }
      checksum.update(bufferPointer: UnsafeRawBufferPointer(rebasing: chunk.bytes[..<length]))
      position += length
    }
    let bytes = Array(checksum.finalize())
    try translated { () throws(FileError) in try file.append(bytes.span.bytes) }
    return bytes
  }
}

/// Encodes the beginning of a pack: `PACK`, version 2 and the number of objects.
func packHeader(count: UInt32) -> [UInt8] {
  Array("PACK".utf8) + [0, 0, 0, 2] + (0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * $0)) }
}
