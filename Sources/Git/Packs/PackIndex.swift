internal import FileSystem
internal import Identifiers
internal import Synchronization
internal import SystemPackage

/// Finds objects in one pack with its index (version 2), and reads only what a look-up needs.
///
/// The file is not memory-mapped, because a mapped file that shrinks crashes the process.
final class PackIndex: Sendable {
  let path: FilePath
  let packPath: FilePath
  let count: Int
  /// The last 20 bytes of the pack that the index belongs to.
  let packChecksum: [UInt8]
  /// For each value of the first byte, the number of ids up to it.
  private let firstByteCounts: [UInt32]
  private let largeOffsetCount: Int
  /// Kept open unless there are very many packs.
  private let file: OpenFile?
  /// The round in which the pack's time was last refreshed.
  private let freshRound = Atomic<Int>(-1)

  private static let headerSize = 8
  private static let tableSize = 256 * 4
  /// An id, a checksum and an offset.
  private static let recordSize = ObjectID.byteCount + 4 + 4
  private static let trailerSize = 2 * ObjectID.byteCount
  /// The number of ids that are read at once; a longer range is first narrowed by binary search.
  private static let blockCount = 200

  /// Opens an index; nil if it does not exist or is of version 1, which git itself no longer writes.
  ///
  /// - Throws: `damaged` if the file is not an index.
  init?(path: FilePath, keepingOpen: Bool) throws(GitError) {
    guard let file = try translated({ () throws(FileError) in try OpenFile(reading: path) }) else {
      return nil
    }
    let size = try translated { () throws(FileError) in try file.size() }
    let minimum = PackIndex.headerSize + PackIndex.tableSize + PackIndex.trailerSize
    guard size >= minimum else { throw GitError(.damaged, "\(path) is truncated") }
    let table = try file.bytes(at: 0, count: PackIndex.headerSize + PackIndex.tableSize)
    guard table.number(at: 0) == packIndexMagic else { return nil }
    guard table.number(at: 4) == packIndexVersion else {
      throw GitError(.damaged, "\(path) has an unknown version")
    }
    let counts = (0..<256).map { table.number(at: PackIndex.headerSize + 4 * $0) }
    guard zip(counts, counts.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw GitError(.damaged, "\(path) is out of order")
    }
    let count = Int(counts[255])
    let extra = size - minimum - count * PackIndex.recordSize
    guard extra >= 0, extra % 8 == 0, extra / 8 <= count else {
      throw GitError(.damaged, "\(path) has the wrong length")
    }
    self.packChecksum = try file.bytes(at: size - PackIndex.trailerSize, count: ObjectID.byteCount)
    self.path = path
    self.packPath = path.replacingExtension("pack")
    self.count = count
    self.firstByteCounts = counts
    self.largeOffsetCount = extra / 8
    self.file = keepingOpen ? consume file : nil
  }

  /// The offset of an object's entry in the pack; nil if the pack does not contain the object.
  ///
  /// - Throws: `damaged` if the index is inconsistent.
  func offset(of id: ObjectID) throws(GitError) -> Int? {
    let first = Int(id[byte: 0])
    let range = Int(first == 0 ? 0 : firstByteCounts[first - 1])..<Int(firstByteCounts[first])
    if range.isEmpty { return nil }
    switch file {
    case .some(let file): return try offset(of: id, among: range, in: file)
    case .none:
      guard let file = try translated({ () throws(FileError) in try OpenFile(reading: path) }) else {
        return nil
      }
      return try offset(of: id, among: range, in: file)
    }
  }

  /// Refreshes the pack's time, once in a round; returns false if that fails, for example because the pack no longer
  /// exists.
  func freshen(in round: Int) -> Bool {
    if freshRound.load(ordering: .relaxed) == round { return true }
    let done = touch(packPath)
    if done { freshRound.store(round, ordering: .relaxed) }
    return done
  }

  private func offset(
    of id: ObjectID, among range: Range<Int>, in file: borrowing OpenFile
  ) throws(GitError) -> Int? {
    var range = range
    var block: [UInt8] = []
    var blockStart = 0
    while !range.isEmpty {
      if block.isEmpty, range.count <= PackIndex.blockCount {
        block = try ids(range, in: file)
        blockStart = range.lowerBound
      }
      let middle = range.lowerBound + range.count / 2
      let candidate =
        block.isEmpty
        ? ObjectID(bytes: try ids(middle..<middle + 1, in: file))
        : ObjectID(in: block, at: (middle - blockStart) * ObjectID.byteCount)
      guard let candidate else { return nil }
      if candidate == id { return try offset(at: middle, in: file) }
      range = id < candidate ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return nil
  }

  private func ids(_ range: Range<Int>, in file: borrowing OpenFile) throws(GitError) -> [UInt8] {
    try file.bytes(
      at: PackIndex.headerSize + PackIndex.tableSize + range.lowerBound * ObjectID.byteCount,
      count: range.count * ObjectID.byteCount)
  }

  private func offset(at position: Int, in file: borrowing OpenFile) throws(GitError) -> Int {
    let offsets = PackIndex.headerSize + PackIndex.tableSize + count * (ObjectID.byteCount + 4)
    let short = try file.bytes(at: offsets + 4 * position, count: 4).number(at: 0)
    guard short >= packIndexLargeOffset else { return Int(short) }
    let large = Int(short & ~packIndexLargeOffset)
    guard large < largeOffsetCount else { throw GitError(.damaged, "\(path): an offset is missing") }
    let bytes = try file.bytes(at: offsets + 4 * count + 8 * large, count: 8)
    guard let offset = Int(exactly: UInt64(bytes.number(at: 0)) << 32 | UInt64(bytes.number(at: 4))) else {
      throw GitError(.damaged, "\(path): an offset is outside the file")
    }
    return offset
  }
}

extension [UInt8] {
  /// The 32-bit number in network byte order at a position with at least four bytes.
  fileprivate func number(at position: Int) -> UInt32 {
    self[position..<position + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}

extension FilePath {
  /// The same path with another extension.
  fileprivate func replacingExtension(_ new: String) -> FilePath {
    var path = self
    path.extension = new
    return path
  }
}
