internal import FileSystem
internal import Git
internal import Glibc
internal import SystemPackage

/// The variables of a configuration file, which is only read again after a change.
struct SettingsFile {
  let path: FilePath
  private var known: (identity: Identity, entries: [Configuration.Entry])?

  /// The properties that change when git or an editor writes the file.
  private struct Identity: Equatable {
    let inode: UInt64
    let size: Int64
    let modified: Int64

    init(_ status: FileStatus) {
      (inode, size, modified) = (status.inode, status.size, status.modified)
    }
  }

  /// Makes a value for a file; reads nothing yet.
  init(_ path: FilePath) { self.path = path }

  /// Makes a value for a file that was just read, after its status.
  init(_ path: FilePath, status: FileStatus?, entries: [Configuration.Entry]) {
    self.path = path
    known = status.map { (Identity($0), entries) }
  }

  /// The variables in the order of the file; empty if there is no file.
  ///
  /// - Throws: `GitError` with `.system` if it cannot be read.
  mutating func entries() throws(GitError) -> [Configuration.Entry] {
    let status: FileStatus?
    do throws(FileError) { status = try FileStatus(path) } catch { throw GitError(error) }
    guard let status else { return [] }
    let identity = Identity(status)
    if let known, known.identity == identity { return known.entries }
    let entries = try Configuration(path: path).entries()
    known = (identity, entries)
    return entries
  }
}
