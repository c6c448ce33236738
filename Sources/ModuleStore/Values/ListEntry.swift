internal import Git
public import Identifiers
public import Wasm

/// What stands at a path of a branch.
public enum EntryKind: String, Hashable, Sendable {
  /// A core WebAssembly module.
  case core
  /// A WebAssembly component.
  case component
  /// A WebAssembly binary whose header says neither: always an invalid one.
  case unknown
  /// A file that is no WebAssembly.
  case file
  /// A file with the executable bit, as only plain git writes it.
  case executable
  case symlink
  case submodule
  case directory
  /// A file whose name no path can spell.
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
  /// The path as it is.
  public let path: RawPath
  /// The module's hash; nil where the entry is no module.
  public let digest: ModuleDigest?
  /// The size in bytes; nil where the entry has none.
  public let size: Int?
  /// What stands there.
  public let kind: EntryKind
  /// Why the module is invalid; nil where it is valid, or no module.
  public let problem: String?
  /// When the path last changed; nil unless it was asked for.
  public internal(set) var changed: Timestamp?
  /// The commit that last changed the path; nil unless it was asked for.
  public internal(set) var commit: CommitID?
  /// What the module needs and offers; nil unless it was asked for, and where it is invalid.
  public internal(set) var description: ModuleDescription?
}
