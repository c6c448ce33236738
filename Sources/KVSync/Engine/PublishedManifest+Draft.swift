internal import Identifiers

extension PublishedManifest {
  /// All rows of a manifest that is perhaps not stored yet, ordered by their paths.
  ///
  /// - Throws: As `reading`.
  public func rows(of draft: ManifestDraft) throws -> [ManifestRow] {
    var known = KnownManifest(draft.root)
    for (index, value) in draft.newShards {
      do throws(ManifestError) {
        known.insert(try ManifestShard(value.bytes, index: index, bits: draft.root.bits), at: index)
      } catch {
        throw PublishError.unreadableManifest(value.digest.hex)
      }
    }
    let all = try reading(Set(draft.root.shards.indices), of: known)
    return all.rows.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }
}
