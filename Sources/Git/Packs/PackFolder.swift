internal import FileSystem
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// Keeps the indexes of all packs in `objects/pack`.
final class PackFolder: Sendable {
  let path: FilePath
  private let contents = Mutex(Contents())

  /// The packs that were found in one listing.
  struct Contents: Sendable {
    var indexes: [PackIndex] = []
    /// The errors of indexes that could not be opened.
    var failures: [GitError] = []
    fileprivate var isListed = false
  }

  /// If there are more packs than this, indexes are opened for each look-up, so that file descriptors do not run out.
  private static let openLimit = 64

  init(path: FilePath) { self.path = path }

  /// The packs of the last listing.
  func current() throws(GitError) -> Contents {
    let contents = contents.withLock { $0 }
    return contents.isListed ? contents : try refreshed()
  }

  /// Lists the packs again, and keeps open files open.
  ///
  /// `reopening` closes them, because a pack may have been replaced under its old name.
  func refreshed(reopening: Bool = false) throws(GitError) -> Contents {
    let present = try translated { () throws(FileError) in try names(in: path) }
    let paths = present.filter { $0.hasSuffix(".idx") }.sorted().map { path.appending($0) }
    return try contents.withLock { (contents) throws(GitError) -> Contents in
      let open = reopening ? [] : contents.indexes
      let known = Dictionary(open.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
      var new = Contents(isListed: true)
      for path in paths {
        if let index = known[path] {
          new.indexes.append(index)
          continue
        }
        do throws(GitError) {
          let keepingOpen = new.indexes.count < PackFolder.openLimit
          if let index = try PackIndex(path: path, keepingOpen: keepingOpen) { new.indexes.append(index) }
        } catch {
          guard error.code == .damaged else { throw error }
          new.failures.append(error)
        }
      }
      contents = new
      return new
    }
  }
}
