internal import Git
internal import Identifiers

/// The id of a commit.
public struct CommitID: Hashable, Sendable {
  let object: ObjectID

  init(_ object: ObjectID) { self.object = object }

  /// Parses 40 hexadecimal digits of either case; nil for anything else.
  public init?(hex: some StringProtocol) {
    guard let object = ObjectID(hex: hex) else { return nil }
    self.object = object
  }

  /// Forty lower-case hexadecimal digits.
  public var hex: String { object.hex }

  /// The first digits, for display.
  public func abbreviated(_ digits: Int = 7) -> String { String(hex.prefix(digits)) }
}

extension CommitID: CustomStringConvertible {
  /// The id in hexadecimal.
  public var description: String { hex }
}
