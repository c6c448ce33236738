internal import FileSystem
public import Identifiers
public import SystemPackage

/// A place where an object is stored. An object may have several.
public struct ObjectCopy: Sendable {
  enum Place: Sendable {
    case loose(ObjectInventory.Folder)
    /// At a position in a pack's sorted list of ids.
    case packed(PackContents, Int)
  }

  /// The object.
  public let id: ObjectID
  let place: Place

  /// The file that contains it.
  public var path: FilePath {
    switch place {
    case .loose(let folder): folder.path.looseObject(id)
    case .packed(let pack, _): pack.packPath
    }
  }

  /// Whether the file contains only this object.
  public var isLoose: Bool {
    if case .loose = place { true } else { false }
  }
}

extension ObjectInventory {
  /// The places of objects, in the order in which they are in their files.
  ///
  /// - Parameter isWanted: Returns whether an object is wanted.
  /// - Returns: All places of the wanted objects.
  /// - Throws: `damaged` if an index is inconsistent.
  public func copies(of isWanted: (ObjectID) -> Bool) throws(GitError) -> [ObjectCopy] {
    var copies: [ObjectCopy] = []
    for folder in folders {
      copies += folder.loose.filter(isWanted).sorted().map { ObjectCopy(id: $0, place: .loose(folder)) }
      for pack in folder.packs {
        var found: [(offset: Int, position: Int)] = []
        for position in 0..<pack.count where isWanted(pack.id(at: position)) {
          found.append((try pack.offset(at: position), position))
        }
        found.sort { $0.offset < $1.offset }
        copies += found.map { ObjectCopy(id: pack.id(at: $0.position), place: .packed(pack, $0.position)) }
      }
    }
    return copies
  }
}

extension InventoryReader {
  /// Objects of at least this size are read in pieces, unless they are stored as deltas.
  private static let largeSize = 4 << 20

  /// Reads an object from one of its places, and checks that its bytes match its id.
  ///
  /// - Parameters:
  ///   - copy: The place.
  ///   - body: Receives the bytes in pieces.
  /// - Returns: The object's header; nil if the file no longer exists.
  /// - Throws: `damaged` if the bytes do not match the id, `system` if the file cannot be read, and errors of `body`.
  public mutating func verify(
    _ copy: ObjectCopy, _ body: (RawSpan) throws(GitError) -> Void
  ) throws(GitError) -> ObjectKind? {
    let stream: ObjectStream?
    switch copy.place {
    case .loose(let folder):
      stream = try looseStream(copy.id, in: folder, verifying: true)
      guard stream != nil else { return nil }
    case .packed(let pack, let position):
      stream = try self.stream(at: position, in: pack, from: InventoryReader.largeSize)
    }
    if var stream {
      let kind = stream.kind
      if stream.size < InventoryReader.largeSize {
        let bytes = try stream.readAll()
        try body(bytes.span.bytes)
      } else {
        try stream.forEachChunk(body)
      }
      return kind
    }
    guard case .packed(let pack, let position) = copy.place,
      let object = try object(at: position, in: pack, verifying: true)
    else { return nil }
    try body(object.bytes.span.bytes)
    return object.kind
  }
}
