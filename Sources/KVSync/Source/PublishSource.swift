public import ModuleStore

/// What is published: the files of a commit, or those of a folder.
public protocol PublishSource {
  /// The branch that it is published as.
  var branch: BranchName { get }
  /// The commit, in hexadecimal; nil for a folder.
  var commit: String? { get }
  /// The commit's tree, in hexadecimal; nil for a folder.
  var tree: String? { get }
  /// The time of files that have none of their own, in seconds since 1970.
  var time: Int64 { get }
  /// What goes along with each call.
  var work: Work { get }

  /// Reads what the files hold; the bytes have their digests.
  var contents: any ContentSource { get }

  /// Who publishes.
  func author() throws -> String

  /// All files.
  func files() throws -> FileContents

  /// The files that differ from another tree; nil where that tree is not known here.
  func files(since tree: String) throws -> FileContents?

  /// Whether the files come after what was published before.
  ///
  /// - Parameters:
  ///   - commit: The commit that was published, in hexadecimal; nil where it was none.
  ///   - tree: The tree that was published, in hexadecimal; nil where it was none.
  /// - Returns: Whether they do.
  /// - Throws: `StoreError` where the history cannot be read.
  func comesAfter(commit: String?, tree: String?) throws -> Bool
}
