public import SystemPackage
public import Wasm

/// What is to be imported.
public struct ImportRequest: Sendable {
  /// Where the files are.
  public enum Source: Hashable, Sendable {
    /// Below a folder.
    case folder(FilePath)
    /// In a tar archive, plain or compressed with gzip.
    case archive(ModuleSource.Origin)
  }

  /// Where the files are.
  public var source: Source
  /// Below what they go; nil for the root.
  public var prefix: ModulePath?
  /// Whether files of the branch go that the source does not have.
  public var prunes = false
  /// The commit's message; nil for one that names or counts the modules.
  public var message: String?
  /// The features that modules may use; nil for the setting `add.features`, else the default set.
  public var features: Features?
  /// Whether invalid modules are stored too.
  public var waivesVerdict = false
  /// Whether everything is checked and nothing written.
  public var isDryRun = false

  /// Asks for all of a source.
  public init(_ source: Source) { self.source = source }
}

/// What was imported.
public struct ImportResult: Hashable, Sendable {
  /// The commit; nil where nothing changed.
  public let commit: CommitID?
  /// The paths that changed, or would change.
  public let changes: [Change]
  /// What the source has that is no module, as the source names it.
  public let skipped: [String]
}
