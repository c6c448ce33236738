internal import Compression
internal import FileSystem
internal import Identifiers

/// One object in the form in which it is written to a pack.
enum EncodedObject: Sendable {
  /// Its deflated bytes.
  case whole(ObjectKind, size: Int, [UInt8])
  /// The deflated delta to another object.
  case changes(to: ObjectID, size: Int, [UInt8])
  /// An entry that is too large for memory, and the length of its header there.
  case largeEntry(PackExtents, position: Int, ObjectKind, size: Int, header: Int)
  /// A loose object that is too large for memory.
  case largeLoose(ObjectInventory.Folder, ObjectKind, size: Int)

  /// Whether other objects may be stored as deltas to it.
  var isTree: Bool {
    switch self {
    case .whole(let kind, _, _): kind == .tree
    case .changes: true
    case .largeEntry(_, _, let kind, _, _), .largeLoose(_, let kind, _): kind == .tree
    }
  }
}

/// The source of the objects of a new pack.
struct PackSource: Sendable {
  fileprivate let packs: [PackExtents]
  fileprivate let bases: [ObjectID: ObjectID]

  /// Opens the packs.
  init(_ inventory: ObjectInventory, bases: [ObjectID: ObjectID]) throws(GitError) {
    var packs: [PackExtents] = []
    for folder in inventory.folders {
      for contents in folder.packs {
        if let pack = try PackExtents(contents) { packs.append(pack) }
      }
    }
    self.packs = packs
    self.bases = bases
  }
}

extension PackSource {
  /// Encodes objects on one thread.
  struct Reader: ~Copyable {
    private let source: PackSource
    private let inventory: ObjectInventory
    private var reader: InventoryReader
    private let deflater: Deflater

    init(_ source: PackSource, _ inventory: ObjectInventory, level: Int) throws(GitError) {
      let reader = try InventoryReader(inventory)
      let deflater = try translated { () throws(CompressionError) in try Deflater(level: level) }
      self.source = source
      self.inventory = inventory
      self.reader = reader
      self.deflater = deflater
    }

    /// Encodes an object.
    ///
    /// - Parameters:
    ///   - id: The object.
    ///   - largeSize: The size from which only the object's place is returned.
    /// - Returns: The object's form in the pack.
    /// - Throws: `notFound` if it does not exist, `damaged` if its bytes do not match its id, `system`.
    mutating func encode(_ id: ObjectID, largeSize: Int) throws(GitError) -> EncodedObject {
      if let base = source.bases[id], let changes = try changes(from: base, to: id) { return changes }
      for pack in source.packs {
        guard let position = pack.contents.position(of: id) else { continue }
        let extent = try pack.extent(at: position)
        let header = try pack.header(of: extent)
        guard case .whole(let kind) = header.form else { break }
        if header.size >= largeSize {
          return .largeEntry(pack, position: position, kind, size: header.size, header: header.length)
        }
        var body: [UInt8] = []
        body.reserveCapacity(extent.count)
        try pack.forEachChunk(of: extent, at: position, from: extent.lowerBound + header.length) {
          (piece) throws(GitError) in body.append(contentsOf: piece)
        }
        return .whole(kind, size: header.size, body)
      }
      return try encodeAnew(id, largeSize: largeSize)
    }

    private mutating func encodeAnew(_ id: ObjectID, largeSize: Int) throws(GitError) -> EncodedObject {
      for folder in inventory.folders where folder.loose.contains(id) {
        guard let stream = try reader.looseStream(id, in: folder, verifying: true) else { continue }
        if stream.size >= largeSize { return .largeLoose(folder, stream.kind, size: stream.size) }
        let kind = stream.kind
        let bytes = try stream.readAll()
        return .whole(kind, size: bytes.count, try deflated(bytes))
      }
      guard let object = try reader.object(id, verifying: true) else {
        throw GitError(.notFound, "it does not exist")
      }
      return .whole(object.kind, size: object.bytes.count, try deflated(object.bytes))
    }

    private mutating func changes(
      from base: ObjectID, to id: ObjectID
    ) throws(GitError) -> EncodedObject? {
      guard let old = try reader.object(base, verifying: false),
        let new = try reader.object(id, verifying: true), old.kind == .tree, new.kind == .tree,
        let delta = try treeDelta(from: Tree(bytes: old.bytes), to: Tree(bytes: new.bytes))
      else { return nil }
      return .changes(to: base, size: delta.count, try deflated(delta))
    }

    private func deflated(_ bytes: [UInt8]) throws(GitError) -> [UInt8] {
      let output = ByteBuffer(count: deflater.bound(bytes.count))
      let count = try bytes.span.bytes.withUnsafeBytes { (bytes) throws(GitError) in
        try translated { () throws(CompressionError) in try deflater.deflate(bytes, into: output.bytes) }
      }
      return Array(output.bytes[..<count])
    }
  }
}
