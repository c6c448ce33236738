internal import Clibgit2
internal import FileSystem
public import Identifiers
public import SystemPackage

/// The index of a work tree: what is to be in its next commit (gitformat-index).
public enum IndexFile {
  /// The objects that an index names, but for other repositories' commits; none where there is no such file.
  ///
  /// - Throws: `GitError` where it cannot be read, or is of a form that libgit2 does not read.
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
