internal import Clibgit2
internal import FileSystem
public import Identifiers
public import SystemPackage

/// The index of a work tree: the contents of its next commit (gitformat-index).
public enum IndexFile {
  /// The objects that an index names, except commits of submodules; empty if there is no such file.
  ///
  /// - Throws: `GitError` if it cannot be read, or has a format that libgit2 does not read.
  public static func objects(at path: FilePath) throws(GitError) -> [ObjectID] {
    guard try translated({ () throws(FileError) in try fileExists(path) }) else { return [] }
    try Library.prepare()
    let index = try Handle<IndexKind> { git_index_open(&$0, path.string) }
    var objects: [ObjectID] = []
    for position in 0..<git_index_entrycount(index.raw) {
      guard let entry = git_index_get_byindex(index.raw, position)?.pointee,
        EntryMode(bits: entry.mode) != .submodule
      else { continue }
      objects.append(ObjectID(entry.id))
    }
    return objects
  }
}
