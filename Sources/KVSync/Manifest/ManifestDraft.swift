public import Identifiers
internal import ModuleStore

/// A manifest to publish: its root, and the shards that the manifest before does not contain.
public struct ManifestDraft: Hashable, Sendable {
  /// A value and the digest that names it.
  public struct Value: Hashable, Sendable {
    /// The SHA-256 of the bytes.
    public let digest: ModuleDigest
    /// The bytes.
    public let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      digest = ModuleDigest(of: bytes)
    }
  }

  /// The root.
  public let root: ManifestRoot
  /// The value of the root.
  public let rootValue: Value
  /// The new shards, by their index.
  public let newShards: [Int: Value]

  /// Creates the manifest of a set of files.
  ///
  /// - Parameters:
  ///   - rows: All files.
  ///   - base: The root of the manifest before; nil if there is none.
  /// - Throws: `ManifestError.tooManyFiles`, `.unusable`, `.collision`, `.tooLarge`.
  public init(of rows: [ManifestRow], after base: ManifestRoot? = nil) throws(ManifestError) {
    let bits = try ManifestDraft.bits(for: rows.count, after: base)
    var parts = [[ManifestRow]](repeating: [], count: 1 << bits)
    for row in rows { parts[row.key.shard(bits)].append(row) }
    try self.init(bits: bits, count: rows.count, of: parts.indices, after: base) { parts[$0] }
  }

  /// The power of shards for a number of files after a manifest.
  ///
  /// - Throws: `ManifestError.tooManyFiles`.
  static func bits(for count: Int, after base: ManifestRoot?) throws(ManifestError) -> Int {
    guard count <= ManifestRoot.countLimit else { throw .tooManyFiles(count) }
    return base?.nextBits(for: count) ?? ManifestRoot.bits(for: count)
  }

  /// Creates a manifest shard by shard, so that not all rows are in memory at once. If the power of shards is the one
  /// of the manifest before, the other shards stay as they are.
  ///
  /// - Parameters:
  ///   - bits: The power of shards.
  ///   - count: The number of rows of all shards.
  ///   - indices: The shards to create.
  ///   - base: The root of the manifest before; nil if there is none.
  ///   - rows: Returns the rows of a shard.
  /// - Throws: As for the manifest of a set of files.
  init(
    bits: Int, count: Int, of indices: some Sequence<Int>, after base: ManifestRoot?,
    rows: (Int) -> [ManifestRow]
  ) throws(ManifestError) {
    guard count <= ManifestRoot.countLimit else { throw .tooManyFiles(count) }
    let same = base?.bits == bits ? base : nil
    var shards = same?.shards ?? [ModuleDigest?](repeating: nil, count: 1 << bits)
    var values: [Int: Value] = [:]
    for index in indices {
      let rows = rows(index)
      guard !rows.isEmpty else {
        shards[index] = nil
        continue
      }
      let value = Value(try ManifestShard(rows).bytes(index: index, bits: bits))
      if shards[index] != value.digest { values[index] = value }
      shards[index] = value.digest
    }
    root = ManifestRoot(bits: bits, count: count, shards: shards)
    rootValue = Value(root.bytes)
    newShards = values
  }
}
