/// What is to be exported.
public struct ExportRequest: Sendable {
  /// The revision; nil for the branch's head.
  public var revision: String?
  /// A file or directory to export alone; nil for all.
  public var prefix: ModulePath?
  /// Whether what the revision does not have is removed from the folder.
  public var prunes = false

  /// Asks for the whole of the branch.
  public init() {}
}

/// What was exported.
public struct ExportResult: Hashable, Sendable {
  /// The commit.
  public let commit: CommitID
  /// The number of files.
  public let files: Int
  /// Their size.
  public let bytes: Int64
  /// What is no file, and was left out.
  public let skipped: [RawPath]
  /// What was removed from the folder: paths below it, with a leading slash.
  public internal(set) var removed: [RawPath] = []
}
