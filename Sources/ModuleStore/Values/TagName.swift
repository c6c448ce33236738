/// The name of a tag.
public struct TagName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name without `refs/tags/`.
  public let name: String

  /// Parses a name that follows git's rules (git-check-ref-format) and is not like a full commit id.
  ///
  /// - Throws: `StoreError.invalidName`.
  public init(_ text: String) throws(StoreError) {
    if let reason = objection(toReference: "refs/tags/" + text, name: text) {
      throw .invalidName(text, reason: reason)
    }
    name = text
  }

  /// Parses `refs/tags/NAME`; nil for any other reference.
  init?(reference: String) {
    guard reference.hasPrefix("refs/tags/") else { return nil }
    name = String(reference.dropFirst("refs/tags/".count))
  }

  /// The full name, `refs/tags/NAME`.
  var reference: String { "refs/tags/" + name }
  /// The name itself.
  public var description: String { name }

  /// Orders names by their bytes.
  public static func < (left: TagName, right: TagName) -> Bool { left.name < right.name }
}
