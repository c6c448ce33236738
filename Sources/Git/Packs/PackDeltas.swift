internal import FileSystem
public import Identifiers
internal import SystemPackage

/// The blobs of a pack that are stored as deltas.
///
/// We never store blobs as deltas, because a reader must have such a blob and its bases in memory. Plain git may do
/// so.
extension PackContents {
  /// Counts the blobs that are stored as deltas and are large when they are resolved.
  ///
  /// - Parameters:
  ///   - limit: The minimum size of a counted blob in bytes.
  ///   - isBlob: Returns whether an object is a blob, if that is known; other objects are ignored.
  /// - Returns: Their number; 0 if the pack no longer exists.
  /// - Throws: `damaged` if the pack does not match its index, `system` if it cannot be read.
  public func largeDeltaCount(
    from limit: Int, among isBlob: ((ObjectID) -> Bool)? = nil
  ) throws(GitError) -> Int {
    guard let file = try openPack() else { return 0 }
    var entries = try PackForms(self, file)
    var found = 0
    for position in 0..<count where isBlob?(id(at: position)) ?? true {
      let offset = try offset(at: position)
      guard try entries.isDelta(at: offset) else { continue }
      if isBlob == nil, try entries.kind(at: offset) != .blob { continue }
      if try entries.sizeOfDelta(at: offset) >= limit { found += 1 }
    }
    return found
  }
}

/// The entries of a pack, according to their headers.
private struct PackForms: ~Copyable {
  private let pack: PackContents
  private let file: OpenFile
  /// The end of the entries.
  private let end: Int
  private var headers: [Int: PackEntryHeader] = [:]
  private var kinds: [Int: ObjectKind] = [:]
  private let room = ByteBuffer(count: PackForms.headerLimit)

  /// A kind, a size, and the base of a delta.
  private static let headerLimit = 32

  init(_ pack: PackContents, _ file: consuming OpenFile) throws(GitError) {
    self.pack = pack
    let size: Int
    do throws(FileError) { size = try file.size() } catch { throw GitError(error) }
    self.file = file
    end = size - ObjectID.byteCount
  }

  mutating func isDelta(at offset: Int) throws(GitError) -> Bool {
    if case .delta = try header(at: offset).form { true } else { false }
  }

  /// The kind of the object that an entry resolves to.
  mutating func kind(at offset: Int) throws(GitError) -> ObjectKind {
    var way: [Int] = []
    var offset = offset
    while true {
      if let known = kinds[offset] { return remember(known, along: way) }
      way.append(offset)
      // In a valid pack the bases of deltas form no cycle.
      guard way.count <= pack.count else {
        throw GitError(.damaged, "\(pack.packPath): deltas refer to each other in a circle")
      }
      switch try header(at: offset).form {
      case .whole(let kind): return remember(kind, along: way)
      case .delta(.offset(let distance)): offset -= distance
      case .delta(.object(let id)):
        guard let position = pack.position(of: id) else {
          throw GitError(.damaged, "\(pack.packPath): the base \(id) of a delta is not in the pack")
        }
        offset = try pack.offset(at: position)
      }
    }
  }

  private mutating func remember(_ kind: ObjectKind, along way: [Int]) -> ObjectKind {
    for offset in way { kinds[offset] = kind }
    return kind
  }

  /// The size of the object that a delta resolves to, which the delta contains after the size of its base.
  mutating func sizeOfDelta(at offset: Int) throws(GitError) -> Int {
    guard let file = try translated({ () throws(FileError) in try OpenFile(reading: pack.packPath) }) else {
      return 0
    }
    var source = DeflatedFile(file: file, start: offset + (try header(at: offset).length), end: end)
    let start = ByteBuffer(count: 2 * 10)
    let count = try source.read(into: start.bytes)
    var sizes: [Int] = []
    var size = 0
    var shift = 0
    for byte in start.bytes[..<count] where sizes.count < 2 {
      guard shift < 63 else { throw GitError(.damaged, "\(pack.packPath): a delta is not valid") }
      size |= Int(byte & 0x7f) << shift
      shift += 7
      if byte & 0x80 == 0 {
        sizes.append(size)
        (size, shift) = (0, 0)
      }
    }
    guard sizes.count == 2 else { throw GitError(.damaged, "\(pack.packPath): a delta is not valid") }
    return sizes[1]
  }

  private mutating func header(at offset: Int) throws(GitError) -> PackEntryHeader {
    if let known = headers[offset] { return known }
    guard offset >= PackEntry.packHeaderSize, offset < end else {
      throw GitError(.damaged, "\(pack.packPath): an offset is outside the file")
    }
    let part = UnsafeMutableRawBufferPointer(rebasing: room.bytes.prefix(end - offset))
    let count = try translated { () throws(FileError) in try file.read(at: offset, into: part) }
    guard let header = PackEntryHeader(UnsafeRawBufferPointer(rebasing: room.bytes[..<count])) else {
      throw GitError(.damaged, "\(pack.packPath): the entry at \(offset) is not valid")
    }
    headers[offset] = header
    return header
  }
}
