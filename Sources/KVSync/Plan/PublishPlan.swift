internal import Identifiers
public import ModuleStore

/// The plan of a publish: the manifest, and the contents that the manifest before does not name.
public struct PublishPlan: Sendable {
  /// The manifest.
  public let manifest: ManifestDraft
  /// A file for each content to store, in the order of their paths.
  public let uploads: [FileContent]
  /// The number of files whose contents the manifest before names; nil if only the differences were examined.
  public let skipped: Int
  /// The removed paths.
  public let removed: [[UInt8]]

  /// Plans to publish all files.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - base: The manifest before; nil if there is none.
  ///   - time: The time of files without their own time, in seconds since 1970.
  ///   - limits: The limits of the store of values.
  /// - Throws: `ManifestError`.
  public init(
    of files: [FileContent], after base: KnownManifest?, at time: Int64, _ limits: ValueLimits
  ) throws(ManifestError) {
    let bits = try ManifestDraft.bits(for: files.count, after: base?.root)
    var parts = [[Int32]](repeating: [], count: 1 << bits)
    for (index, file) in files.enumerated() { parts[PathKey(file.path).shard(bits)].append(Int32(index)) }
    manifest = try ManifestDraft(bits: bits, count: files.count, of: parts.indices, after: base?.root) {
      shard in
      parts[shard].map { index in
        let file = files[Int(index)]
        return PublishPlan.row(file, after: base?.row(at: file.path), at: time, limits)
      }
    }
    uploads = PublishPlan.uploads(of: files, without: base?.digests ?? [])
    skipped = files.count - uploads.count
    removed =
      base.map { base in
        let paths = Set(files.lazy.map(\.path))
        return base.rows.map(\.path).filter { !paths.contains($0) }
      } ?? []
  }

  /// Plans to publish the files that differ from the published ones; the shards that contain them have been read.
  ///
  /// - Parameters:
  ///   - changes: The differences.
  ///   - base: The manifest before, with the shards of the changed files.
  ///   - time: The time of files without their own time, in seconds since 1970.
  ///   - limits: The limits of the store of values.
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
    for path in changes.removed { change(path, nil) }
    for file in changes.files {
      change(file.path, PublishPlan.row(file, after: base.row(at: file.path), at: time, limits))
    }
    let before = parts.keys.reduce(0) { $0 + base.rows(of: $1).count }
    let count = base.root.count - before + parts.values.reduce(0) { $0 + $1.count }
    manifest = try ManifestDraft(bits: base.root.bits, count: count, of: parts.keys, after: base.root) {
      shard in
      (parts[shard] ?? [:]).map(\.value)
    }
    uploads = PublishPlan.uploads(of: changes.files, without: base.digests)
    skipped = changes.files.count - uploads.count
    removed = changes.removed
  }

  /// A file for each content that is not stored yet.
  private static func uploads(of files: [FileContent], without known: Set<ModuleDigest>) -> [FileContent] {
    // Sorted, because a set of all digests takes as much memory as the files.
    let order = files.indices.filter { !known.contains(files[$0].digest) }
      .sorted { (files[$0].digest, $0) < (files[$1].digest, $1) }
    var firsts: [Int] = []
    for index in order where firsts.last.map({ files[$0].digest }) != files[index].digest {
      firsts.append(index)
    }
    // The list of all files is the same array, not another one.
    guard firsts.count < files.count else { return files }
    return firsts.sorted().map { files[$0] }
  }

  /// The row of a file; an unchanged row keeps its time, so that its shard stays the same.
  private static func row(
    _ file: FileContent, after old: ManifestRow?, at time: Int64, _ limits: ValueLimits
  ) -> ManifestRow {
    var modified = UInt64(max(0, file.modified ?? time))
    if let old { modified = old.digest == file.digest ? old.modified : max(modified, old.modified + 1) }
    return ManifestRow(
      path: file.path, digest: file.digest, size: UInt64(file.size), modified: modified,
      type: file.type,
      chunks: UInt32(limits.chunks(ofSize: file.size)))
  }
}

/// A published manifest: its root, and the shards that were read.
public struct KnownManifest: Sendable {
  /// The root.
  public let root: ManifestRoot
  private var shards: [Int: ManifestShard] = [:]

  /// Starts with only the root.
  public init(_ root: ManifestRoot) { self.root = root }

  /// Adds a shard.
  public mutating func insert(_ shard: ManifestShard, at index: Int) { shards[index] = shard }

  /// Whether a shard was read, or has no rows.
  public func has(_ index: Int) -> Bool { root.shards[index] == nil || shards[index] != nil }

  /// The rows of a shard.
  func rows(of index: Int) -> [ManifestRow] { shards[index]?.rows ?? [] }

  /// The rows of all shards that were read.
  var rows: [ManifestRow] { shards.keys.sorted().flatMap { rows(of: $0) } }

  /// The contents that the rows name.
  var digests: Set<ModuleDigest> { Set(shards.values.flatMap { $0.rows.map(\.digest) }) }

  /// The row of a path, in a shard that was read; nil if there is none.
  func row(at path: [UInt8]) -> ManifestRow? {
    let key = PathKey(path)
    return rows(of: key.shard(root.bits)).first { $0.path == path }
  }
}

extension FileContent {
  /// The media type.
  var type: String { ContentType.of(path: path, isModule: isModule) }
  /// The key of the content.
  var key: ValueKey { ValueKey(.content, digest) }
}

extension ValueLimits {
  /// The number of chunks of a content; 0 if it is in one piece.
  func chunks(ofSize size: Int) -> Int {
    guard let wholeContent, size > wholeContent else { return 0 }
    return (size + ManifestRoot.chunkLength - 1) / ManifestRoot.chunkLength
  }
}
