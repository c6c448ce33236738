internal import ModuleStore

/// Why files cannot be published as they are.
public enum AssetError: Error, Hashable, Sendable {
  /// There is no such folder.
  case noFolder(String)
  /// A file became another one while it was read.
  case changed(String)
  /// A path is no text, as a key or a manifest has to be.
  case notUTF8(String)
  /// A content is larger than one value can be.
  case tooLarge(String)
  /// A key is longer than keys can be.
  case longKey(String)
  /// A content is cut into chunks, of which a manifest cannot tell.
  case inChunks(String)
  /// Bytes are no manifest.
  case noManifest(String)
}

extension AssetError {
  /// A path of a folder or branch as messages have it.
  static func spelled(_ path: [UInt8]) -> String { RawPath([0x2f] + path).spelled }
}

extension AssetError: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .noFolder(let name): "\(name) is no folder"
    case .changed(let path): "\(path) changed while it was read"
    case .notUTF8(let path): "\(path) is not UTF-8, as a key has to be"
    case .tooLarge(let path): "\(path) is larger than 25 MiB, the most that a value can have"
    case .longKey(let path): "the key of \(path) is longer than 512 bytes"
    case .inChunks(let path):
      "\(path) is larger than 25 MiB, so it is in chunks, of which this manifest cannot tell"
    case .noManifest(let name): "\(name) is no manifest of assets"
    }
  }

  /// What can be done about it; nil where the message says all.
  public var hint: String? {
    switch self {
    case .changed: "begin again when nothing writes to the folder"
    case .inChunks: "--manifest-format json can"
    case .noFolder, .notUTF8, .tooLarge, .longKey, .noManifest: nil
    }
  }
}
