/// A filter for the changes of a history, by author and time.
public struct HistoryFilter: Hashable, Sendable {
  /// A text that `NAME <MAIL>` of the change's author must contain; nil for all authors.
  public var author: String?
  /// The earliest time; nil for any.
  public var since: Timestamp?
  /// The latest time; nil for any.
  public var until: Timestamp?

  /// Makes a filter that selects all changes.
  public init() {}

  /// Whether the filter selects all changes.
  var wantsAll: Bool { author == nil && since == nil && until == nil }

  /// Returns whether the filter selects a change.
  ///
  /// - Parameters:
  ///   - maker: The author; nil if unknown.
  ///   - time: The time; nil if unknown.
  /// - Returns: Whether it is selected.
  func wants(by maker: Author?, at time: Timestamp?) -> Bool {
    if let since, time.map({ $0 < since }) ?? true { return false }
    if let until, time.map({ $0 > until }) ?? true { return false }
    guard let author else { return true }
    return maker.map { "\($0.name) <\($0.mail)>".contains(author) } ?? false
  }
}
