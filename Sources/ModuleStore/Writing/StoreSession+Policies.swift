internal import Catalog
internal import Git
internal import Identifiers
internal import Wasm

extension StoreSession {
  /// What the branch asks of modules that come to it; nil where it asks for nothing.
  func policy() throws(StoreError) -> BranchPolicy? {
    guard let setting = try setting("branch.\(branch).policy") else { return nil }
    do throws(BranchPolicy.Malformed) {
      return try BranchPolicy(parsing: setting.value)
    } catch {
      throw .invalidSetting(key: setting.key, value: setting.value, reason: error.reason)
    }
  }
}

extension BranchPolicy {
  /// Holds what a change brings to the branch against the policy: each path that holds another blob than before.
  ///
  /// - Parameters:
  ///   - differences: The files in which the branch's tree differs from the one before.
  ///   - known: Facts of modules that cannot be read yet.
  ///   - store: Where the facts of the others come from.
  /// - Throws: `StoreError.policyRefused` for the first path, in the order of paths, that the policy refuses.
  func enforce(
    on differences: [TreeDifference], known: [BlobFacts] = [], in store: StoreSession
  ) throws(StoreError) {
    var arrivals: [(path: [[UInt8]], blob: ObjectID)] = []
    for difference in differences {
      guard let side = difference.new, side.mode == .file else { continue }
      arrivals.append((difference.path, side.id))
    }
    var objections: [ObjectID: String] = [:]
    /// Answers whether the facts suffice.
    func judge(_ blob: ObjectID, _ facts: BlobFacts) -> Bool {
      let description = facts.description.flatMap { ModuleDescription(encoded: $0) }
      let isKnown = description != nil || facts.digest == nil || facts.problem != nil
      objections[blob] = objection(to: facts, description)
      return isKnown
    }
    var blobs = Set(arrivals.map(\.blob))
    for facts in known where judge(facts.blob, facts) { blobs.remove(facts.blob) }
    try store.forEachFacts(ofBlobs: blobs, .description, judge)
    for arrival in arrivals {
      guard let objection = objections[arrival.blob] else { continue }
      throw .policyRefused(branch: store.branch, path: RawPath(arrival.path), reason: objection)
    }
  }
}
