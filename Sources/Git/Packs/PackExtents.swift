internal import Compression
internal import FileSystem
internal import Identifiers

/// An open pack, and the end of each of its entries.
final class PackExtents: Sendable {
  let contents: PackContents
  let file: OpenFile
  /// The offsets of the entries in ascending order, and the end of the last one.
  private let offsets: [Int]

  /// Opens a pack; nil if it no longer exists.
  ///
  /// - Throws: `damaged` if it is not the pack that the index describes.
  init?(_ contents: PackContents) throws(GitError) {
    guard let file = try contents.openPack() else { return nil }
    self.contents = contents
    let end = try translated { () throws(FileError) in try file.size() } - ObjectID.byteCount
    self.file = file
    var offsets: [Int] = []
    offsets.reserveCapacity(contents.count + 1)
    for position in 0..<contents.count { offsets.append(try contents.offset(at: position)) }
    offsets.append(end)
    offsets.sort()
    self.offsets = offsets
  }

  /// The range of the entry of the object at a position.
  ///
  /// - Throws: `damaged` if the index is inconsistent.
  func extent(at position: Int) throws(GitError) -> Range<Int> {
    let start = try contents.offset(at: position)
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] <= start { low = middle + 1 } else { high = middle }
    }
    guard low < offsets.count, start >= PackEntry.packHeaderSize else {
      throw GitError(.damaged, "\(contents.indexPath): an offset is outside the file")
    }
    return start..<offsets[low]
  }

  /// Reads the header of an entry.
  ///
  /// - Throws: `damaged` if there is none.
  func header(of extent: Range<Int>) throws(GitError) -> PackEntryHeader {
    let bytes = try file.bytes(at: extent.lowerBound, count: min(32, extent.count))
    let padded = bytes + [UInt8](repeating: 0, count: 32 - bytes.count)
    let header = padded.span.bytes.withUnsafeBytes { PackEntryHeader($0) }
    guard let header, header.length < extent.count else {
      throw GitError(.damaged, "\(contents.packPath): the entry at \(extent.lowerBound) is not valid")
    }
    return header
  }

  /// Passes the bytes of an entry in pieces, and checks them against the index.
  ///
  /// - Throws: `damaged` if they do not match the index, and errors of `body`.
  func forEachChunk(
    of extent: Range<Int>, at position: Int, from start: Int,
    _ body: (UnsafeRawBufferPointer) throws(GitError) -> Void
  ) throws(GitError) {
    let chunk = ByteBuffer(count: min(extent.count, 1 << 18))
    var offset = extent.lowerBound
    var checksum: UInt32 = 0
    while offset < extent.upperBound {
      let room = UnsafeMutableRawBufferPointer(rebasing: chunk.bytes.prefix(extent.upperBound - offset))
      let count = try translated { () throws(FileError) in try file.read(at: offset, into: room) }
      guard count > 0 else { throw GitError(.damaged, "\(contents.packPath) is truncated") }
      let bytes = UnsafeRawBufferPointer(rebasing: room[..<count])
      checksum = crc32(checksum, bytes)
      // The receiver of the entry writes a new header.
      let passed = max(0, min(count, start - offset))
      if passed < count { try body(UnsafeRawBufferPointer(rebasing: bytes[passed...])) }
      offset += count
    }
    guard contents.checksum(at: position) ?? checksum == checksum else {
      throw GitError(
        .damaged, "\(contents.packPath): the checksum of the entry at \(extent.lowerBound) does not match")
    }
  }
}
