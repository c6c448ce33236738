public import SystemPackage
public import Wasm

/// A request for an import.
public struct ImportRequest: Sendable {
  /// The kinds of sources.
  public enum Source: Hashable, Sendable {
    /// A folder.
    case folder(FilePath)
    /// A tar archive, plain or compressed with gzip.
    case archive(ModuleSource.Origin)
  }

  /// The location of the files.
  public var source: Source
  /// The directory of the branch for the files; nil for the root.
  public var prefix: ModulePath?
  /// Whether files are removed from the branch if the source does not have them.
  public var prunes = false
  /// The commit's message; nil for one that names or counts the modules.
  public var message: String?
  /// The features that modules may use; nil for the setting `add.features`, or the default set.
  public var features: Features?
  /// Whether invalid modules are stored too.
  public var waivesVerdict = false
  /// Whether everything is checked but nothing written.
  public var isDryRun = false

  /// Makes a request for all files of a source.
  public init(_ source: Source) { self.source = source }
}

/// The result of an import.
public struct ImportResult: Hashable, Sendable {
  /// The commit; nil if nothing changed.
  public let commit: CommitID?
  /// The paths that changed, or would change.
  public let changes: [Change]
  /// The names in the source of everything that is not a module.
  public let skipped: [String]
}
