internal import AsyncHTTPClient
public import ClientConnections
public import JSONText
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// A pair that is written.
public struct KVPair: Sendable {
  /// The key.
  public let key: String
  /// The value.
  public let value: [UInt8]
  /// What goes along with the value, as JSON text; nil for nothing.
  public let metadata: String?

  /// Makes a pair from its parts.
  public init(key: String, value: [UInt8], metadata: String? = nil) {
    self.key = key
    self.value = value
    self.metadata = metadata
  }

  /// The bytes that it adds to the body of a bulk write: base64 is a third longer.
  public var bulkBytes: Int { key.utf8.count + (value.count + 2) / 3 * 4 + (metadata?.utf8.count ?? 0) + 64 }
}

/// A client of Workers KV, and of what keeps the heads of what is published there.
public final class KVClient: Sendable {
  /// The most bytes of a key.
  public static let keyLimit = 512
  /// The most bytes of a value.
  public static let valueLimit = 25 << 20
  /// The most pairs of a bulk write.
  public static let pairLimit = 10_000

  /// Where is published.
  public let target: KVTarget
  private let client: HTTPClient
  private let transport: KVTransport
  private let token: String?
  private let headToken: String?

  /// Makes a client.
  ///
  /// - Parameters:
  ///   - target: Where is published.
  ///   - token: Proves to the service of the values who asks; nil for nobody.
  ///   - headToken: Proves it to what keeps the heads.
  ///   - authorities: Whose certificates are trusted.
  ///   - retries: How often is tried.
  /// - Throws: `TLSFailure` where there are no authorities, though one is needed.
  public init(
    _ target: KVTarget, token: String?, headToken: String?,
    trusting authorities: TrustedAuthorities = .system,
    _ retries: RetryPolicy = RetryPolicy()
  ) throws {
    self.target = target
    self.token = token
    self.headToken = headToken
    var configuration = HTTPClient.Configuration()
    // A token goes where it was meant to go, and nowhere else.
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.retryConnectionEstablishment = false
    if (target.namespaces + target.heads).contains("https://") {
      configuration.tlsConfiguration = try TLSConfiguration.client(trusting: authorities)
    }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    transport = KVTransport(client, retries)
  }

  /// Closes its connections. To be called once, at the end.
  public func close() async throws { try await client.shutdown() }

  /// The requests that were sent so far.
  public var requestCount: Int { transport.count }

  // MARK: Namespaces

  /// Finds the namespace by its title, and makes it where it is missing and wanted.
  ///
  /// - Parameter making: Whether a missing one is made.
  /// - Returns: The id.
  /// - Throws: `KVError.noNamespace`, and what a request throws.
  public func namespaceID(making: Bool) async throws -> String {
    if target.hasID { return target.namespace }
    var page = 1
    while true {
      let url = "\(target.namespaces)?page=\(page)&per_page=100"
      let reply = try accepted(await transport.send(.GET, url, token: token), "namespaces")
      guard case .array(let found)? = reply["result"] else { break }
      for item in found where item["title"]?.text == target.namespace {
        if let id = item["id"]?.text { return id }
      }
      guard found.count == 100 else { break }
      page += 1
    }
    guard making else { throw KVError.noNamespace(target.namespace) }
    let body = JSONValue.object([("title", .text(target.namespace))])
    let reply = try accepted(
      await transport.send(.POST, target.namespaces, token: token, KVClient.json(body)),
      "making the namespace")
    guard let id = reply["result"]?["id"]?.text else { throw KVError.noNamespace(target.namespace) }
    return id
  }

  // MARK: Values

  /// Reads a value.
  ///
  /// - Returns: The value; nil where there is none.
  /// - Throws: `KVError`.
  public func value(_ key: String, in namespace: String) async throws -> [UInt8]? {
    let reply = try await transport.send(.GET, url(namespace, key), token: token)
    if reply.status == 404 {
      if KVClient.codes(reply).contains(10_013) { throw KVError.noNamespace(target.namespace) }
      return nil
    }
    guard reply.status == 200 else { throw failure(reply, key) }
    return reply.body
  }

  /// Writes one value, which may be as large as a value can be.
  ///
  /// - Throws: `KVError`.
  public func put(_ pair: KVPair, in namespace: String) async throws {
    try KVClient.check([pair])
    let boundary = "wasmstore-" + String(UInt64.random(in: 1 << 63 ... .max), radix: 16)
    var body = ByteBuffer()
    body.writeString(
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"value\"; filename=\"value\"\r\n\r\n")
    body.writeBytes(pair.value)
    body.writeString("\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n")
    body.writeString("\(pair.metadata ?? "{}")\r\n--\(boundary)--\r\n")
    let type = "multipart/form-data; boundary=\(boundary)"
    let reply = try await transport.send(
      .PUT, url(namespace, pair.key), token: token, KVTransport.Body(bytes: body, type: type))
    _ = try accepted(reply, pair.key)
  }

  /// Writes values in one request, and once more those that the service did not take.
  ///
  /// - Throws: `KVError.incomplete` where it never takes them all, and what a request throws.
  public func put(_ pairs: [KVPair], in namespace: String) async throws {
    try KVClient.check(pairs)
    var pending = pairs
    for _ in 0..<KVClient.bulkTries where !pending.isEmpty {
      let url = "\(target.namespaces)/\(namespace)/bulk"
      let reply = try accepted(
        await transport.send(.PUT, url, token: token, KVClient.bulk(pending)), "bulk write")
      guard case .array(let keys)? = reply["result"]?["unsuccessful_keys"] else { return }
      let missing = Set(keys.compactMap(\.text))
      pending.removeAll { !missing.contains($0.key) }
    }
    if let first = pending.first { throw KVError.incomplete(count: pending.count, example: first.key) }
  }

  /// Lists keys.
  ///
  /// - Parameters:
  ///   - prefix: What the keys begin with.
  ///   - cursor: Where the list before ended; nil for the first.
  ///   - namespace: The id of the namespace.
  /// - Returns: The keys in their order, and where the list goes on; nil at its end.
  /// - Throws: `KVError`.
  public func keys(
    prefix: String, after cursor: String?, in namespace: String
  ) async throws -> (keys: [String], cursor: String?) {
    var url = "\(target.namespaces)/\(namespace)/keys?limit=1000&prefix=\(KVClient.encoded(prefix))"
    if let cursor { url += "&cursor=\(KVClient.encoded(cursor))" }
    let reply = try accepted(await transport.send(.GET, url, token: token), "keys")
    guard case .array(let found)? = reply["result"] else { return ([], nil) }
    let next = reply["result_info"]?["cursor"]?.text
    return (found.compactMap { $0["name"]?.text }, next?.isEmpty == false ? next : nil)
  }

  /// How often the keys that a bulk write did not take are sent.
  private static let bulkTries = 6

  private func url(_ namespace: String, _ key: String) -> String {
    "\(target.namespaces)/\(namespace)/values/\(KVClient.encoded(key))"
  }

  private static func bulk(_ pairs: [KVPair]) -> KVTransport.Body {
    var writer = JSONWriter()
    writer.array(pairs) { pair, writer in
      writer.object { object in
        object.member("key", pair.key)
        object.member("base64", true)
        object.member("value") { $0.text { Base64.append(pair.value, to: &$0) } }
        if let metadata = pair.metadata {
          object.member("metadata") { $0.write(.serialized(Array(metadata.utf8))) }
        }
      }
    }
    return KVTransport.Body(bytes: ByteBuffer(bytes: writer.bytes), type: "application/json")
  }

  /// Refuses what the service would, before anything is sent.
  private static func check(_ pairs: [KVPair]) throws(KVError) {
    for pair in pairs {
      if pair.key.utf8.count > keyLimit {
        throw .tooLarge(key: pair.key, reason: "the key is longer than 512 bytes")
      }
      if pair.value.count > valueLimit {
        throw .tooLarge(key: pair.key, reason: "the value is larger than 25 MiB")
      }
    }
  }

  // MARK: Heads

  /// Asks what keeps the heads.
  ///
  /// - Parameters:
  ///   - path: What follows `/.wasmstore/v1/`.
  ///   - body: What is asked to be done; nil to read.
  /// - Returns: The answer.
  /// - Throws: `KVError.moved`, `.belowFloor`, `.notFound`, and what a request throws.
  public func head(_ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
    let url = "\(target.heads)/.wasmstore/v1/\(path)"
    let reply = try await transport.send(
      body == nil ? .GET : .POST, url, token: headToken, body.map { KVClient.json($0) })
    guard reply.status == 409 else { return try accepted(reply, "head") }
    switch reply.json?["error"]?["code"]?.text {
    case "below_floor": throw KVError.belowFloor(path)
    default: throw KVError.moved(path)
    }
  }

  // MARK: Answers

  private static func json(_ value: JSONValue) -> KVTransport.Body {
    KVTransport.Body(bytes: ByteBuffer(string: value.serialized), type: "application/json")
  }

  /// The JSON of an answer that says that what was asked was done.
  private func accepted(_ reply: KVTransport.Reply, _ what: String) throws -> JSONValue {
    guard (200..<300).contains(reply.status), let json = reply.json else { throw failure(reply, what) }
    if case .boolean(false)? = json["success"] { throw failure(reply, what) }
    return json
  }

  private static func codes(_ reply: KVTransport.Reply) -> [Int64] {
    guard case .array(let errors)? = reply.json?["errors"] else { return [] }
    return errors.compactMap { $0["code"]?.number }
  }

  private func failure(_ reply: KVTransport.Reply, _ what: String) -> KVError {
    if reply.status == 401 || reply.status == 403 { return .refused(what) }
    let codes = KVClient.codes(reply)
    if codes.contains(10_013) { return .noNamespace(target.namespace) }
    var words = reply.json?["error"]?["message"]?.text
    if case .array(let errors)? = reply.json?["errors"] { words = words ?? errors.first?["message"]?.text }
    if reply.status == 404 { return .notFound(what) }
    return .failed(what: what, status: reply.status, reason: words ?? "without a reason")
  }

  /// A text as one segment of a URL (RFC 3986, section 2.3).
  public static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if byte < 0x80,
        Character(scalar).isLetter || Character(scalar).isNumber || "-._~".contains(Character(scalar))
      {
        result.unicodeScalars.append(scalar)
      } else {
        result += "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }
}
