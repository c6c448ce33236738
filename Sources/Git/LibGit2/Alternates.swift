internal import FileSystem
internal import SystemPackage

/// The `objects` folders that a repository borrows objects from, directly or indirectly.
///
/// Source: gitrepository-layout(5), `objects/info/alternates`: one path on each line, relative to the folder that the
/// file belongs to unless it is absolute; lines with `#` are comments. As in git and libgit2, folders that are more
/// than five steps away are ignored.
struct Alternates {
  private(set) var folders: [FilePath] = []
  private var known: Set<FilePath> = []
  private static let depth = 5

  /// Reads the files of `objects` and of the folders that they name.
  ///
  /// - Throws: `system` if a file exists and cannot be read.
  init(of objects: FilePath) throws(GitError) {
    try add(of: objects, depth: 1)
  }

  private mutating func add(of objects: FilePath, depth: Int) throws(GitError) {
    guard depth <= Alternates.depth else { return }
    let file = objects.appending("info").appending("alternates")
    guard let bytes = try translated({ () throws(FileError) in try contents(of: file) }) else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    for line in text.utf8.split(separator: 0x0a) where line.first != 0x23 {
      let folder = objects.pushing(FilePath(String(Substring(line))))
      // Folders may borrow from each other. The system resolves the path, because it may contain links.
      guard known.insert(folder.lexicallyNormalized()).inserted else { continue }
      folders.append(folder)
      try add(of: folder, depth: depth + 1)
    }
  }
}
