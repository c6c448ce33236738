internal import SQLite
internal import Catalog
internal import Git
public import Identifiers

extension StoreSession {
  /// The first digits of a hash that no other known module shares, at least 8.
  public func abbreviate(_ digest: ModuleDigest) -> String {
    for count in 8..<ModuleDigest.digitCount {
      let prefix = digest.prefix(count)
      let sharing = withCatalog { (catalog) throws(DatabaseError) in
        try catalog.modules(withDigests: prefix, limit: 2).count
      }
      if sharing ?? 1 < 2 { return prefix.description }
    }
    return digest.hex
  }

  /// The first digits of a commit's id that no other object shares, at least 7.
  public func abbreviate(_ commit: CommitID) -> String {
    for count in 7..<2 * ObjectID.byteCount {
      let prefix = commit.object.prefix(count)
      do throws(GitError) {
        if try repository.isUnambiguous(prefix) { return prefix.description }
      } catch {
        // The whole id needs no comparison with other objects.
        break
      }
    }
    return commit.hex
  }
}
