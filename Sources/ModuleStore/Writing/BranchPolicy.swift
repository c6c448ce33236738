internal import Catalog
internal import Identifiers
internal import Wasm

/// The requirements of a branch for each module added to it: the setting `branch.NAME.policy`.
///
/// Rules that are not given require nothing. The text: Documentation/cli.md, "Policies".
struct BranchPolicy {
  /// The rules in the form of the setting.
  let text: String
  /// The features that a module may use, as a set and as text.
  private var features: (set: Features, text: String)?
  /// The maximum size in bytes, as a number and as text.
  private var size: (bytes: Int, text: String)?
  /// The imports that a module may have: in a core module `MODULE.NAME` or `MODULE`.
  private var imports: (patterns: [GlobPattern], text: String)?
  /// The host that must be able to run a module.
  private var profile: HostProfile?

  /// The error in the text of a policy.
  struct Malformed: Error {
    let reason: String
  }

  private static let rules = "the rules are features=, size=, imports= and profile="

  /// Parses rules separated by spaces, each at most once.
  init(parsing text: String) throws(Malformed) {
    self.text = text
    var seen: Set<String> = []
    for term in text.split(separator: " ") {
      let parts = term.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else {
        throw Malformed(reason: "'\(term)' is not a rule; \(BranchPolicy.rules)")
      }
      guard seen.insert(parts[0]).inserted else { throw Malformed(reason: "\(parts[0])= is there twice") }
      try add(rule: parts[0], parts[1])
    }
    guard !seen.isEmpty else { throw Malformed(reason: "it has no rule; \(BranchPolicy.rules)") }
  }

  private mutating func add(rule: String, _ value: String) throws(Malformed) {
    guard !value.isEmpty || rule == "imports" else { throw Malformed(reason: "\(rule)= has no value") }
    switch rule {
    case "features":
      do { features = (try Features(parsing: value), value) } catch {
        throw Malformed(reason: "there is no feature '\(error.name)'")
      }
    case "size":
      guard let bytes = ByteSize(value)?.bytes else {
        throw Malformed(reason: "'\(value)' is not a size such as 5MB or 64KiB")
      }
      size = (bytes, value)
    case "imports":
      let patterns = value.split(separator: ",").map { GlobPattern(String($0)) }
      imports = (patterns, value.isEmpty ? "none" : value)
    case "profile":
      guard let profile = HostProfile(named: value) else {
        let names = HostProfile.names.joined(separator: ", ")
        throw Malformed(reason: "there is no profile '\(value)'; the profiles are \(names)")
      }
      self.profile = profile
    default: throw Malformed(reason: "there is no rule '\(rule)='; \(BranchPolicy.rules)")
    }
  }

  /// A rule that a module violates.
  struct Violation: Hashable {
    /// The name of the rule.
    let rule: String
    /// The reason for the violation.
    let reason: String
  }

  /// The rules that a module violates, with reasons; none for bytes that are not a module.
  ///
  /// - Parameters:
  ///   - facts: The facts about the module.
  ///   - description: The interface of a valid module.
  /// - Returns: The rules, each with the reason.
  func violations(of facts: ModuleFacts, _ description: ModuleDescription?) -> [Violation] {
    guard facts.digest != nil else { return [] }
    var found: [Violation] = []
    if let size, facts.size > size.bytes {
      found.append(
        Violation(rule: "size", reason: "it has \(facts.size) bytes; at most \(size.text) is allowed"))
    }
    let others: [(rule: String, isGiven: Bool)] = [
      ("features", features != nil), ("imports", imports != nil), ("profile", profile != nil),
    ]
    guard let rule = others.first(where: \.isGiven)?.rule else { return found }
    guard let description else {
      let reason = "it is invalid, so it cannot be checked" + (facts.problem.map { ": \($0)" } ?? "")
      return found + [Violation(rule: rule, reason: reason)]
    }
    let reasons = [
      ("features", featuresObjection(to: description)), ("imports", importsObjection(to: description)),
      ("profile", profileObjection(to: description)),
    ]
    return found + reasons.compactMap { rule, reason in reason.map { Violation(rule: rule, reason: $0) } }
  }

  private func featuresObjection(to description: ModuleDescription) -> String? {
    if let features {
      // Branch hints are in a custom section, which requires nothing of a host; long arrays only exceed a limit.
      let others = description.features.subtracting(features.set).subtracting([
        .branchHints, .largeFixedArrays,
      ])
      guard others.isEmpty else {
        return "it uses \(others.featureNames.joined(separator: ", ")); allowed: \(features.text)"
      }
    }
    return nil
  }

  private func importsObjection(to description: ModuleDescription) -> String? {
    if let imports {
      let others = description.imports.filter { needed in !imports.patterns.contains { needed.matches($0) } }
      let names = others.prefix(Self.shownImports).map(\.shownName).joined(separator: ", ")
      let rest = others.count > Self.shownImports ? " and \(others.count - Self.shownImports) more" : ""
      if !others.isEmpty { return "it imports \(names)\(rest); allowed: \(imports.text)" }
      guard description.isComplete else { return "it has too many imports to check" }
    }
    return nil
  }

  /// The maximum number of a module's imports in a message.
  private static let shownImports = 10

  private func profileObjection(to description: ModuleDescription) -> String? {
    if let profile, let first = profile.objections(to: description).first {
      return "profile \(profile.name): \(first.text)"
    }
    return nil
  }
}
