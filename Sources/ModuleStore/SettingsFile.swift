internal import Git
internal import SystemPackage

/// The variables of a configuration file, which is read again only when it has changed.
struct SettingsFile {
  let path: FilePath
  private var known: (identity: Identity, entries: [Configuration.Entry])?

  /// What changes when git or an editor writes the file.
  private struct Identity: Equatable {
    let inode: UInt64
    let size: Int64
    let modified: Int64
  }

  /// Names the file; nothing is read yet.
  init(_ path: FilePath) { self.path = path }

  /// The variables in the order of the file; none where there is no file.
  mutating func entries() throws(GitError) -> [Configuration.Entry] {
    guard let status = FileStatus(path) else { return [] }
    let identity = Identity(inode: status.inode, size: status.size, modified: status.modified)
    if let known, known.identity == identity { return known.entries }
    let entries = try Configuration(path: path).entries()
    known = (identity, entries)
    return entries
  }
}
