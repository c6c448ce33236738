/// A request for an export.
public struct ExportRequest: Sendable {
  /// The revision; nil for the branch's head.
  public var revision: String?
  /// A file or directory to export; nil for all files.
  public var prefix: ModulePath?
  /// Whether files that are not in the revision are removed from the folder.
  public var prunes = false

  /// Makes a request for the whole branch.
  public init() {}
}

/// The result of an export.
public struct ExportResult: Hashable, Sendable {
  /// The exported commit.
  public let commit: CommitID
  /// The number of written files.
  public let files: Int
  /// Their total size in bytes.
  public let bytes: Int64
  /// Entries that are not files and were left out.
  public let skipped: [RawPath]
  /// The removed entries of the folder: paths below it, with a leading slash.
  public internal(set) var removed: [RawPath] = []
}
