internal import Git
public import Identifiers
public import Wasm

/// The kind of an entry at a path of a branch.
public enum EntryKind: String, Hashable, Sendable {
  /// A core WebAssembly module.
  case core
  /// A WebAssembly component.
  case component
  /// A WebAssembly binary with an unknown encoding in its header; it is always invalid.
  case unknown
  /// A file that is not WebAssembly.
  case file
  /// A file with the executable bit, which only plain git writes.
  case executable
  case symlink
  case submodule
  case directory
  /// A file with a name that is not allowed in a path.
  case oddName = "odd name"

  init(_ mode: EntryMode) {
    self =
      switch mode {
      case .directory: .directory
      case .file: .file
      case .executable: .executable
      case .symlink: .symlink
      case .submodule: .submodule
      }
  }
}

/// One line of a listing.
public struct ListEntry: Hashable, Sendable {
  /// The unchanged path.
  public let path: RawPath
  /// The module's hash; nil if the entry is not a module.
  public let digest: ModuleDigest?
  /// The size in bytes; nil if the entry has none.
  public let size: Int?
  /// The kind of the entry.
  public let kind: EntryKind
  /// Why the module is invalid; nil if it is valid, or not a module.
  public let problem: String?
  /// When the path last changed; nil unless requested.
  public internal(set) var changed: Timestamp?
  /// The commit that last changed the path; nil unless requested.
  public internal(set) var commit: CommitID?
  /// The imports and exports of the module; nil unless requested, and if the module is invalid.
  public internal(set) var description: ModuleDescription?
}
