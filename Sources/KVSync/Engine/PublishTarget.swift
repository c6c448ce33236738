/// Where is published: what keeps values, and what keeps heads.
public struct PublishTarget: Sendable {
  /// What keeps the contents and manifests.
  public let values: any ValueStore
  /// What keeps the heads.
  public let heads: any HeadStore

  /// Puts a target together.
  public init(values: any ValueStore, heads: any HeadStore) {
    self.values = values
    self.heads = heads
  }

  /// The requests that were sent so far, each try counted.
  public var requestCount: Int { values.requestCount + heads.requestCount }
}
