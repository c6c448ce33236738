internal import ModuleStore

/// The reason why files cannot be published.
public enum AssetError: Error, Hashable, Sendable {
  /// There is no such folder.
  case noFolder(String)
  /// A file changed while it was read.
  case changed(String)
  /// A path is not UTF-8, which keys and manifests must be.
  case notUTF8(String)
  /// A content is larger than the maximum size of a value.
  case tooLarge(String)
  /// A key is longer than the maximum length.
  case longKey(String)
  /// A content is split into chunks, which the manifest's format cannot describe.
  case inChunks(String)
  /// A file is not a manifest.
  case noManifest(String)
}

extension AssetError {
  /// A path of a folder or branch in the form for messages.
  static func spelled(_ path: [UInt8]) -> String { RawPath([0x2f] + path).spelled }
}

extension AssetError: CustomStringConvertible {
  /// The error message, without a full stop.
  public var description: String {
    switch self {
    case .noFolder(let name): "\(name) is not a folder"
    case .changed(let path): "\(path) changed while it was read"
    case .notUTF8(let path): "the name of \(path) is not valid UTF-8"
    case .tooLarge(let path): "\(path) is larger than 25 MiB, the maximum size of a value"
    case .longKey(let path): "the key of \(path) is longer than 512 bytes"
    case .inChunks(let path):
      "\(path) is larger than 25 MiB and is stored in chunks, which this manifest format does not support"
    case .noManifest(let name): "\(name) is not a manifest of assets"
    }
  }

  /// A hint how to resolve the error; nil if the message is sufficient.
  public var hint: String? {
    switch self {
    case .changed: "run the command again when no program is writing to the folder"
    case .inChunks: "--manifest-format json supports chunks"
    case .noFolder, .notUTF8, .tooLarge, .longKey, .noManifest: nil
    }
  }
}
