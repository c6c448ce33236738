public import ModuleStore

/// A source of files to publish: a commit or a folder.
public protocol PublishSource {
  /// The branch under which the files are published.
  var branch: BranchName { get }
  /// The commit, in hexadecimal; nil for a folder.
  var commit: String? { get }
  /// The commit's tree, in hexadecimal; nil for a folder.
  var tree: String? { get }
  /// The time of files without their own time, in seconds since 1970.
  var time: Int64 { get }
  /// The progress and cancellation of the operation.
  var work: Work { get }

  /// The source of the contents; the bytes match their digests.
  var contents: any ContentSource { get }

  /// The person who publishes.
  func author() throws -> String

  /// All files.
  func files() throws -> FileContents

  /// The files that differ from another tree; nil if that tree is not known here.
  func files(since tree: String) throws -> FileContents?

  /// Whether the files come after those that were published before.
  ///
  /// - Parameters:
  ///   - commit: The published commit, in hexadecimal; nil for none.
  ///   - tree: The published tree, in hexadecimal; nil for none.
  /// - Returns: Whether they do.
  /// - Throws: `StoreError` if the history cannot be read.
  func comesAfter(commit: String?, tree: String?) throws -> Bool
}
