internal import Compression
internal import FileSystem
public import Identifiers
internal import SystemPackage

/// Reads objects of an inventory, one after the other, on one thread.
///
/// It keeps packs open and reuses buffers, so that an object costs little more than its bytes. Deltas are resolved
/// here; their bases are kept for the next delta.
public struct InventoryReader: ~Copyable {
  /// The first inventory. It keeps the newer ones alive, so that a pack can be identified by its address.
  private let inventory: ObjectInventory
  /// The newest inventory that was used.
  private var current: ObjectInventory
  private let inflater: Inflater
  private var input = ByteBuffer(count: InventoryReader.inputSize)
  private var openPacks: [ObjectIdentifier: OpenPack] = [:]
  private var bases = DeltaBases()

  /// An object in memory.
  public typealias Object = (kind: ObjectKind, bytes: [UInt8])

  private static let inputSize = 4096
  /// The maximum number of searches for an object while packs change.
  private static let attempts = 8
  /// The number of packs that are kept open.
  private static let openLimit = 16
  /// A longer chain of deltas than any program creates.
  private static let depthLimit = 10_000

  /// An open pack.
  private final class OpenPack {
    let file: OpenFile
    /// The end of its entries: the offset of its checksum.
    let end: Int

    init(file: consuming OpenFile, end: Int) {
      self.file = file
      self.end = end
    }
  }

  /// Starts to read; nothing is opened yet.
  public init(_ inventory: ObjectInventory) throws(GitError) {
    self.inventory = inventory
    current = inventory
    inflater = try translated { () throws(CompressionError) in try Inflater() }
  }

  /// Reads an object from the first place where it is intact.
  ///
  /// - Parameters:
  ///   - id: The object.
  ///   - verifying: Whether its id is computed from its bytes.
  /// - Returns: The object; nil if it does not exist.
  /// - Throws: `damaged` if its bytes do not match its id in any place, `system` if it cannot be read.
  public mutating func object(_ id: ObjectID, verifying: Bool) throws(GitError) -> Object? {
    for _ in 0..<InventoryReader.attempts {
      var failure: GitError?
      do throws(GitError) {
        if let object = try listedObject(id, verifying: verifying) { return object }
      } catch {
        guard error.isDamage else { throw error }
        failure = error
      }
      // A repack by git may have moved it since it was listed.
      guard let newer = try current.successor() else {
        if let failure { throw failure }
        return nil
      }
      current = newer
    }
    return try listedObject(id, verifying: verifying)
  }

  /// Reads an object from the first listed place where it is intact.
  private mutating func listedObject(_ id: ObjectID, verifying: Bool) throws(GitError) -> Object? {
    var failure: GitError?
    for folder in current.folders {
      if folder.loose.contains(id) {
        do throws(GitError) {
          if let object = try looseObject(id, in: folder, verifying: verifying) { return object }
        } catch {
          guard error.isDamage else { throw error }
          failure = failure ?? error
        }
      }
      for pack in folder.packs {
        guard let position = pack.position(of: id) else { continue }
        do throws(GitError) {
          if let object = try object(at: position, in: pack, verifying: verifying) { return object }
        } catch {
          guard error.isDamage else { throw error }
          failure = failure ?? error
        }
      }
    }
    if let failure { throw failure }
    return nil
  }

  /// Reads a loose object; nil if it no longer exists.
  ///
  /// - Throws: `damaged` if its bytes do not match its id, `system` if it cannot be read.
  public func looseObject(
    _ id: ObjectID, in folder: ObjectInventory.Folder, verifying: Bool
  ) throws(GitError) -> Object? {
    guard let stream = try looseStream(id, in: folder, verifying: verifying) else { return nil }
    return (stream.kind, try stream.readAll())
  }

  /// Starts to read a loose object in pieces; nil if it no longer exists.
  ///
  /// - Throws: As `looseObject`.
  public func looseStream(
    _ id: ObjectID, in folder: ObjectInventory.Folder, verifying: Bool
  ) throws(GitError) -> ObjectStream? {
    let path = folder.path.looseObject(id)
    guard let file = try translated({ () throws(FileError) in try OpenFile(reading: path) }) else {
      return nil
    }
    return try ObjectStream(loose: file, id: id, verifying: verifying)
  }

  /// Reads the object at a position in a pack's sorted list of ids; nil if the pack no longer exists.
  ///
  /// - Throws: `damaged` if it does not match the index, `system` if it cannot be read.
  public mutating func object(
    at position: Int, in pack: PackContents, verifying: Bool
  ) throws(GitError) -> Object? {
    let id = pack.id(at: position)
    do throws(GitError) {
      guard let open = try openPack(pack) else { return nil }
      let object = try entry(at: pack.offset(at: position), in: pack, open)
      if verifying, try ObjectID(of: object.bytes.span.bytes, kind: object.kind) != id {
        throw GitError(.damaged, "the content does not match this id")
      }
      return object
    } catch {
      throw error.naming(id)
    }
  }

  /// Starts to read a large object of a pack in pieces.
  ///
  /// - Parameters:
  ///   - position: The object's position in the pack's sorted list of ids.
  ///   - pack: The pack.
  ///   - size: The size from which an object is large.
  /// - Returns: The object; nil if it is small or a delta, or the pack no longer exists.
  /// - Throws: As `object(at:in:verifying:)`.
  public mutating func stream(
    at position: Int, in pack: PackContents, from size: Int
  ) throws(GitError) -> ObjectStream? {
    let id = pack.id(at: position)
    do throws(GitError) {
      guard let open = try openPack(pack) else { return nil }
      let entry = try PackEntry(in: open.file, at: pack.offset(at: position), end: open.end)
      guard case .whole(let kind) = entry.form, entry.size >= size,
        let file = try translated({ () throws(FileError) in try OpenFile(reading: pack.packPath) })
      else { return nil }
      return try ObjectStream(entry: entry, id: id, kind: kind, file: file, verifying: true)
    } catch {
      throw error.naming(id)
    }
  }

  /// Opens a pack, and checks that its index belongs to it.
  private mutating func openPack(_ pack: PackContents) throws(GitError) -> OpenPack? {
    if let open = openPacks[ObjectIdentifier(pack)] { return open }
    guard let file = try pack.openPack() else { return nil }
    let end = try translated { () throws(FileError) in try file.size() } - ObjectID.byteCount
    if openPacks.count == InventoryReader.openLimit { openPacks.removeAll() }
    let open = OpenPack(file: file, end: end)
    openPacks[ObjectIdentifier(pack)] = open
    return open
  }

  /// Reads an entry, and resolves a delta.
  private mutating func entry(
    at offset: Int, in pack: PackContents, _ open: OpenPack
  ) throws(GitError) -> Object {
    var deltas: [(offset: Int, delta: PackDelta)] = []
    var offset = offset
    var base: Object?
    while base == nil {
      if let known = bases.object(at: offset, in: pack) {
        base = known
        break
      }
      let (header, bytes) = try inflatedEntry(at: offset, open)
      switch header.form {
      case .whole(let kind): base = (kind, bytes)
      case .delta(.offset(let distance)):
        deltas.append((offset, try PackDelta(bytes)))
        offset -= distance
      case .delta(.object(let id)):
        deltas.append((offset, try PackDelta(bytes)))
        guard let position = pack.position(of: id) else {
          throw GitError(.damaged, "\(pack.packPath): the base \(id) of a delta is not in the pack")
        }
        offset = try pack.offset(at: position)
      }
      guard deltas.count < InventoryReader.depthLimit else {
        throw GitError(.damaged, "\(pack.packPath): deltas refer to each other in a circle")
      }
    }
    guard var object = base else { throw GitError(.damaged, "\(pack.packPath): an entry is missing") }
    if !deltas.isEmpty { bases.insert(object, at: offset, in: pack) }
    for (place, delta) in deltas.reversed() {
      object.bytes = try delta.applied(to: object.bytes)
      bases.insert(object, at: place, in: pack)
    }
    return object
  }

  /// Reads an entry's header and inflates its bytes, in one system call if they are few.
  private mutating func inflatedEntry(
    at offset: Int, _ open: OpenPack
  ) throws(GitError) -> (header: PackEntryHeader, bytes: [UInt8]) {
    guard offset >= PackEntry.packHeaderSize, offset < open.end else {
      throw GitError(.damaged, "\(open.file.path): an offset is outside the file")
    }
    var count = try fill(from: open, at: offset, count: InventoryReader.inputSize)
    guard let header = PackEntryHeader(UnsafeRawBufferPointer(rebasing: input.bytes[..<count])),
      header.size <= Inflater.limit(of: open.end - offset)
    else { throw GitError(.damaged, "\(open.file.path): the entry at \(offset) is not valid") }
    // No program deflates data to much more than its own size: nine bits for each byte, and a few bytes for each
    // block.
    let limit = header.length + header.size + header.size / 8 + 64
    // The size comes from a file that may be damaged: memory for a large object is reserved as its bytes arrive.
    if header.size <= ObjectStream.wholeLimit {
      if limit > count, count == InventoryReader.inputSize {
        count = try fill(from: open, at: offset, count: limit)
      }
      let output = ByteBuffer(count: header.size)
      let room = UnsafeMutableRawBufferPointer(rebasing: output.bytes[..<header.size])
      let deflated = UnsafeRawBufferPointer(rebasing: input.bytes[header.length..<count])
      if inflater.inflate(deflated, filling: room) != nil { return (header, Array(room)) }
    }
    return (header, try inflatedInPieces(at: offset + header.length, size: header.size, open))
  }

  /// Inflates a large entry, or determines what is wrong with it.
  private func inflatedInPieces(at start: Int, size: Int, _ open: OpenPack) throws(GitError) -> [UInt8] {
    let path = open.file.path
    guard let file = try translated({ () throws(FileError) in try OpenFile(reading: path) }) else {
      throw GitError(.damaged, "\(path) no longer exists")
    }
    var source = DeflatedFile(file: file, start: start, end: open.end)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size, 8 << 20))
    let chunk = ByteBuffer(count: 1 << 16)
    do throws(GitError) {
      while bytes.count < size {
        let room = UnsafeMutableRawBufferPointer(rebasing: chunk.bytes.prefix(size - bytes.count))
        let count = try source.read(into: room)
        guard count > 0 else { throw GitError(.damaged, "the data is truncated") }
        bytes += room[..<count]
      }
      _ = try source.finish()
      return bytes
    } catch {
      guard error.code == .damaged else { throw error }
      throw GitError(.damaged, "\(error.message), in \(path) at \(start)")
    }
  }

  /// Reads deflated bytes into the buffer, which grows if necessary.
  private mutating func fill(from open: OpenPack, at offset: Int, count: Int) throws(GitError) -> Int {
    let count = min(count, open.end - offset)
    if count > input.bytes.count { input = ByteBuffer(count: count) }
    let room = UnsafeMutableRawBufferPointer(rebasing: input.bytes[..<count])
    return try translated { () throws(FileError) in try open.file.read(at: offset, into: room) }
  }
}
