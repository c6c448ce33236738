public import Identifiers
internal import ModuleStore

/// A manifest that is to be published: its root, and those of its shards that the manifest before does not have.
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
  /// The shards that are new, by their index.
  public let newShards: [Int: Value]

  /// Makes the manifest of a set of files.
  ///
  /// - Parameters:
  ///   - rows: All files.
  ///   - base: The root of the manifest before; nil where there is none.
  /// - Throws: `ManifestError.tooManyFiles`, `.unusable`, `.collision`, `.tooLarge`.
  public init(of rows: [ManifestRow], after base: ManifestRoot? = nil) throws(ManifestError) {
    guard rows.count <= ManifestRoot.countLimit else { throw .tooManyFiles(rows.count) }
    let bits = base?.nextBits(for: rows.count) ?? ManifestRoot.bits(for: rows.count)
    var parts = [[ManifestRow]](repeating: [], count: 1 << bits)
    for row in rows { parts[row.key.shard(bits)].append(row) }
    try self.init(
      bits: bits, count: rows.count,
      parts: Dictionary(uniqueKeysWithValues: parts.enumerated().map { ($0, $1) }), kept: base)
  }

  /// Makes the manifest in which some shards of the one before have other rows.
  ///
  /// - Parameters:
  ///   - base: The root of the manifest before.
  ///   - count: The rows of all shards.
  ///   - parts: The rows of the shards that change.
  /// - Throws: As for all rows.
  init(changing base: ManifestRoot, count: Int, parts: [Int: [ManifestRow]]) throws(ManifestError) {
    try self.init(bits: base.bits, count: count, parts: parts, kept: base)
  }

  private init(
    bits: Int, count: Int, parts: [Int: [ManifestRow]], kept base: ManifestRoot?
  ) throws(ManifestError) {
    guard count <= ManifestRoot.countLimit else { throw .tooManyFiles(count) }
    let same = base?.bits == bits ? base : nil
    var shards = same?.shards ?? [ModuleDigest?](repeating: nil, count: 1 << bits)
    var values: [Int: Value] = [:]
    for (index, rows) in parts {
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
