internal import Identifiers

/// A file, and the key of its content.
public struct Asset: Hashable, Sendable {
  /// The path, without a leading slash.
  public let path: String
  /// The key of the content.
  public let key: String
  /// When the file was last written, in seconds since 1970.
  public let modified: UInt64
  /// The number of bytes.
  public let size: UInt64
  /// The media type (`Content-Type`); empty if it is not known.
  public let type: String
  /// The number of chunks that the content is split into; 0 if it is in one piece.
  public let chunks: Int

  init(path: String, key: String, modified: UInt64, size: UInt64, type: String = "", chunks: Int = 0) {
    self.path = path
    self.key = key
    self.modified = modified
    self.size = size
    self.type = type
    self.chunks = chunks
  }

  /// The file of a row of a manifest.
  ///
  /// - Throws: `AssetError.notUTF8`.
  init(_ row: ManifestRow) throws(AssetError) {
    self.init(
      path: try Asset.text(row.path), key: "\(row.contentKey)", modified: row.modified, size: row.size,
      type: row.type, chunks: Int(row.chunks))
  }

  /// A path as text.
  ///
  /// - Throws: `AssetError.notUTF8`.
  static func text(_ path: [UInt8]) throws(AssetError) -> String {
    guard let text = String(validating: path, as: UTF8.self) else {
      throw .notUTF8(AssetError.spelled(path))
    }
    return text
  }
}
