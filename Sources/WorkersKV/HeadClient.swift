public import JSONText
internal import NIOHTTP1

/// A client of what keeps the heads of what is published.
public final class HeadClient: Sendable {
  /// What the routes of the heads begin with.
  public let url: String
  private let transport: KVTransport
  private let token: String?

  /// An answer.
  public enum Answer: Sendable {
    /// It was done.
    case done(JSONValue)
    /// It was not done, for what the code says; the whole answer.
    case conflict(code: String, JSONValue)
  }

  /// Makes a client.
  ///
  /// - Parameters:
  ///   - url: What the routes of the heads begin with, without a slash at its end.
  ///   - token: Proves who asks; nil for nobody.
  ///   - connections: What requests go over.
  ///   - retries: How often is tried.
  public init(
    _ url: String, token: String?, over connections: KVConnections,
    _ retries: RetryPolicy = RetryPolicy()
  ) {
    self.url = url
    self.token = token
    transport = KVTransport(connections, retries)
  }

  /// The requests that were sent so far.
  public var requestCount: Int { transport.count }

  /// Asks.
  ///
  /// - Parameters:
  ///   - path: What follows `/.wasmstore/v1/`.
  ///   - body: What is asked to be done; nil to read.
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
