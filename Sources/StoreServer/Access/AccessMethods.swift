/// The methods of requests that a key allows, by their names (RFC 9110, section 9).
public enum AccessMethods: Hashable, Sendable {
  /// All methods.
  case all
  /// Only these methods, in upper case.
  case only(Set<String>)

  /// The methods that read: `GET`, `HEAD`.
  public static let reading = AccessMethods.only(["GET", "HEAD"])
  /// The methods that read and write, but do not set the default branch: `GET`, `HEAD`, `POST`, `DELETE`.
  public static let writing = AccessMethods.only(["GET", "HEAD", "POST", "DELETE"])

  /// Reads names separated by commas, or `*` for all.
  ///
  /// - Throws: `Malformed` if the text is not such a list.
  public init(_ text: String) throws(Malformed) {
    guard text != AccessMethods.wildcard else {
      self = .all
      return
    }
    var names: Set<String> = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      if name.isEmpty { throw Malformed(reason: text.isEmpty ? "it has no method" : "a method is missing") }
      guard name != AccessMethods.wildcard else {
        throw Malformed(reason: "* cannot be combined with methods")
      }
      guard name.utf8.allSatisfy({ (0x41...0x5a).contains($0) || $0 == 0x2d }) else {
        throw Malformed(reason: "'\(name)' is not a method in upper case")
      }
      names.insert(String(name))
    }
    self = .only(names)
  }

  /// The error for a text that is not a list of methods.
  public struct Malformed: Error, Hashable, Sendable {
    /// The reason, without a full stop.
    public let reason: String
  }

  private static let wildcard = "*"

  /// The names in alphabetical order, or only `*`.
  public var names: [String] {
    switch self {
    case .all: [AccessMethods.wildcard]
    case .only(let names): names.sorted()
    }
  }

  /// Returns whether a method, in upper case, is allowed.
  public func contains(_ method: String) -> Bool {
    switch self {
    case .all: true
    case .only(let names): names.contains(method)
    }
  }
}

extension AccessMethods: CustomStringConvertible {
  /// The list as a text that `init(_:)` reads.
  public var description: String { names.joined(separator: ",") }
}
