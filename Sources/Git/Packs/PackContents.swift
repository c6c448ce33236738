internal import Crypto
internal import FileSystem
public import Identifiers
public import SystemPackage

/// The contents of one pack: its index, read completely and checked.
///
/// For code that looks up many objects; `PackIndex` reads only what a single look-up needs.
public final class PackContents: Sendable {
  /// The file of the index.
  public let indexPath: FilePath
  /// The file of the pack.
  public let packPath: FilePath
  /// The number of objects.
  public let count: Int
  /// The last 20 bytes of the pack that the index belongs to.
  let packChecksum: [UInt8]
  private let bytes: [UInt8]
  private let layout: Layout

  /// The offsets of the parts of an index.
  private struct Layout {
    let table: Int
    /// The first id, and the distance to the next.
    let ids: (start: Int, stride: Int)
    /// The first offset, and the distance to the next.
    let offsets: (start: Int, stride: Int)
    /// The offsets of eight bytes.
    let largeOffsets: Range<Int>
    /// Whether the offsets are next to the ids, with all their bits.
    var isVersion1: Bool { table == 0 }
  }

  private static let trailerSize = 2 * ObjectID.byteCount

  /// Reads an index of version 2 or 1; nil if it does not exist.
  ///
  /// - Throws: `damaged` if its checksum is wrong or it is inconsistent; `system` if it cannot be read.
  public init?(index path: FilePath) throws(GitError) {
    guard let bytes = try translated({ () throws(FileError) in try contents(of: path) }) else { return nil }
    self.bytes = bytes
    indexPath = path
    var pack = path
    pack.extension = "pack"
    packPath = pack
    (layout, count) = try PackContents.layout(of: bytes, at: path)
    let trailer = bytes.count - PackContents.trailerSize
    packChecksum = Array(bytes[trailer..<trailer + ObjectID.byteCount])
    var checksum = Insecure.SHA1()
    bytes.withUnsafeBytes {
      checksum.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0.dropLast(20)))
    }
    guard checksum.finalize().elementsEqual(bytes.suffix(ObjectID.byteCount)) else {
      throw GitError(.damaged, "\(path): the checksum does not match")
    }
    guard isOrdered else { throw GitError(.damaged, "\(path) is out of order") }
  }

  private static func layout(
    of bytes: [UInt8], at path: FilePath
  ) throws(GitError) -> (layout: Layout, count: Int) {
    let isVersion1 = bytes.count >= 4 && bytes.bigEndian32(at: 0) != packIndexMagic
    let table = isVersion1 ? 0 : 8
    let start = table + 256 * 4
    guard bytes.count >= start + trailerSize else { throw GitError(.damaged, "\(path) is truncated") }
    guard isVersion1 || bytes.bigEndian32(at: 4) == packIndexVersion else {
      throw GitError(.damaged, "\(path) has an unknown version")
    }
    let count = Int(bytes.bigEndian32(at: table + 255 * 4))
    let stride = ObjectID.byteCount + 4
    let rest = bytes.count - trailerSize - start - count * (isVersion1 ? stride : stride + 4)
    guard rest >= 0, isVersion1 ? rest == 0 : rest % 8 == 0 && rest / 8 <= count else {
      throw GitError(.damaged, "\(path) has the wrong length")
    }
    let end = bytes.count - trailerSize
    if isVersion1 {
      return (
        Layout(table: table, ids: (start + 4, stride), offsets: (start, stride), largeOffsets: end..<end),
        count
      )
    }
    let offsets = start + count * stride
    return (
      Layout(
        table: table, ids: (start, ObjectID.byteCount), offsets: (offsets, 4),
        largeOffsets: offsets + 4 * count..<end), count
    )
  }

  /// Whether the ids are sorted and the table counts them correctly.
  private var isOrdered: Bool {
    var counts = [Int](repeating: 0, count: 256)
    var last: ObjectID?
    for position in 0..<count {
      let id = id(at: position)
      if let last, last >= id { return false }
      last = id
      counts[Int(id[byte: 0])] += 1
    }
    var sum = 0
    for value in 0..<256 {
      sum += counts[value]
      if sum != Int(bytes.bigEndian32(at: layout.table + 4 * value)) { return false }
    }
    return true
  }

  /// The id at a position in the sorted list of ids.
  public func id(at position: Int) -> ObjectID {
    ObjectID(in: bytes, at: layout.ids.start + position * layout.ids.stride) ?? .zero
  }

  /// The offset of the entry of the object at a position.
  ///
  /// - Throws: `damaged` if the index refers to an offset that it does not contain.
  func offset(at position: Int) throws(GitError) -> Int {
    let short = bytes.bigEndian32(at: layout.offsets.start + position * layout.offsets.stride)
    guard short >= packIndexLargeOffset, !layout.isVersion1 else { return Int(short) }
    let place = layout.largeOffsets.lowerBound + 8 * Int(short & ~packIndexLargeOffset)
    guard place + 8 <= layout.largeOffsets.upperBound,
      let offset = Int(
        exactly: UInt64(bytes.bigEndian32(at: place)) << 32 | UInt64(bytes.bigEndian32(at: place + 4)))
    else { throw GitError(.damaged, "\(indexPath): an offset is missing") }
    return offset
  }

  /// The CRC-32 of the entry of the object at a position; nil if the index has none.
  func checksum(at position: Int) -> UInt32? {
    if layout.isVersion1 { return nil }
    return bytes.bigEndian32(at: layout.ids.start + count * ObjectID.byteCount + 4 * position)
  }

  /// Returns whether the pack contains an object.
  public func contains(_ id: ObjectID) -> Bool { position(of: id) != nil }

  /// The position of an object in the sorted list of ids; nil if the pack does not contain it.
  func position(of id: ObjectID) -> Int? {
    let first = Int(id[byte: 0])
    var low = first == 0 ? 0 : Int(bytes.bigEndian32(at: layout.table + 4 * (first - 1)))
    var high = Int(bytes.bigEndian32(at: layout.table + 4 * first))
    while low < high {
      let middle = (low + high) / 2
      let candidate = self.id(at: middle)
      if candidate == id { return middle }
      if id < candidate { high = middle } else { low = middle + 1 }
    }
    return nil
  }
}

extension [UInt8] {
  /// The 32-bit number in network byte order at a position with at least four bytes.
  func bigEndian32(at position: Int) -> UInt32 {
    UInt32(
      bigEndian: span.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt32.self))
  }
}
