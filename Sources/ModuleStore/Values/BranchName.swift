/// The name of a branch.
public struct BranchName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name without `refs/heads/`.
  public let name: String

  /// The default branch of a new store.
  public static let main = BranchName(validated: "main")

  /// Parses a name that follows git's rules (git-check-ref-format) and is not like a full commit id.
  ///
  /// - Throws: `StoreError.invalidName`.
  public init(_ text: String) throws(StoreError) {
    if let reason = objection(toReference: "refs/heads/" + text, name: text) {
      throw .invalidName(text, reason: reason)
    }
    name = text
  }

  init(validated name: String) { self.name = name }

  /// Parses `refs/heads/NAME`; nil for any other reference.
  init?(reference: String) {
    guard reference.hasPrefix("refs/heads/") else { return nil }
    name = String(reference.dropFirst("refs/heads/".count))
  }

  /// The full name, `refs/heads/NAME`.
  var reference: String { "refs/heads/" + name }
  /// The name itself.
  public var description: String { name }

  /// Orders names by their bytes.
  public static func < (left: BranchName, right: BranchName) -> Bool { left.name < right.name }
}
