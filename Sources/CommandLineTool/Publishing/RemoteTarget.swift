internal import KVSync
internal import NATSCore
internal import NATSJetStream
internal import WorkersKV

/// Opens what is published to.
enum RemoteTarget {
  /// Runs `body` with a target, and closes its connections.
  ///
  /// - Parameters:
  ///   - text: The target, as it was given.
  ///   - head: The URL of what keeps the heads, or `kv` for heads that are values; nil for the server of the target.
  ///   - isMaking: Whether a missing namespace is made.
  ///   - settings: The tokens.
  ///   - body: What is done with it.
  /// - Returns: What `body` returns.
  /// - Throws: `KVError.invalidTarget`, `TLSFailure`, `NATSError`, and what `body` throws.
  static func with<Result>(
    _ text: String, head: String?, making isMaking: Bool, _ settings: Settings,
    _ body: (PublishTarget) throws -> Result
  ) throws -> Result {
    if let target = try NATSTarget(text) {
      guard head == nil else {
        throw Failure.usage("--head does not go with a NATS server, which keeps the head itself")
      }
      return try with(target, making: isMaking, body)
    }
    let target = try KVTarget(text, head: head)
    try target.refuseExposure(ofToken: settings.kvToken != nil, ofHeadToken: settings.headToken != nil)
    let connections = try KVConnections(to: target)
    var retries = RetryPolicy()
    if let longestWait = settings.longestRetryWait { retries.shorten(to: longestWait) }
    let values = WorkersValues(
      KVClient(target, token: settings.kvToken, over: connections, retries), making: isMaking)
    let heads: any HeadStore
    if let url = target.heads {
      heads = ServedHeads(HeadClient(url, token: settings.headToken, over: connections, retries))
    } else {
      heads = HeadsInValues(in: values)
    }
    do {
      let result = try body(PublishTarget(values: values, heads: heads))
      try waitFor { try await connections.close() }
      return result
    } catch {
      // Why it failed matters more than how its connections were closed.
      try? waitFor { try await connections.close() }
      throw error
    }
  }

  private static func with<Result>(
    _ target: NATSTarget, making isMaking: Bool, _ body: (PublishTarget) throws -> Result
  ) throws -> Result {
    let client = try waitFor { try await NATSClient.connect(target.options) }
    let buckets = NATSBuckets(JetStream(client), target.bucket, making: isMaking)
    defer {
      // Whether it ends well says nothing of what was done.
      try? waitFor { await client.close() }
    }
    return try body(PublishTarget(values: NATSValues(buckets), heads: NATSHeads(buckets)))
  }
}
