/// The target of a publish: a store of values and a store of heads.
public struct PublishTarget: Sendable {
  /// The store of contents and manifests.
  public let values: any ValueStore
  /// The store of heads.
  public let heads: any HeadStore

  /// Creates a target.
  public init(values: any ValueStore, heads: any HeadStore) {
    self.values = values
    self.heads = heads
  }

  /// The number of requests sent so far, including retries.
  public var requestCount: Int { values.requestCount + heads.requestCount }
}
