/// Why the files of a folder cannot be published.
public enum AssetError: Error, Hashable, Sendable {
  /// There is no such folder.
  case noFolder(String)
  /// A file became another one while it was read.
  case changed(String)
}

extension AssetError: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .noFolder(let name): "\(name) is no folder"
    case .changed(let path): "\(path) changed while it was read"
    }
  }

  /// What can be done about it; nil where the message says all.
  public var hint: String? {
    switch self {
    case .changed: "begin again when nothing writes to the folder"
    case .noFolder: nil
    }
  }
}
