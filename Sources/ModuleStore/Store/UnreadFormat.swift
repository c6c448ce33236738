internal import Git

/// A format of git repositories that is not supported.
public enum UnreadFormat: Hashable, Sendable {
  /// Object ids of a hash other than SHA-1.
  case objectFormat(String)
  /// References that are not stored in files.
  case referenceStorage(String)
  /// An extension of git's format, by its name.
  case `extension`(String)
  /// A version of git's repository format.
  case version(String)

  init(_ format: UnsupportedFormat) {
    switch format {
    case .objectFormat(let name): self = .objectFormat(name)
    case .referenceStorage(let name): self = .referenceStorage(name)
    case .extension(let name): self = .extension(name)
    case .version(let text): self = .version(text)
    }
  }
}
