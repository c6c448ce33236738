internal import Identifiers
public import ModuleStore

/// What a publish comes to: the manifest, and the contents that the one before does not name.
public struct PublishPlan: Sendable {
  /// A content that is to be uploaded.
  public struct Upload: Hashable, Sendable {
    /// A file that holds it.
    public let file: FileContent
    /// What it is served as.
    public let type: String
  }

  /// The manifest.
  public let manifest: ManifestDraft
  /// The contents, in the order of their first paths.
  public let uploads: [Upload]
  /// The files whose contents the manifest before names; nil where only what differs was looked at.
  public let skipped: Int
  /// The paths that are gone.
  public let removed: [[UInt8]]

  /// Plans to publish all files.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - base: The manifest before; nil where there is none.
  ///   - time: The time of files that have none of their own, in seconds since 1970.
  ///   - limits: What the store of values takes.
  /// - Throws: `ManifestError`.
  public init(
    of files: [FileContent], after base: KnownManifest?, at time: Int64, _ limits: ValueLimits
  ) throws(ManifestError) {
    var rows: [ManifestRow] = []
    rows.reserveCapacity(files.count)
    let known = base?.digests ?? []
    var planned: Set<ModuleDigest> = []
    var uploads: [Upload] = []
    for file in files {
      let row = PublishPlan.row(file, after: base?.row(at: file.path), at: time, limits)
      rows.append(row)
      if !known.contains(file.digest), planned.insert(file.digest).inserted {
        uploads.append(Upload(file: file, type: row.type))
      }
    }
    let paths = Set(files.map(\.path))
    manifest = try ManifestDraft(of: rows, after: base?.root)
    self.uploads = uploads
    skipped = files.count - uploads.count
    removed = (base?.rows ?? []).map(\.path).filter { !paths.contains($0) }
  }

  /// Plans to publish the files that differ from what is published; the shards in which they are have been read.
  ///
  /// - Parameters:
  ///   - changes: What differs.
  ///   - base: The manifest before, with the shards that the changes touch.
  ///   - time: The time of files that have none of their own, in seconds since 1970.
  ///   - limits: What the store of values takes.
  /// - Throws: `ManifestError`.
  public init(
    of changes: FileContents, to base: KnownManifest, at time: Int64, _ limits: ValueLimits
  ) throws(ManifestError) {
    var parts: [Int: [[UInt8]: ManifestRow]] = [:]
    func change(_ path: [UInt8], _ row: ManifestRow?) {
      let index = PathKey(path).shard(base.root.bits)
      if parts[index] == nil {
        parts[index] = Dictionary(base.rows(of: index).map { ($0.path, $0) }) { first, _ in first }
      }
      parts[index]?[path] = row
    }
    var planned: Set<ModuleDigest> = []
    var uploads: [Upload] = []
    let known = base.digests
    for path in changes.removed { change(path, nil) }
    for file in changes.files {
      let row = PublishPlan.row(file, after: base.row(at: file.path), at: time, limits)
      change(file.path, row)
      if !known.contains(file.digest), planned.insert(file.digest).inserted {
        uploads.append(Upload(file: file, type: row.type))
      }
    }
    let before = parts.keys.reduce(0) { $0 + base.rows(of: $1).count }
    let count = base.root.count - before + parts.values.reduce(0) { $0 + $1.count }
    manifest = try ManifestDraft(
      changing: base.root, count: count, parts: parts.mapValues { Array($0.values) })
    self.uploads = uploads
    skipped = changes.files.count - uploads.count
    removed = changes.removed
  }

  /// The row of a file; one that the path had already keeps its time, so that its shard stays the same.
  private static func row(
    _ file: FileContent, after old: ManifestRow?, at time: Int64, _ limits: ValueLimits
  ) -> ManifestRow {
    var modified = UInt64(max(0, file.modified ?? time))
    if let old { modified = old.digest == file.digest ? old.modified : max(modified, old.modified + 1) }
    return ManifestRow(
      path: file.path, digest: file.digest, size: UInt64(file.size), modified: modified,
      type: ContentType.of(path: file.path, isModule: file.isModule),
      chunks: UInt32(limits.chunks(ofSize: file.size)))
  }
}

/// A manifest that is published: its root, and those of its shards that were read.
public struct KnownManifest: Sendable {
  /// The root.
  public let root: ManifestRoot
  private var shards: [Int: ManifestShard] = [:]

  /// Begins with the root alone.
  public init(_ root: ManifestRoot) { self.root = root }

  /// Adds a shard.
  public mutating func insert(_ shard: ManifestShard, at index: Int) { shards[index] = shard }

  /// Whether a shard was read, or has no rows.
  public func has(_ index: Int) -> Bool { root.shards[index] == nil || shards[index] != nil }

  /// The rows of a shard.
  func rows(of index: Int) -> [ManifestRow] { shards[index]?.rows ?? [] }

  /// The rows of all shards that were read.
  var rows: [ManifestRow] { shards.keys.sorted().flatMap { rows(of: $0) } }

  /// The contents that they name.
  var digests: Set<ModuleDigest> { Set(shards.values.flatMap { $0.rows.map(\.digest) }) }

  /// The row of a path, in a shard that was read; nil where there is none.
  func row(at path: [UInt8]) -> ManifestRow? {
    let key = PathKey(path)
    return rows(of: key.shard(root.bits)).first { $0.path == path }
  }
}

extension ValueLimits {
  /// The number of chunks of a content; 0 where it is in one piece.
  func chunks(ofSize size: Int) -> Int {
    guard let wholeContent, size > wholeContent else { return 0 }
    return (size + ManifestRoot.chunkLength - 1) / ManifestRoot.chunkLength
  }
}
