internal import JSONText

/// The files of a folder or branch and their keys, in a form that is built into a Worker (Documentation/kv.md, "Other
/// manifests").
public struct AssetManifest: Sendable {
  /// The file format of the manifest.
  public enum Format: String, CaseIterable, Sendable {
    /// The format of kv-assets: a map of Rust, encoded with bincode 1.
    case bincode
    /// The format of Workers Sites: JSON with a key for each path.
    case sites
    /// JSON with all known properties of each file.
    case json

    /// Whether the format can describe contents in chunks.
    public var tellsOfChunks: Bool { self == .json }
  }

  /// The files, ordered by the bytes of their paths.
  public let assets: [Asset]

  /// Creates a manifest of files.
  public init(_ assets: [Asset]) {
    self.assets = assets.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Creates a manifest of the published files.
  ///
  /// - Throws: `AssetError.notUTF8`.
  public init(of rows: [ManifestRow]) throws(AssetError) {
    self.init(try rows.map { row throws(AssetError) in try Asset(row) })
  }

  /// The keys.
  public var keys: Set<String> { Set(assets.map(\.key)) }

  // MARK: Writing

  /// The manifest as bytes. Equal files give equal bytes.
  ///
  /// - Throws: `AssetError.inChunks` if the format cannot describe chunks.
  public func bytes(_ format: Format) throws(AssetError) -> [UInt8] {
    if !format.tellsOfChunks, let asset = assets.first(where: { $0.chunks > 0 }) {
      throw .inChunks("/" + asset.path)
    }
    switch format {
    case .bincode: return bincode
    case .sites: return object { $1.text($0.key) }
    case .json:
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("files") { $0.write(.serialized(object(AssetManifest.write))) }
        writer.member("v", AssetManifest.version)
      }
      return writer.bytes
    }
  }

  /// The version of the format `json`.
  private static let version = 1

  private static func write(_ asset: Asset, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("k", asset.key)
      writer.member("modified", asset.modified)
      writer.member("n", asset.chunks)
      writer.member("size", asset.size)
      writer.member("type", asset.type)
    }
  }

  /// An object with a member for each path.
  private func object(_ write: (Asset, inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      for asset in assets { writer.member(utf8: Array(asset.path.utf8)) { write(asset, &$0) } }
    }
    return writer.bytes
  }

  private var bincode: [UInt8] {
    var writer = FieldWriter()
    func append(_ text: String) {
      writer.append(UInt64(text.utf8.count))
      writer.append(Array(text.utf8))
    }
    writer.append(UInt64(assets.count))
    for asset in assets {
      append(asset.path)
      append(asset.key)
      writer.append(asset.modified)
      writer.append(asset.size)
    }
    return writer.bytes
  }

  // MARK: Reading

  /// Reads a manifest in any of the formats.
  ///
  /// - Parameters:
  ///   - bytes: The manifest.
  ///   - name: Its name in messages.
  /// - Throws: `AssetError.noManifest`.
  public init(_ bytes: [UInt8], named name: String) throws(AssetError) {
    guard bytes.first == UInt8(ascii: "{"), case .object(let members)? = JSONValue(parsing: bytes) else {
      do throws(ManifestError) { self.init(try AssetManifest.readBincode(bytes)) } catch {
        throw .noManifest(name)
      }
      return
    }
    let isSites = members.allSatisfy { $0.1.text != nil }
    guard !isSites else {
      self.init(members.map { Asset(path: $0.0, key: $0.1.text ?? "", modified: 0, size: 0) })
      return
    }
    guard case .object(let files)? = members.first(where: { $0.0 == "files" })?.1 else {
      throw .noManifest(name)
    }
    var assets: [Asset] = []
    for (path, file) in files {
      guard let key = file["k"]?.text, let size = file["size"]?.number,
        let modified = file["modified"]?.number
      else { throw .noManifest(name) }
      assets.append(
        Asset(
          path: path, key: key, modified: UInt64(clamping: modified), size: UInt64(clamping: size),
          type: file["type"]?.text ?? "", chunks: Int(file["n"]?.number ?? 0)))
    }
    self.init(assets)
  }

  /// Reads a map; bytes after it are ignored, as bincode does.
  private static func readBincode(_ bytes: [UInt8]) throws(ManifestError) -> [Asset] {
    var reader = FieldReader(bytes)
    func text(_ reader: inout FieldReader) throws(ManifestError) -> String {
      let count = try reader.integer(UInt64.self)
      guard count <= UInt64(bytes.count),
        let text = String(validating: try reader.bytes(Int(count)), as: UTF8.self)
      else { throw .malformed("a string is truncated") }
      return text
    }
    let count = try reader.integer(UInt64.self)
    guard count <= UInt64(bytes.count) else { throw .malformed("it has too many files") }
    var assets: [Asset] = []
    for _ in 0..<count {
      let path = try text(&reader)
      let key = try text(&reader)
      let modified = try reader.integer(UInt64.self)
      assets.append(
        Asset(path: path, key: key, modified: modified, size: try reader.integer(UInt64.self)))
    }
    return assets
  }
}
