internal import FileSystem
public import Identifiers
internal import SystemPackage

/// Shallow clones: their history ends at commits whose parents are missing.
///
/// Source: gitrepository-layout, `shallow`: one id on each line. libgit2 1.5 does not read that file.
extension Repository {
  /// The commits at which history ends although they have parents; empty for a full repository.
  ///
  /// - Throws: `GitError` with `.system` if the file cannot be read, `.damaged` for a line that is not an id.
  public func boundary() throws(GitError) -> Set<ObjectID> {
    if let knownBoundary { return knownBoundary }
    var boundary: Set<ObjectID> = []
    let file = path.appending("shallow")
    if let bytes = try translated({ () throws(FileError) in try contents(of: file) }) {
      for line in bytes.split(separator: 0x0a) {
        guard let id = ObjectID(hexadecimalDigits: line) else {
          throw GitError(.damaged, "\(file) has a line that is not the id of a commit")
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

  /// Returns whether history ends with a commit although it has parents.
  func endsHistory(_ id: ObjectID) throws(GitError) -> Bool {
    guard try boundary().contains(id) else { return false }
    reachedBoundary(id)
    return true
  }
}
