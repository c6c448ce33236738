internal import Identifiers
internal import ModuleStore

/// All values that a first publish of files would store.
public struct BulkValues {
  /// The values: the contents, then the values that name them.
  public let values: [StoredValue]
  /// All files.
  public let manifest: AssetManifest

  /// Finds the values of files.
  ///
  /// - Parameters:
  ///   - source: The files.
  ///   - format: The form of the keys; with SHA-256 the shards and the root of the manifest are among the values.
  ///   - time: The time at which they are stored, in seconds since 1970.
  /// - Throws: `AssetError`, `PublishError.manifest`, and the error if a file cannot be read.
  public init(of source: any PublishSource, _ format: AssetKeyFormat, at time: Int64) throws {
    guard format == .sha256 else {
      let contents = try AssetContents(of: source, format)
      values = try contents.values(contents.items, at: time)
      manifest = contents.manifest
      return
    }
    let limits = ValueLimits.workersKV
    let files = try source.files().files
    manifest = AssetManifest(
      try files.map { file throws(AssetError) in
        Asset(
          path: try Asset.text(file.path), key: "\(file.key)",
          modified: UInt64(max(0, file.modified ?? source.time)), size: UInt64(file.size), type: file.type,
          chunks: limits.chunks(ofSize: file.size))
      })
    let plan: PublishPlan
    do throws(ManifestError) { plan = try PublishPlan(of: files, after: nil, at: source.time, limits) } catch
    {
      throw PublishError.manifest(error)
    }
    let reader = try source.contents.reader()
    values =
      try plan.uploads.flatMap { try BulkValues.values($0, reader, limits, time) }
      + plan.manifest.newShards.sorted { $0.key < $1.key }.map { BulkValues.value(.shard, $1, time) }
      + [BulkValues.value(.root, plan.manifest.rootValue, time)]
  }

  private static func value(
    _ kind: ValueKey.Kind, _ value: ManifestDraft.Value, _ time: Int64
  ) -> StoredValue {
    StoredValue(
      key: "\(ValueKey(kind, value.digest))", size: value.bytes.count, metadata: ValueMetadata(time: time)
    ) { value.bytes }
  }

  /// The values of a content: itself, or its chunks and then the list of their digests.
  private static func values(
    _ file: FileContent, _ reader: any ContentReader, _ limits: ValueLimits, _ time: Int64
  ) throws -> [StoredValue] {
    let chunks = limits.chunks(ofSize: file.size)
    let metadata = ValueMetadata(
      time: time, content: ValueMetadata.Content(size: file.size, type: file.type, chunks: chunks))
    let key = "\(file.key)"
    guard chunks > 0 else {
      return [StoredValue(key: key, size: file.size, metadata: metadata) { try reader.bytes(of: file) }]
    }
    let length = ManifestRoot.chunkLength
    let bytes = try reader.bytes(of: file)
    let parts = stride(from: 0, to: bytes.count, by: length).map {
      ManifestDraft.Value(Array(bytes[$0..<min($0 + length, bytes.count)]))
    }
    let list = parts.flatMap(\.digest.bytes)
    return parts.map { BulkValues.value(.chunk, $0, time) }
      + [StoredValue(key: key, size: list.count, metadata: metadata) { list }]
  }
}
