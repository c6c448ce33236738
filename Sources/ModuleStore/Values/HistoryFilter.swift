/// Which changes of a history are wanted: by whom, and when.
public struct HistoryFilter: Hashable, Sendable {
  /// What `NAME <MAIL>` of whoever made the change has to contain; nil for everybody.
  public var author: String?
  /// The first moment; nil for any.
  public var since: Timestamp?
  /// The last moment; nil for any.
  public var until: Timestamp?

  /// Wants all.
  public init() {}

  /// Whether a change is wanted, whoever made it and whenever.
  var wantsAll: Bool { author == nil && since == nil && until == nil }

  /// Tells whether a change is wanted.
  ///
  /// - Parameters:
  ///   - maker: Who made it; nil where that is not known.
  ///   - time: When; nil where that is not known.
  /// - Returns: Whether it is.
  func wants(by maker: Author?, at time: Timestamp?) -> Bool {
    if let since, time.map({ $0 < since }) ?? true { return false }
    if let until, time.map({ $0 > until }) ?? true { return false }
    guard let author else { return true }
    return maker.map { "\($0.name) <\($0.mail)>".contains(author) } ?? false
  }
}
