internal import Catalog
internal import Git

extension Store {
  /// The first digits of a hash that no other known module shares, at least 8.
  public func abbreviate(_ digest: ModuleDigest) -> String {
    let hex = digest.hex
    var count = 8
    while count < ModuleDigest.digitCount {
      let prefix = hex.prefix(count)
      let padding = ModuleDigest.digitCount - count
      guard let first = ModuleDigest(hex: prefix + String(repeating: "0", count: padding)),
        let last = ModuleDigest(hex: prefix + String(repeating: "f", count: padding))
      else { break }
      let sharing = withCatalog { (catalog) throws(CatalogError) in
        try catalog.facts(ofDigests: first.bytes, through: last.bytes, limit: 2).count
      }
      if sharing ?? 1 < 2 { break }
      count += 1
    }
    return String(hex.prefix(count))
  }

  /// The first digits of a commit's id that no other object shares, at least 7.
  public func abbreviate(_ commit: CommitID) -> String {
    let hex = commit.hex
    for count in 7..<hex.utf8.count {
      let prefix = String(hex.prefix(count))
      do throws(GitError) {
        if try repository.isUnambiguous(prefix) { return prefix }
      } catch {
        break
      }
    }
    return hex
  }
}
