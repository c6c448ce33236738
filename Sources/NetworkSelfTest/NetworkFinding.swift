/// Whether one part of this machine's network works for us.
public struct NetworkFinding: Hashable, Sendable {
  /// The part: `loopback`, `names`, `certificates`, or a URL.
  public let name: String
  /// Whether it works.
  public let works: Bool
  /// What was found, or why it does not work; without a full stop.
  public let detail: String
}
