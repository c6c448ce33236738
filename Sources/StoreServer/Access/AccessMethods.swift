/// The methods of requests that a key may be used for, by their names (RFC 9110, section 9).
public enum AccessMethods: Hashable, Sendable {
  /// All of them.
  case all
  /// Those that are named, in upper case.
  case only(Set<String>)

  /// What reads: `GET`, `HEAD`.
  public static let reading = AccessMethods.only(["GET", "HEAD"])
  /// What reads and writes, but chooses no default branch: `GET`, `HEAD`, `POST`, `DELETE`.
  public static let writing = AccessMethods.only(["GET", "HEAD", "POST", "DELETE"])

  /// Reads names that are joined by commas, or `*` for all.
  ///
  /// - Throws: Why the text is no such list.
  public init(_ text: String) throws(Malformed) {
    guard text != AccessMethods.wildcard else {
      self = .all
      return
    }
    var names: Set<String> = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      if name.isEmpty { throw Malformed(reason: text.isEmpty ? "it has no method" : "a method is missing") }
      guard name != AccessMethods.wildcard else { throw Malformed(reason: "* stands alone") }
      guard name.utf8.allSatisfy({ (0x41...0x5a).contains($0) || $0 == 0x2d }) else {
        throw Malformed(reason: "'\(name)' is no method in upper case")
      }
      names.insert(String(name))
    }
    self = .only(names)
  }

  /// Why a text is no list of methods.
  public struct Malformed: Error, Hashable, Sendable {
    /// What is wrong, without a full stop.
    public let reason: String
  }

  private static let wildcard = "*"

  /// The names in order, or `*` alone.
  public var names: [String] {
    switch self {
    case .all: [AccessMethods.wildcard]
    case .only(let names): names.sorted()
    }
  }

  /// Tells whether a method, in upper case, is one of them.
  public func contains(_ method: String) -> Bool {
    switch self {
    case .all: true
    case .only(let names): names.contains(method)
    }
  }
}

extension AccessMethods: CustomStringConvertible {
  /// The text that it is read from.
  public var description: String { names.joined(separator: ",") }
}
