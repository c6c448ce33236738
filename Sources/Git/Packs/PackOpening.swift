internal import Crypto
internal import FileSystem
internal import Identifiers
internal import SystemPackage

extension PackIndex {
  /// Opens the pack; nil if it no longer exists.
  ///
  /// - Throws: `damaged` if the index describes another pack.
  func openPack() throws(GitError) -> OpenFile? {
    try Git.openPack(packPath, count: count, checksum: packChecksum)
  }
}

extension PackContents {
  /// Opens the pack; nil if it no longer exists.
  ///
  /// - Throws: `damaged` if the index describes another pack.
  func openPack() throws(GitError) -> OpenFile? {
    try Git.openPack(packPath, count: count, checksum: packChecksum)
  }

  /// Checks that the pack exists and is the one that the index describes.
  ///
  /// - Parameter readingAll: Whether its checksum is computed from all its bytes.
  /// - Returns: False if the file no longer exists.
  /// - Throws: `damaged` if it is another pack, or its bytes have another checksum.
  public func verifyPack(readingAll: Bool) throws(GitError) -> Bool {
    guard let file = try openPack() else { return false }
    guard readingAll else { return true }
    let end = try translated { () throws(FileError) in try file.size() } - packChecksum.count
    let sum = try checksum(of: file, upTo: end)
    guard sum == packChecksum else { throw GitError(.damaged, "\(packPath): the checksum does not match") }
    return true
  }

  private func checksum(of file: borrowing OpenFile, upTo end: Int) throws(GitError) -> [UInt8] {
    var checksum = Insecure.SHA1()
    let chunk = ByteBuffer(count: 1 << 18)
    var position = 0
    while position < end {
      let room = UnsafeMutableRawBufferPointer(rebasing: chunk.bytes.prefix(end - position))
      let length = try translated { () throws(FileError) in try file.read(at: position, into: room) }
      guard length > 0 else { throw GitError(.damaged, "\(packPath) is truncated") }
      checksum.update(bufferPointer: UnsafeRawBufferPointer(rebasing: room[..<length]))
      position += length
    }
    return Array(checksum.finalize())
  }
}

private func openPack(_ path: FilePath, count: Int, checksum: [UInt8]) throws(GitError) -> OpenFile? {
  guard let pack = try translated({ () throws(FileError) in try OpenFile(reading: path) }) else { return nil }
  let size = try translated { () throws(FileError) in try pack.size() }
  guard size >= PackEntry.packHeaderSize + checksum.count else {
    throw GitError(.damaged, "\(path) is truncated")
  }
  guard try pack.bytes(at: size - checksum.count, count: checksum.count) == checksum else {
    throw GitError(.damaged, "\(path) does not belong to its index")
  }
  let header = try pack.bytes(at: 0, count: PackEntry.packHeaderSize)
  guard header == packHeader(count: UInt32(count)) else {
    throw GitError(.damaged, "\(path) has a damaged header")
  }
  return pack
}
