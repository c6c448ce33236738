internal import FileSystem
public import Identifiers
internal import SystemPackage

/// What makes a shallow clone: history that ends at commits whose parents are not there.
///
/// Source: gitrepository-layout, `shallow`: an id a line. libgit2 1.5 does not read that file.
extension Repository {
  /// The commits at which history ends although they have parents; none in a whole repository.
  ///
  /// - Throws: `GitError` with `.system` where the file cannot be read, `.damaged` for a line that is no id.
  public func boundary() throws(GitError) -> Set<ObjectID> {
    if let knownBoundary { return knownBoundary }
    var boundary: Set<ObjectID> = []
    let file = path.appending("shallow")
    if let bytes = try translated({ () throws(FileError) in try contents(of: file) }) {
      for line in bytes.split(separator: 0x0a) {
        guard let id = ObjectID(hexadecimalDigits: line) else {
          throw GitError(.damaged, "\(file) has a line that is no commit's id")
        }
        boundary.insert(id)
      }
    }
    knownBoundary = boundary
    return boundary
  }

  /// Whether the repository is a shallow clone.
  public var isShallow: Bool {
    get throws(GitError) { try !boundary().isEmpty }
  }

  /// Tells whether history ends with a commit although it has parents.
  func endsHistory(_ id: ObjectID) throws(GitError) -> Bool {
    guard try boundary().contains(id) else { return false }
    reachedBoundary(id)
    return true
  }
}
