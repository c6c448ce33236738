internal import AsyncHTTPClient
public import ClientConnections
internal import NIOSSL

/// The connections for requests.
public final class KVConnections: Sendable {
  let client: HTTPClient

  /// Prepares connections, without opening one.
  ///
  /// - Parameters:
  ///   - target: The target of the connections.
  ///   - authorities: The trusted certificate authorities.
  /// - Throws: `TLSFailure` if there are no authorities although one is needed.
  public init(to target: KVTarget, trusting authorities: TrustedAuthorities = .system) throws {
    var configuration = HTTPClient.Configuration()
    // A redirect must not send a token to another server.
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.retryConnectionEstablishment = false
    if (target.namespaces + (target.heads ?? "")).contains("https://") {
      configuration.tlsConfiguration = try TLSConfiguration.client(trusting: authorities)
    }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Closes the connections. Must be called once, at the end.
  public func close() async throws { try await client.shutdown() }
}
