internal import Catalog
internal import Git
internal import Wasm

extension Store {
  /// What the branch asks of modules that come to it; nil where it asks for nothing.
  func policy() throws(StoreError) -> BranchPolicy? {
    guard let setting = try setting("branch.\(branch).policy") else { return nil }
    do throws(BranchPolicy.Malformed) {
      return try BranchPolicy(parsing: setting.value)
    } catch {
      throw .invalidSetting(key: setting.key, value: setting.value, reason: error.reason)
    }
  }

  /// Holds what a change brings to the branch against its policy: each path that holds another blob than before.
  ///
  /// `known`: Facts of modules that cannot be read yet.
  ///
  /// - Throws: `StoreError.policyRefused` for the first path, in the order of paths, that the policy refuses.
  func enforce(
    _ policy: BranchPolicy, from old: ObjectID?, to new: ObjectID, known: [BlobFacts] = []
  ) throws(StoreError) {
    var arrivals: [(path: [[UInt8]], blob: ObjectID)] = []
    try translated { () throws(GitError) in
      try repository.compare(old, new) { difference in
        guard let side = difference.new, side.mode == .file else { return }
        arrivals.append((difference.path, side.id))
      }
    }
    var objections: [ObjectID: String] = [:]
    /// Answers whether the facts suffice.
    func judge(_ blob: ObjectID, _ facts: BlobFacts) -> Bool {
      let description = facts.description.flatMap { ModuleDescription(encoded: $0) }
      let isKnown = description != nil || facts.digest == nil || facts.problem != nil
      objections[blob] = policy.objection(to: facts, description)
      return isKnown
    }
    var blobs = Set(arrivals.map(\.blob))
    for facts in known {
      if let blob = ObjectID(bytes: facts.blob), judge(blob, facts) { blobs.remove(blob) }
    }
    try forEachFacts(ofBlobs: blobs, .description, judge)
    for arrival in arrivals {
      guard let objection = objections[arrival.blob] else { continue }
      throw .policyRefused(branch: branch, path: spelled(arrival.path), reason: objection)
    }
  }
}
