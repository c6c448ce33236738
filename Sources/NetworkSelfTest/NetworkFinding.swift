/// The result of a test of one part of this machine's network.
public struct NetworkFinding: Hashable, Sendable {
  /// The part: `loopback`, `names`, `certificates`, or a URL.
  public let name: String
  /// Whether it works.
  public let works: Bool
  /// The result in detail, or the reason why the part does not work; without a full stop.
  public let detail: String
}
