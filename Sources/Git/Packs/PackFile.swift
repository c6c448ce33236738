internal import Crypto
internal import FileSystem
internal import Glibc
internal import Identifiers
internal import SystemPackage

/// Owns the unfinished file of a pack and the list of what is in it.
struct PackFile: ~Copyable {
  var records = PackRecords()
  private var file: TemporaryFile
  private var isFinished = false

  init(in temporary: FilePath) throws(GitError) {
    self.file = try translated { () throws(FileError) in
      var file = try TemporaryFile(in: temporary, prefix: "pack-")
      try file.append(packHeader(count: 0).span.bytes)
      return file
    }
  }

  /// Writes entries one after the other, as an encoder collected them.
  mutating func append(_ bytes: RawSpan, entries: [EncodedEntry]) throws(GitError) {
    let start = file.size
    try translated { () throws(FileError) in try file.append(bytes) }
    for entry in entries {
      records.place(entry.record, offset: UInt64(start + entry.start), checksum: entry.checksum)
    }
  }

  /// Completes pack and index, makes both durable and names them.
  mutating func finish(objects: FilePath, temporary: FilePath) throws(GitError) -> WrittenPack? {
    guard !isFinished else { throw GitError(.failed, "the pack is finished already") }
    guard records.writtenCount == records.entries.count else {
      throw GitError(.failed, "an encoder of the pack was not finished")
    }
    isFinished = true
    let count = records.entries.count
    guard count > 0 else { return nil }
    let checksum = try complete(count: count)
    try translated { () throws(FileError) in try file.synchronize() }
    let sorted = records.takeSorted()
    var index = try writePackIndex(sorted, packChecksum: checksum, in: temporary)
    let name = hexadecimal(checksum)
    try translated { () throws(FileError) in
      try index.synchronize()
      let folder = objects.appending("pack")
      if try makeFolder(folder) { try synchronizeFolder(objects) }
      try file.publish(at: folder.appending("pack-\(name).pack"))
      try index.publish(at: folder.appending("pack-\(name).idx"))
      try synchronizeFolder(folder)
    }
    return WrittenPack(name: name, objectCount: count, byteCount: file.size)
  }

  /// Writes the header and, after all entries, the checksum of everything before it.
  ///
  /// The header comes first in the checksum and tells the number of objects, so that the entries can be
  /// summed only now; they are still in the system's cache.
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

/// Encodes what a pack begins with: `PACK`, version 2 and the number of objects.
func packHeader(count: UInt32) -> [UInt8] {
  Array("PACK".utf8) + [0, 0, 0, 2] + (0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * $0)) }
}
