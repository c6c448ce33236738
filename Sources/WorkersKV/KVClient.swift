internal import Identifiers
internal import JSONText
internal import NIOCore
internal import NIOHTTP1

/// A value that is written in its own request.
public struct KVPair: Sendable {
  /// The key.
  public let key: String
  /// The value.
  public let value: [UInt8]
  /// The metadata of the value, as JSON text; nil for none.
  public let metadata: String?

  /// Creates a pair.
  public init(key: String, value: [UInt8], metadata: String? = nil) {
    self.key = key
    self.value = value
    self.metadata = metadata
  }
}

/// A client of a namespace of Workers KV, or of a server with the same interface.
public final class KVClient: Sendable {
  /// The maximum number of bytes in a key.
  public static let keyLimit = 512
  /// The maximum number of bytes in a value.
  public static let valueLimit = 25 << 20

  /// The target.
  public let target: KVTarget
  let transport: KVTransport
  let token: String?

  /// Creates a client.
  ///
  /// - Parameters:
  ///   - target: The place of the values.
  ///   - token: The token that authenticates the client; nil for none.
  ///   - connections: The connections for requests.
  ///   - retries: The policy for retries.
  public init(
    _ target: KVTarget, token: String?, over connections: KVConnections,
    _ retries: RetryPolicy = RetryPolicy()
  ) {
    self.target = target
    self.token = token
    transport = KVTransport(connections, retries, target.isCloudflare ? .cloudflare : nil)
  }

  /// The number of requests sent so far.
  public var requestCount: Int { transport.count }

  /// The time in the service's last answer, in seconds since 1970; nil if there was none.
  public var time: Int64? { transport.time }

  // MARK: Namespaces

  /// Finds the namespace by its title, and creates a missing one on request.
  ///
  /// - Parameter making: Whether to create a missing namespace.
  /// - Returns: The id.
  /// - Throws: `KVError.noNamespace`, and the errors of a request.
  public func namespaceID(making: Bool) async throws -> String {
    if target.hasID { return target.namespace }
    if let id = try await existingID() { return id }
    guard making else { throw KVError.noNamespace(target.namespace) }
    let body = KVTransport.Body(JSONValue.object([("title", .text(target.namespace))]))
    let reply = try await transport.send(
      KVTransport.Request(method: .POST, url: target.namespaces, token: token, body: body))
    // Another client may have created it meanwhile, or this client did and the answer was lost.
    if KVClient.codes(reply).contains(KVClient.titleTaken), let id = try await existingID() { return id }
    guard let id = try accepted(reply, "creating the namespace")["result"]?["id"]?.text else {
      throw KVError.unreadable("creating the namespace")
    }
    return id
  }

  private func existingID() async throws -> String? {
    var page = 1
    while true {
      let reply = try await send(.GET, "?page=\(page)&per_page=100", nil, "namespaces")
      guard case .array(let found)? = reply["result"] else { throw KVError.unreadable("namespaces") }
      for item in found where item["title"]?.text == target.namespace {
        if let id = item["id"]?.text { return id }
      }
      guard found.count == 100 else { return nil }
      page += 1
    }
  }

  // MARK: Values

  /// Reads a value.
  ///
  /// - Returns: The value; nil if there is none.
  /// - Throws: `KVError`.
  public func value(_ key: String, in namespace: String) async throws -> [UInt8]? {
    let reply = try await transport.send(
      KVTransport.Request(method: .GET, url: url(namespace, key), token: token))
    if reply.status == 404, !KVClient.codes(reply).contains(KVClient.namespaceMissing) { return nil }
    guard reply.status == 200 else { throw failure(reply, key) }
    return reply.body
  }

  /// Writes one value, of any size up to the limit.
  ///
  /// - Throws: `KVError`.
  public func put(_ pair: KVPair, in namespace: String) async throws {
    try KVClient.check(key: pair.key, size: pair.value.count)
    let boundary = "wasmstore-" + String(UInt64.random(in: 1 << 63 ... .max), radix: 16)
    var body = ByteBuffer()
    body.writeString(
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"value\"; filename=\"value\"\r\n\r\n")
    body.writeBytes(pair.value)
    body.writeString("\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n")
    body.writeString("\(pair.metadata ?? "{}")\r\n--\(boundary)--\r\n")
    let type = "multipart/form-data; boundary=\(boundary)"
    let reply = try await transport.send(
      KVTransport.Request(
        method: .PUT, url: url(namespace, pair.key), token: token,
        body: KVTransport.Body(body, type: type), isPatient: true))
    _ = try accepted(reply, pair.key)
  }

  private func url(_ namespace: String, _ key: String) -> String {
    "\(target.namespaces)/\(namespace)/values/\(percentEncoded(key.utf8))"
  }

  /// Checks the limits of the service before anything is sent.
  static func check(key: String, size: Int) throws(KVError) {
    if key.utf8.count > keyLimit {
      throw .tooLarge(key: key, reason: "the key is longer than 512 bytes")
    }
    if size > valueLimit { throw .tooLarge(key: key, reason: "the value is larger than 25 MiB") }
  }

  // MARK: Answers

  private static let namespaceMissing: Int64 = 10_013
  private static let titleTaken: Int64 = 10_014

  /// Sends a request to the routes of the namespaces, and returns the JSON of the answer.
  func send(
    _ method: HTTPMethod, _ route: String, _ body: KVTransport.Body?, _ what: String,
    before deadline: ContinuousClock.Instant? = nil
  ) async throws -> JSONValue {
    let reply = try await transport.send(
      KVTransport.Request(
        method: method, url: target.namespaces + route, token: token, body: body, deadline: deadline))
    return try accepted(reply, what)
  }

  /// Returns the JSON of a successful answer.
  func accepted(_ reply: KVTransport.Reply, _ what: String) throws -> JSONValue {
    guard (200..<300).contains(reply.status), let json = reply.json else { throw failure(reply, what) }
    if case .boolean(false)? = json["success"] { throw failure(reply, what) }
    return json
  }

  private static func codes(_ reply: KVTransport.Reply) -> [Int64] {
    guard case .array(let errors)? = reply.json?["errors"] else { return [] }
    return errors.compactMap { $0["code"]?.number }
  }

  private func failure(_ reply: KVTransport.Reply, _ what: String) -> KVError {
    let isMissing = KVClient.codes(reply).contains(KVClient.namespaceMissing)
    return isMissing ? .noNamespace(target.namespace) : reply.failure(what)
  }
}
