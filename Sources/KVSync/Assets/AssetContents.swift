internal import FileSystem
internal import Identifiers
public import ModuleStore

/// Files with their keys, and a reader of their contents.
public struct AssetContents: Sendable {
  /// A file that has a key of its own.
  struct Item: Sendable {
    let asset: Asset
    let file: FileContent
  }

  /// All files, in the order of their paths.
  public let manifest: AssetManifest
  /// A file for each key, in the order of their first paths.
  let items: [Item]
  /// Links, and other entries that are not regular files.
  public let leftOut: [RawPath]
  private let contents: any ContentSource

  /// The size limits of values and of keys in Workers KV, in bytes.
  private static let valueLimit = 25 << 20
  private static let keyLimit = 512

  /// Finds the keys of all files.
  ///
  /// - Parameters:
  ///   - source: The files.
  ///   - format: The form of the keys.
  /// - Throws: `AssetError`, `StoreError.cancelled`, and the error if a file cannot be read.
  public init(of source: any PublishSource, _ format: AssetKeyFormat) throws {
    let found = try source.files()
    let (contents, work, time) = (source.contents, source.work, source.time)
    let files = found.files
    let items = try inParallel(
      files.count, workers: availableCores(), begin: { () throws(any Error) in try contents.reader() },
      end: { (_: consuming any ContentReader) throws(any Error) in }
    ) { (index, reader: inout any ContentReader) throws(any Error) in
      try work.check()
      return try AssetContents.item(files[index], format, time, reader)
    }
    manifest = AssetManifest(items.map(\.asset))
    var keys: Set<String> = []
    self.items = items.filter { keys.insert($0.asset.key).inserted }
    leftOut = found.skipped
    self.contents = contents
  }

  private static func item(
    _ file: FileContent, _ format: AssetKeyFormat, _ time: Int64, _ reader: any ContentReader
  ) throws -> Item {
    let path = try Asset.text(file.path)
    guard file.size <= valueLimit else { throw AssetError.tooLarge("/" + path) }
    let key = try format.key(path: path, digest: file.digest) { try reader.bytes(of: file) }
    guard key.utf8.count <= keyLimit else { throw AssetError.longKey("/" + path) }
    let asset = Asset(
      path: path, key: key, modified: UInt64(max(0, file.modified ?? time)), size: UInt64(file.size),
      type: file.type)
    return Item(asset: asset, file: file)
  }

  /// The values of some keys.
  ///
  /// - Parameters:
  ///   - items: The items whose values are returned.
  ///   - time: The time at which they are stored, in seconds since 1970.
  /// - Returns: The values, in the order of the items.
  /// - Throws: `AssetError.changed`, and the error if a file cannot be read.
  func values(_ items: [Item], at time: Int64) throws -> [StoredValue] {
    let reader = try contents.reader()
    return items.map { item in
      let metadata = ValueMetadata.Content(size: item.file.size, type: item.asset.type, chunks: 0)
      return StoredValue(
        key: item.asset.key, size: item.file.size, metadata: ValueMetadata(time: time, content: metadata)
      ) { try reader.bytes(of: item.file) }
    }
  }
}
