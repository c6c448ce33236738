internal import KVSync
internal import NATSCore
internal import NATSJetStream
internal import WorkersKV

/// Opens publishing targets.
enum RemoteTarget {
  /// Runs `body` with a target, and closes its connections.
  ///
  /// - Parameters:
  ///   - place: The target and its tokens.
  ///   - isMaking: Whether to create a missing namespace.
  ///   - settings: The settings, such as the waits between tries.
  ///   - body: Uses the target.
  /// - Returns: The result of `body`.
  /// - Throws: `KVError.invalidTarget`, `TLSFailure`, `NATSError`, and the errors of `body`.
  static func with<Result>(
    _ place: PublishPlace, making isMaking: Bool, _ settings: Settings,
    _ body: (PublishTarget) throws -> Result
  ) throws -> Result {
    switch place.remote {
    case .nats(let target): try with(target, making: isMaking, settings.nats, body)
    case .workersKV(let target): try with(target, of: place, making: isMaking, settings, body)
    }
  }

  private static func with<Result>(
    _ target: KVTarget, of place: PublishPlace, making isMaking: Bool, _ settings: Settings,
    _ body: (PublishTarget) throws -> Result
  ) throws -> Result {
    try target.refuseExposure(ofToken: place.token != nil, ofHeadToken: place.headToken != nil)
    let connections = try KVConnections(to: target)
    var retries = RetryPolicy()
    retries.sleep = Waiting.sleep
    if let longestWait = settings.longestRetryWait { retries.shorten(to: longestWait) }
    let values = WorkersValues(
      KVClient(target, token: place.token, over: connections, retries), making: isMaking)
    let heads: any HeadStore
    if let url = target.heads {
      heads = ServedHeads(HeadClient(url, token: place.headToken, over: connections, retries))
    } else {
      heads = HeadsInValues(in: values)
    }
    do {
      let result = try body(PublishTarget(values: values, heads: heads))
      try waitFor { try await connections.close() }
      return result
    } catch {
      // The first error is more important than an error of closing the connections.
      try? waitFor { try await connections.close() }
      throw error
    }
  }

  private static func with<Result>(
    _ target: NATSTarget, making isMaking: Bool, _ login: NATSLogin, _ body: (PublishTarget) throws -> Result
  ) throws -> Result {
    let way = try login.way(to: target)
    let client = try waitFor { try await NATSClient.connect(way.options) }
    let jetStream = JetStream(client, domain: way.domain, prefix: way.apiPrefix)
    let buckets = NATSBuckets(jetStream, target.bucket, making: isMaking)
    defer {
      // An error of closing says nothing about the work that was done.
      try? waitFor { await client.close() }
    }
    return try body(PublishTarget(values: NATSValues(buckets), heads: NATSHeads(buckets)))
  }
}
