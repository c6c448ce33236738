internal import Compression
internal import FileSystem
internal import Identifiers
public import SystemPackage

/// Copies objects of a repository into one new pack.
///
/// Objects that are whole in a pack are copied without being inflated. Loose objects are deflated again, because
/// their stream begins with git's header. Deltas are resolved, and only trees are stored as deltas again. The same
/// plan and the same files give the same bytes.
public struct PackCopy: Sendable {
  private let inventory: ObjectInventory
  private let temporary: FilePath
  private let level: Int
  private let isWanted: @Sendable () -> Bool

  /// The inflated size from which an object is copied in pieces.
  private static let largeSize = 4 << 20
  /// Objects that are in memory at the same time.
  private static let roundCount = 256

  /// Prepares a copy.
  ///
  /// - Parameters:
  ///   - inventory: The places of the objects.
  ///   - temporary: The folder for unfinished files, created if it is missing.
  ///   - level: The compression level for objects that must be deflated: 0 (stored) to 12 (slowest).
  ///   - isWanted: Called repeatedly; false cancels the copy.
  public init(
    _ inventory: ObjectInventory, temporary: FilePath, level: Int = 6,
    while isWanted: @escaping @Sendable () -> Bool = { true }
  ) {
    self.inventory = inventory
    self.temporary = temporary
    self.level = level
    self.isWanted = isWanted
  }

  /// Writes the pack.
  ///
  /// - Parameters:
  ///   - plan: The contents of the pack.
  ///   - progress: Receives the number of written objects and bytes.
  /// - Returns: The pack, which has no name yet; nil if the plan has no object.
  /// - Throws: `notFound` if an object does not exist, `damaged` if its bytes do not match its id, `system` if files
  ///   cannot be read or written, `cancelled`.
  public func write(
    _ plan: PackPlan, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(GitError) -> SealedPack? {
    let source = try PackSource(inventory, bases: plan.bases)
    var file = try PackFile(in: temporary)
    var offsets: [ObjectID: Int] = [:]
    var rest = plan.objects[...]
    while !rest.isEmpty {
      guard isWanted() else { throw GitError(.cancelled, "interrupted") }
      let round = Array(rest.prefix(PackCopy.roundCount))
      rest = rest.dropFirst(round.count)
      let encoded = try encode(round, from: source)
      for (id, object) in zip(round, encoded) {
        guard let record = try file.records.claim(id) else { continue }
        let offset = file.size
        try append(object, id, as: record, to: &file, source: source) { base in
          offsets[base].map { offset - $0 }
        }
        if object.isTree { offsets[id] = offset }
      }
      progress(plan.objects.count - rest.count, file.size)
    }
    return try file.seal(in: temporary)
  }

  private func encode(_ round: [ObjectID], from source: PackSource) throws(GitError) -> [EncodedObject] {
    try inParallel(
      round.count, workers: availableCores(),
      begin: { () throws(GitError) in try PackSource.Reader(source, inventory, level: level) },
      end: { (_) throws(GitError) in }
    ) { (index, reader) throws(GitError) in
      do throws(GitError) {
        return try reader.encode(round[index], largeSize: PackCopy.largeSize)
      } catch {
        throw error.naming(round[index])
      }
    }
  }

  private func append(
    _ object: EncodedObject, _ id: ObjectID, as record: Int, to file: inout PackFile, source: PackSource,
    distance: (ObjectID) -> Int?
  ) throws(GitError) {
    switch object {
    case .whole(let kind, let size, let body):
      let header = packEntryHeader(kind: kind, size: size)
      try body.span.bytes.withUnsafeBytes { (bytes) throws(GitError) in
        try file.append(record, header: header, body: bytes)
      }
    case .changes(let base, let size, let body):
      guard let distance = distance(base) else { throw GitError(.failed, "\(base) must come before \(id)") }
      let header = packDeltaHeader(size: size, distance: distance)
      try body.span.bytes.withUnsafeBytes { (bytes) throws(GitError) in
        try file.append(record, header: header, body: bytes)
      }
    case .largeEntry(let pack, let position, let kind, let size, let header):
      let extent = try pack.extent(at: position)
      try file.append(record, header: packEntryHeader(kind: kind, size: size)) { (write) throws(GitError) in
        try pack.forEachChunk(of: extent, at: position, from: extent.lowerBound + header) {
          (piece) throws(GitError) in
          guard isWanted() else { throw GitError(.cancelled, "interrupted") }
          try write(piece)
        }
      }
    case .largeLoose(let folder, let kind, let size):
      try appendLoose(id, in: folder, kind, size: size, as: record, to: &file)
    }
  }

  private func appendLoose(
    _ id: ObjectID, in folder: ObjectInventory.Folder, _ kind: ObjectKind, size: Int, as record: Int,
    to file: inout PackFile
  ) throws(GitError) {
    let reader = try InventoryReader(inventory)
    guard var stream = try reader.looseStream(id, in: folder, verifying: true) else {
      throw GitError(.notFound, "\(id) is missing")
    }
    var deflater = try translated { () throws(CompressionError) in try DeflateStream(level: level) }
    try file.append(record, header: packEntryHeader(kind: kind, size: size)) { (write) throws(GitError) in
      try stream.forEachChunk { (chunk) throws(GitError) in
        guard isWanted() else { throw GitError(.cancelled, "interrupted") }
        try chunk.withUnsafeBytes { (bytes) throws(GitError) in
          try deflater.append(bytes, failure: { GitError($0) }, sink: write)
        }
      }
      try deflater.finish(failure: { GitError($0) }, sink: write)
    }
  }
}

/// Encodes the reference to a base at this distance before a delta (gitformat-pack, "OFS_DELTA").
private func packDeltaHeader(size: Int, distance: Int) -> [UInt8] {
  var bytes = packEntryHeader(kind: .blob, size: size)
  bytes[0] = bytes[0] & 0x8f | 6 << 4
  var rest = distance
  var offset = [UInt8(rest & 0x7f)]
  rest >>= 7
  while rest > 0 {
    rest -= 1
    offset.append(UInt8(rest & 0x7f) | 0x80)
    rest >>= 7
  }
  return bytes + offset.reversed()
}
