public import JSONText
internal import NIOHTTP1

/// A client of the service that stores the heads of published branches.
public final class HeadClient: Sendable {
  /// The base URL of the routes of the heads.
  public let url: String
  private let transport: KVTransport
  private let token: String?

  /// An answer.
  public enum Answer: Sendable {
    /// The request succeeded.
    case done(JSONValue)
    /// The request failed for the reason in `code`; with the whole answer.
    case conflict(code: String, JSONValue)
  }

  /// Creates a client.
  ///
  /// - Parameters:
  ///   - url: The base URL of the routes of the heads, without a slash at its end.
  ///   - token: The token that authenticates the client; nil for none.
  ///   - connections: The connections for requests.
  ///   - retries: The policy for retries.
  public init(
    _ url: String, token: String?, over connections: KVConnections,
    _ retries: RetryPolicy = RetryPolicy()
  ) {
    self.url = url
    self.token = token
    transport = KVTransport(connections, retries)
  }

  /// The number of requests sent so far.
  public var requestCount: Int { transport.count }

  /// Sends a request.
  ///
  /// - Parameters:
  ///   - path: The path after `/.wasmstore/v1/`.
  ///   - body: The requested change; nil to read.
  /// - Returns: The answer.
  /// - Throws: `KVError`.
  public func ask(_ path: String, _ body: JSONValue? = nil) async throws -> Answer {
    let reply = try await transport.send(
      KVTransport.Request(
        method: body == nil ? .GET : .POST, url: "\(url)/.wasmstore/v1/\(path)", token: token,
        body: body.map { KVTransport.Body($0) }))
    guard let json = reply.json else { throw reply.failure("head") }
    if reply.status == 409 || reply.status == 404, let code = json["error"]?["code"]?.text {
      return .conflict(code: code, json)
    }
    guard (200..<300).contains(reply.status) else { throw reply.failure("head") }
    return .done(json)
  }
}
