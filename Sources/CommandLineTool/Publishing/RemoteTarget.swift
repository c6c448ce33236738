internal import KVSync
internal import WorkersKV

/// Opens what is published to.
enum RemoteTarget {
  /// Runs `body` with a target, and closes its connections.
  ///
  /// - Parameters:
  ///   - text: The target, as it was given.
  ///   - head: The URL of what keeps the heads; nil for the server of the target.
  ///   - isMaking: Whether a missing namespace is made.
  ///   - settings: The tokens.
  ///   - body: What is done with it.
  /// - Returns: What `body` returns.
  /// - Throws: `KVError.invalidTarget`, `TLSFailure`, and what `body` throws.
  static func with<Result>(
    _ text: String, head: String?, making isMaking: Bool, _ settings: Settings,
    _ body: (PublishTarget) throws -> Result
  ) throws -> Result {
    let target = try KVTarget(text, head: head)
    let connections = try KVConnections(to: target)
    let values = WorkersValues(
      KVClient(target, token: settings.kvToken, over: connections), making: isMaking)
    let heads = ServedHeads(HeadClient(target, token: settings.headToken, over: connections))
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
}
