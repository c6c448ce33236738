internal import Identifiers

/// A part of a manifest: the rows whose keys have the same first bits, in the order of their keys.
public struct ManifestShard: Hashable, Sendable {
  /// The rows.
  public let rows: [ManifestRow]

  /// The maximum number of bytes in a shard.
  static let byteLimit = 8 << 20

  private static let magic = Array("WSMS".utf8)
  private static let rowLength = 80
  private static let pathLimit = 1...1_024
  private static let typeLimit = 1...127

  /// Creates a shard of rows.
  ///
  /// - Throws: `ManifestError.unusable`, `.collision`.
  init(_ rows: [ManifestRow]) throws(ManifestError) {
    for row in rows {
      guard ManifestShard.pathLimit.contains(row.path.count) else {
        throw .unusable(path: row.path, reason: "its path is empty, or is longer than 1,024 bytes")
      }
      guard ManifestShard.typeLimit.contains(row.type.utf8.count),
        row.type.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
      else { throw .unusable(path: row.path, reason: "its content type is not at most 127 ASCII characters") }
    }
    let keyed = rows.map { (key: $0.key, row: $0) }.sorted { $0.key < $1.key }
    for (one, other) in zip(keyed, keyed.dropFirst()) where one.key == other.key {
      throw .collision(one.row.path, other.row.path)
    }
    self.rows = keyed.map(\.row)
  }

  // MARK: Reading

  /// Reads the bytes of a shard.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - index: Its index in the root.
  ///   - bits: The root's power of shards.
  /// - Throws: `ManifestError.malformed`.
  public init(_ bytes: [UInt8], index: Int, bits: Int) throws(ManifestError) {
    var reader = FieldReader(bytes)
    try reader.expect(ManifestShard.magic, "it is not a shard of a manifest")
    try reader.expectVersion()
    guard try reader.integer(UInt8.self) == UInt8(bits), try reader.integer(UInt8.self) == UInt8(index) else {
      throw .malformed("it is the wrong shard")
    }
    let count = Int(try reader.integer(UInt32.self))
    let heapLength = Int(try reader.integer(UInt32.self))
    try reader.expectZeros(16)
    let heapStart = reader.position + ManifestShard.rowLength * count
    guard count > 0, bytes.count == heapStart + heapLength else { throw .malformed("its length is wrong") }
    var rows: [ManifestRow] = []
    var last: PathKey?
    for _ in 0..<count {
      let keyBytes = try reader.bytes(PathKey.byteCount)
      let row = try ManifestShard.row(&reader, in: bytes, heapStart..<bytes.count)
      guard row.key.bytes == keyBytes, row.key.shard(bits) == index, last.map({ $0 < row.key }) ?? true else {
        throw .malformed("its rows are not in order")
      }
      last = row.key
      rows.append(row)
    }
    self.rows = rows
  }

  private static func row(
    _ reader: inout FieldReader, in bytes: [UInt8], _ heap: Range<Int>
  ) throws(ManifestError) -> ManifestRow {
    guard let digest = ModuleDigest(bytes: try reader.bytes(ModuleDigest.byteCount)) else {
      throw .malformed("a digest is truncated")
    }
    let size = try reader.integer(UInt64.self)
    let modified = try reader.integer(UInt64.self)
    let starts = (Int(try reader.integer(UInt32.self)), Int(try reader.integer(UInt32.self)))
    let counts = (Int(try reader.integer(UInt16.self)), Int(try reader.integer(UInt16.self)))
    let chunks = try reader.integer(UInt32.self)
    func part(_ start: Int, _ count: Int, _ limit: ClosedRange<Int>) throws(ManifestError) -> [UInt8] {
      guard limit.contains(count), start >= heap.lowerBound, start + count <= heap.upperBound else {
        throw .malformed("a row refers to bytes outside the shard")
      }
      return Array(bytes[start..<start + count])
    }
    return ManifestRow(
      path: try part(starts.0, counts.0, pathLimit), digest: digest, size: size, modified: modified,
      type: String(decoding: try part(starts.1, counts.1, typeLimit), as: UTF8.self), chunks: chunks)
  }

  // MARK: Writing

  /// The bytes of the shard.
  ///
  /// - Throws: `ManifestError.tooLarge`.
  func bytes(index: Int, bits: Int) throws(ManifestError) -> [UInt8] {
    let start = 32 + ManifestShard.rowLength * rows.count
    let paths = rows.reduce(0) { $0 + $1.path.count }
    var places: [String: Int] = [:]
    var types: [UInt8] = []
    // Sorted by bytes; the types are ASCII.
    for type in Set(rows.map(\.type)).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      places[type] = start + paths + types.count
      types += Array(type.utf8)
    }
    guard start + paths + types.count <= ManifestShard.byteLimit else { throw .tooLarge(shard: index) }
    var writer = FieldWriter(reserving: start + paths + types.count)
    writer.append(ManifestShard.magic)
    writer.append(FieldReader.version)
    writer.append(UInt8(bits))
    writer.append(UInt8(index))
    writer.append(UInt32(rows.count))
    writer.append(UInt32(paths + types.count))
    writer.appendZeros(16)
    var pathStart = start
    for row in rows {
      writer.append(row.key.bytes)
      writer.append(row.digest.bytes)
      writer.append(row.size)
      writer.append(row.modified)
      writer.append(UInt32(pathStart))
      writer.append(UInt32(places[row.type] ?? 0))
      writer.append(UInt16(row.path.count))
      writer.append(UInt16(row.type.utf8.count))
      writer.append(row.chunks)
      pathStart += row.path.count
    }
    for row in rows { writer.append(row.path) }
    writer.append(types)
    return writer.bytes
  }
}
