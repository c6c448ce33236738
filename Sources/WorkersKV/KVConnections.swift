internal import AsyncHTTPClient
public import ClientConnections
internal import NIOSSL

/// The connections over which requests go.
public final class KVConnections: Sendable {
  let client: HTTPClient

  /// Prepares connections; none is made yet.
  ///
  /// - Parameters:
  ///   - target: Where they lead to.
  ///   - authorities: Whose certificates are trusted.
  /// - Throws: `TLSFailure` where there are no authorities, though one is needed.
  public init(to target: KVTarget, trusting authorities: TrustedAuthorities = .system) throws {
    var configuration = HTTPClient.Configuration()
    // A token goes where it was meant to go, and nowhere else.
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.retryConnectionEstablishment = false
    if (target.namespaces + (target.heads ?? "")).contains("https://") {
      configuration.tlsConfiguration = try TLSConfiguration.client(trusting: authorities)
    }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Closes the connections. To be called once, at the end.
  public func close() async throws { try await client.shutdown() }
}
