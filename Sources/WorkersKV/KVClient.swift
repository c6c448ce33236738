internal import Identifiers
public import JSONText
internal import NIOCore
internal import NIOHTTP1

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

/// A key in a list.
public struct KVKey: Sendable {
  /// The key.
  public let name: String
  /// What goes along with its value; nil for nothing.
  public let metadata: JSONValue?
}

/// A client of a namespace of Workers KV, or of a server that speaks as it does.
public final class KVClient: Sendable {
  /// The most bytes of a key.
  public static let keyLimit = 512
  /// The most bytes of a value.
  public static let valueLimit = 25 << 20
  /// The most pairs of a bulk write.
  public static let pairLimit = 10_000
  /// The most keys of a bulk read.
  private static let readLimit = 100

  /// Where is published.
  public let target: KVTarget
  private let transport: KVTransport
  private let token: String?

  /// Makes a client.
  ///
  /// - Parameters:
  ///   - target: Where the values are.
  ///   - token: Proves to the service who asks; nil for nobody.
  ///   - connections: What requests go over.
  ///   - retries: How often is tried.
  public init(
    _ target: KVTarget, token: String?, over connections: KVConnections,
    _ retries: RetryPolicy = RetryPolicy()
  ) {
    self.target = target
    self.token = token
    transport = KVTransport(connections, retries)
  }

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
      await transport.send(.POST, target.namespaces, token: token, KVTransport.Body(body)),
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
      .PUT, url(namespace, pair.key), token: token, KVTransport.Body(body, type: type))
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
      let missing = Set(KVClient.unsuccessful(reply))
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
  ) async throws -> (keys: [KVKey], cursor: String?) {
    var url = "\(target.namespaces)/\(namespace)/keys?limit=1000&prefix=\(percentEncoded(prefix.utf8))"
    if let cursor { url += "&cursor=\(percentEncoded(cursor.utf8))" }
    let reply = try accepted(await transport.send(.GET, url, token: token), "keys")
    guard case .array(let found)? = reply["result"] else { throw KVError.unreadable("keys") }
    let next = reply["result_info"]?["cursor"]?.text
    let keys = try found.map { item in
      guard let name = item["name"]?.text else { throw KVError.unreadable("keys") }
      return KVKey(name: name, metadata: item["metadata"])
    }
    return (keys, next?.isEmpty == false ? next : nil)
  }

  /// Reads values that are texts, a hundred in each request.
  ///
  /// - Returns: The values of those keys that have one.
  /// - Throws: `KVError`.
  public func texts(_ keys: [String], in namespace: String) async throws -> [String: [UInt8]] {
    var texts: [String: [UInt8]] = [:]
    for start in stride(from: 0, to: keys.count, by: KVClient.readLimit) {
      let part = keys[start..<min(start + KVClient.readLimit, keys.count)]
      let body = JSONValue.object([("keys", .array(part.map { .text($0) })), ("type", .text("text"))])
      let url = "\(target.namespaces)/\(namespace)/bulk/get"
      let reply = try accepted(
        await transport.send(.POST, url, token: token, KVTransport.Body(body)), "bulk get")
      guard let values = reply["result"]?["values"] else { throw KVError.unreadable("bulk get") }
      for key in part { if let text = values[key]?.text { texts[key] = Array(text.utf8) } }
    }
    return texts
  }

  /// Deletes keys, up to 10,000 in each request. One that is gone is nothing to complain of.
  ///
  /// - Throws: `KVError.incomplete` where the service never deletes them all, and what a request throws.
  public func delete(_ keys: [String], in namespace: String) async throws {
    for start in stride(from: 0, to: keys.count, by: KVClient.pairLimit) {
      var pending = Array(keys[start..<min(start + KVClient.pairLimit, keys.count)])
      for _ in 0..<KVClient.bulkTries where !pending.isEmpty {
        let url = "\(target.namespaces)/\(namespace)/bulk/delete"
        let body = KVTransport.Body(JSONValue.array(pending.map { .text($0) }))
        let reply = try accepted(await transport.send(.POST, url, token: token, body), "bulk delete")
        pending = KVClient.unsuccessful(reply)
      }
      if let first = pending.first { throw KVError.incomplete(count: pending.count, example: first) }
    }
  }

  /// The keys that a bulk call did not take.
  private static func unsuccessful(_ reply: JSONValue) -> [String] {
    guard case .array(let keys)? = reply["result"]?["unsuccessful_keys"] else { return [] }
    return keys.compactMap(\.text)
  }

  /// How often the keys that a bulk write did not take are sent.
  private static let bulkTries = 6

  private func url(_ namespace: String, _ key: String) -> String {
    "\(target.namespaces)/\(namespace)/values/\(percentEncoded(key.utf8))"
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
    return KVTransport.Body(ByteBuffer(bytes: writer.bytes), type: "application/json")
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

  // MARK: Answers

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
    let codes = KVClient.codes(reply)
    if codes.contains(10_013) { return .noNamespace(target.namespace) }
    return reply.failure(what)
  }
}
