public import Identifiers
internal import ModuleStore

/// Reads published values, from the cache if possible. All bytes that it returns match the digest that names them.
public struct PublishedManifest {
  let values: any ValueStore
  let cache: ManifestCache?

  /// Prepares to read.
  public init(_ values: any ValueStore, cache: ManifestCache?) {
    self.values = values
    self.cache = cache
  }

  /// Reads a root.
  ///
  /// - Throws: `PublishError.unreadableManifest`, and the errors of the store of values.
  public func root(_ digest: ModuleDigest) throws -> KnownManifest {
    let bytes = try bytes(ValueKey(.root, digest))
    do throws(ManifestError) { return KnownManifest(try ManifestRoot(bytes)) } catch {
      throw PublishError.unreadableManifest(digest.hex)
    }
  }

  /// Reads the shards that were not read yet.
  ///
  /// - Parameters:
  ///   - indices: The indices of the shards.
  ///   - base: The manifest.
  /// - Returns: The manifest including these shards.
  /// - Throws: `PublishError.unreadableManifest`, and the errors of the store of values.
  public func reading(_ indices: Set<Int>, of base: KnownManifest) throws -> KnownManifest {
    var base = base
    for index in indices.sorted() where !base.has(index) {
      guard let digest = base.root.shards[index] else { continue }
      let bytes = try bytes(ValueKey(.shard, digest))
      do throws(ManifestError) {
        base.insert(try ManifestShard(bytes, index: index, bits: base.root.bits), at: index)
      } catch {
        throw PublishError.unreadableManifest(digest.hex)
      }
    }
    return base
  }

  /// All rows of a manifest, ordered by their paths.
  ///
  /// - Throws: As `reading`.
  public func rows(of digest: ModuleDigest) throws -> [ManifestRow] {
    let root = try root(digest)
    let base = try reading(Set(root.root.shards.indices), of: root)
    return base.rows.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// The row of a path; nil if nothing is published there.
  ///
  /// - Throws: As `reading`.
  public func row(at path: [UInt8], of digest: ModuleDigest) throws -> ManifestRow? {
    let root = try root(digest)
    return try reading([PathKey(path).shard(root.root.bits)], of: root).row(at: path)
  }

  /// Passes the content of a row to `body`, in pieces.
  ///
  /// - Throws: `PublishError.unreadableManifest` if a piece is missing or does not match, and the errors of the store
  ///   and of `body`.
  public func content(of row: ManifestRow, _ body: ([UInt8]) throws -> Void) throws {
    guard row.chunks > 0 else { return try body(try bytes(row.contentKey, isKept: false)) }
    for chunk in try chunks(of: row) { try body(try bytes(ValueKey(.chunk, chunk), isKept: false)) }
  }

  /// The chunks of a row's content, in order; none if it is in one piece.
  ///
  /// - Throws: `PublishError.unreadableManifest`, and the errors of the store of values.
  func chunks(of row: ManifestRow) throws -> [ModuleDigest] {
    guard row.chunks > 0 else { return [] }
    guard let list = try values.value("\(row.contentKey)"),
      list.count == Int(row.chunks) * ModuleDigest.byteCount
    else { throw PublishError.unreadableManifest(row.digest.hex) }
    return try stride(from: 0, to: list.count, by: ModuleDigest.byteCount).map { start in
      guard let digest = ModuleDigest(bytes: Array(list[start..<start + ModuleDigest.byteCount])) else {
        throw PublishError.unreadableManifest(row.digest.hex)
      }
      return digest
    }
  }

  private func bytes(_ key: ValueKey, isKept: Bool = true) throws -> [UInt8] {
    if isKept, let bytes = cache?.bytes(of: key.digest) { return bytes }
    guard let bytes = try values.value("\(key)"), ModuleDigest(of: bytes) == key.digest else {
      throw PublishError.unreadableManifest("\(key)")
    }
    if isKept { cache?.keep(bytes, as: key.digest) }
    return bytes
  }
}
