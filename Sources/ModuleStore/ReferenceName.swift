internal import Git

/// Names a branch.
public struct BranchName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name without `refs/heads/`.
  public let name: String

  /// The default branch of a new store.
  public static let main = BranchName(validated: "main")

  /// Reads a name that follows git's rules (git-check-ref-format) and reads as no revision or commit id.
  ///
  /// - Throws: `StoreError.invalidName`.
  public init(_ text: String) throws(StoreError) {
    if let reason = objection(toReference: "refs/heads/" + text, name: text) {
      throw .invalidName(text, reason: reason)
    }
    name = text
  }

  init(validated name: String) { self.name = name }

  /// Reads `refs/heads/NAME`; nil for any other reference.
  init?(reference: String) {
    guard reference.hasPrefix("refs/heads/") else { return nil }
    name = String(reference.dropFirst("refs/heads/".count))
  }

  /// The whole name, `refs/heads/NAME`.
  var reference: String { "refs/heads/" + name }
  /// The name itself.
  public var description: String { name }

  /// Orders names as their bytes are ordered.
  public static func < (left: BranchName, right: BranchName) -> Bool { left.name < right.name }
}

/// Names a tag.
public struct TagName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name without `refs/tags/`.
  public let name: String

  /// Reads a name that follows git's rules (git-check-ref-format) and reads as no revision or commit id.
  ///
  /// - Throws: `StoreError.invalidName`.
  public init(_ text: String) throws(StoreError) {
    if let reason = objection(toReference: "refs/tags/" + text, name: text) {
      throw .invalidName(text, reason: reason)
    }
    name = text
  }

  /// Reads `refs/tags/NAME`; nil for any other reference.
  init?(reference: String) {
    guard reference.hasPrefix("refs/tags/") else { return nil }
    name = String(reference.dropFirst("refs/tags/".count))
  }

  /// The whole name, `refs/tags/NAME`.
  var reference: String { "refs/tags/" + name }
  /// The name itself.
  public var description: String { name }

  /// Orders names as their bytes are ordered.
  public static func < (left: TagName, right: TagName) -> Bool { left.name < right.name }
}

/// Says why a text cannot name a branch or tag; nil where it can.
private func objection(toReference reference: String, name: String) -> String? {
  if name.isEmpty { return "it is empty" }
  if name.utf8.count > ModulePath.stepLimit { return "it is longer than \(ModulePath.stepLimit) bytes" }
  if name == "HEAD" { return "git reserves it" }
  if isHexadecimal(name, count: 4...40) { return "it reads as a commit id" }
  if name.hasPrefix("-") { return "it begins with \"-\"" }
  if name.contains(where: { "~^:@{}?*[\\ ".contains($0) }) {
    return "it has a character of the revision syntax"
  }
  return Repository.isValidReferenceName(reference) ? nil : "git does not allow it"
}
