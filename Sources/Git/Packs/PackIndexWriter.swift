internal import Crypto
internal import FileSystem
internal import Identifiers
internal import SystemPackage

/// Writes the index (version 2) of a pack to a temporary file, which the caller makes durable and names.
///
/// The parts are: magic number and version, the number of ids up to each first byte, ids, checksums of the entries,
/// offsets of four bytes, offsets of eight bytes for entries beyond 2 GiB, the pack's checksum, and the checksum of
/// all this (git's `gitformat-pack`). The records are sorted by id.
func writePackIndex(
  _ records: [PackRecord], packChecksum: [UInt8], in temporary: FilePath
) throws(GitError) -> TemporaryFile {
  var output = PackIndexOutput(
    file: try translated { () throws(FileError) in try TemporaryFile(in: temporary, prefix: "pack-") })
  try output.append(packIndexMagic)
  try output.append(packIndexVersion)
  for count in firstByteCounts(of: records) { try output.append(count) }
  for record in records {
    try output.append(record.id.high)
    try output.append(record.id.middle)
    try output.append(record.id.low)
  }
  for record in records { try output.append(record.checksum) }
  var largeOffsets: [UInt64] = []
  for record in records {
    if record.offset < UInt64(packIndexLargeOffset) {
      try output.append(UInt32(record.offset))
    } else {
      try output.append(packIndexLargeOffset | UInt32(largeOffsets.count))
      largeOffsets.append(record.offset)
    }
  }
  for offset in largeOffsets { try output.append(offset) }
  for byte in packChecksum { try output.append(byte) }
  return try output.finish()
}

/// Bytes with which no index of version 1 can begin.
let packIndexMagic: UInt32 = 0xff74_4f63
/// The version that git has written since 2007.
let packIndexVersion: UInt32 = 2
/// Marks an offset as a position in the list of large offsets.
let packIndexLargeOffset: UInt32 = 1 << 31

/// For each value of the first byte, the number of ids up to it.
private func firstByteCounts(of records: [PackRecord]) -> [UInt32] {
  var counts = [UInt32](repeating: 0, count: 256)
  for record in records { counts[Int(record.id[byte: 0])] += 1 }
  for value in 1..<256 { counts[value] += counts[value - 1] }
  return counts
}

/// Collects numbers in network byte order, and computes their checksum.
private struct PackIndexOutput: ~Copyable {
  private var file: TemporaryFile
  private let buffer = ByteBuffer(count: 1 << 16)
  private var count = 0
  private var checksum = Insecure.SHA1()

  init(file: consuming TemporaryFile) { self.file = file }

  mutating func append<Number: FixedWidthInteger>(_ number: Number) throws(GitError) {
    if count + MemoryLayout<Number>.size > buffer.bytes.count { try flush() }
    buffer.bytes.storeBytes(of: number.bigEndian, toByteOffset: count, as: Number.self)
    count += MemoryLayout<Number>.size
  }

  consuming func finish() throws(GitError) -> TemporaryFile {
    try flush()
    for byte in checksum.finalize() { try append(byte) }
    try flush()
    return file
  }

  private mutating func flush() throws(GitError) {
    let bytes = UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count])
    checksum.update(bufferPointer: bytes)
    try translated { () throws(FileError) in try file.append(bytes) }
    count = 0
  }
}
