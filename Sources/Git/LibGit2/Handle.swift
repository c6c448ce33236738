internal import Clibgit2

/// Names a kind of libgit2 object and how it is freed.
protocol HandleKind {
  static func free(_ raw: OpaquePointer)
}

/// Owns one libgit2 object and frees it once, at the end of the scope that holds it.
///
/// Every libgit2 object imports as the same `OpaquePointer`; `Kind` keeps a tree from passing as a commit.
/// Name each handle: a temporary is freed within its own expression, and its pointer dangles.
struct Handle<Kind: HandleKind>: ~Copyable {
  let raw: OpaquePointer

  /// Takes what a libgit2 constructor hands out.
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
