internal import Catalog
internal import Git
internal import Identifiers
internal import Wasm

/// A module that violates a rule of a branch's policy.
public struct PolicyViolation: Hashable, Sendable {
  /// The path of the module, or the one where it should be added.
  public let path: RawPath
  /// The name of the rule, such as `imports`.
  public let rule: String
  /// The reason for the violation.
  public let reason: String
  /// The setting that contains the rule.
  public let setting: String
}

/// The policies for modules added to a branch: all of them must be met.
struct BranchPolicies {
  private let policies: [(setting: Setting, policy: BranchPolicy)]

  /// The rules in the form of the settings.
  var texts: [String] { policies.map(\.policy.text) }

  /// Reads the settings.
  ///
  /// - Throws: `StoreError.invalidSetting`.
  fileprivate init(_ settings: [Setting]) throws(StoreError) {
    policies = try settings.map { setting throws(StoreError) in
      do throws(BranchPolicy.Malformed) {
        return (setting, try BranchPolicy(parsing: setting.value))
      } catch {
        throw .invalidSetting(key: setting.key, value: setting.value, reason: error.reason)
      }
    }
  }

  /// Checks the files that a change adds to the branch: each path with a different blob than before.
  ///
  /// - Parameters:
  ///   - differences: The files in which the branch's tree differs from the one before.
  ///   - known: Modules that cannot be read yet.
  ///   - store: The source of the facts about the others.
  /// - Throws: `StoreError.policyRefused` with all violations.
  func enforce(
    on differences: [TreeDifference], known: [StoredModule] = [], in store: StoreSession
  ) throws(StoreError) {
    let violations = try violations(in: differences, known: known, in: store)
    if !violations.isEmpty { throw .policyRefused(branch: store.branch, violations) }
  }

  /// The violations of the policies, ordered by path.
  fileprivate func violations(
    in differences: [TreeDifference], known: [StoredModule] = [], in store: StoreSession
  ) throws(StoreError) -> [PolicyViolation] {
    guard !policies.isEmpty else { return [] }
    var arrivals: [(path: [[UInt8]], blob: ObjectID)] = []
    for difference in differences {
      guard let side = difference.new, side.mode == .file else { continue }
      arrivals.append((difference.path, side.id))
    }
    var found: [ObjectID: [(setting: String, violation: BranchPolicy.Violation)]] = [:]
    /// Returns whether the facts are sufficient.
    func judge(_ blob: ObjectID, _ facts: ModuleFacts) -> Bool {
      let description = facts.description.flatMap { ModuleDescription(encoded: $0) }
      let isKnown = description != nil || facts.digest == nil || facts.problem != nil
      found[blob] = policies.flatMap { setting, policy in
        policy.violations(of: facts, description).map { (setting.key, $0) }
      }
      return isKnown
    }
    var blobs = Set(arrivals.map(\.blob))
    for module in known where judge(module.blob, module.facts) { blobs.remove(module.blob) }
    try store.forEachFacts(ofBlobs: blobs, .description, judge)
    return arrivals.flatMap { arrival in
      (found[arrival.blob] ?? []).map { setting, violation in
        PolicyViolation(
          path: RawPath(arrival.path), rule: violation.rule, reason: violation.reason, setting: setting)
      }
    }
  }
}

extension StoreSession {
  /// The policies for modules added to the branch.
  func policies() throws(StoreError) -> BranchPolicies {
    try BranchPolicies(guardSettings(.policy, of: branch))
  }

  /// The violations of the policies by all modules of the branch, ordered by path.
  ///
  /// - Throws: `StoreError.branchNotFound`, `.noCommits`.
  public func policyViolations() throws(StoreError) -> [PolicyViolation] {
    guard let head = try head() else { throw .noCommits(branch) }
    let tree = try commit(head).tree
    var differences: [TreeDifference] = []
    try translated { () throws(GitError) in
      try repository.compare(nil, tree) { differences.append($0) }
    }
    return try policies().violations(in: differences, in: self)
  }
}
