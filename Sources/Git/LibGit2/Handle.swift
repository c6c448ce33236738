internal import Clibgit2

/// A kind of libgit2 object and the function that frees it.
protocol HandleKind {
  static func free(_ raw: OpaquePointer)
}

/// Owns one libgit2 object and frees it once, at the end of its scope.
///
/// Every libgit2 object is imported as the same `OpaquePointer`; `Kind` prevents the use of a tree as a commit.
/// Assign each handle to a variable: a temporary is freed within its own expression, and its pointer dangles.
struct Handle<Kind: HandleKind>: ~Copyable {
  let raw: OpaquePointer

  /// Takes the result of a libgit2 constructor.
  init(_ open: (inout OpaquePointer?) -> Int32) throws(GitError) {
    var raw: OpaquePointer?
    try check(open(&raw))
    guard let raw else { throw GitError(.failed, "libgit2 returned no object") }
    self.raw = raw
  }

  deinit { Kind.free(raw) }
}

enum RepositoryKind: HandleKind { static func free(_ raw: OpaquePointer) { git_repository_free(raw) } }
enum DatabaseKind: HandleKind { static func free(_ raw: OpaquePointer) { git_odb_free(raw) } }
enum DatabaseObjectKind: HandleKind { static func free(_ raw: OpaquePointer) { git_odb_object_free(raw) } }
enum TreeKind: HandleKind { static func free(_ raw: OpaquePointer) { git_tree_free(raw) } }
enum TreeEntryKind: HandleKind { static func free(_ raw: OpaquePointer) { git_tree_entry_free(raw) } }
enum TreeBuilderKind: HandleKind { static func free(_ raw: OpaquePointer) { git_treebuilder_free(raw) } }
enum AnyObjectKind: HandleKind { static func free(_ raw: OpaquePointer) { git_object_free(raw) } }
enum ReferenceKind: HandleKind { static func free(_ raw: OpaquePointer) { git_reference_free(raw) } }
enum ReferenceIteratorKind: HandleKind {
  static func free(_ raw: OpaquePointer) { git_reference_iterator_free(raw) }
}
enum TransactionKind: HandleKind { static func free(_ raw: OpaquePointer) { git_transaction_free(raw) } }
enum ConfigurationKind: HandleKind { static func free(_ raw: OpaquePointer) { git_config_free(raw) } }
enum IndexKind: HandleKind { static func free(_ raw: OpaquePointer) { git_index_free(raw) } }
enum IndexerKind: HandleKind { static func free(_ raw: OpaquePointer) { git_indexer_free(raw) } }
