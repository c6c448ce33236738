internal import Identifiers
public import JSONText
internal import NIOHTTP1

/// A value to write together with others. Thousands of them wait at the same time, so it contains only what is needed
/// before it is sent.
public struct KVItem: Sendable {
  /// The key.
  public let key: String
  /// The number of the value's bytes.
  let size: Int
  /// The number of bytes of its pair.
  let length: Int

  /// Creates an item.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - size: The number of the value's bytes.
  ///   - metadata: The metadata, as JSON text; nil for none.
  public init(key: String, size: Int, metadata: String?) {
    self.key = key
    self.size = size
    length = KVItem.head(key).utf8.count + (size + 2) / 3 * 4 + KVItem.tail(metadata).utf8.count
  }

  /// Returns a value with its key in the form in which they are sent.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - value: The value.
  ///   - metadata: As in `KVItem.init`.
  /// - Returns: The JSON text.
  public static func pair(key: String, value: [UInt8], metadata: String?) -> [UInt8] {
    var bytes = Array(head(key).utf8)
    bytes.reserveCapacity(bytes.count + value.count / 3 * 4 + 256)
    Base64.append(value, to: &bytes)
    bytes += tail(metadata).utf8
    return bytes
  }

  private static func head(_ key: String) -> String {
    "{\"key\":\(JSONValue.text(key).line),\"base64\":true,\"value\":\""
  }

  private static func tail(_ metadata: String?) -> String {
    metadata.map { "\",\"metadata\":\($0)}" } ?? "\"}"
  }
}

/// A key in a list.
public struct KVKey: Sendable {
  /// The key.
  public let name: String
  /// The metadata of its value; nil for none.
  public let metadata: JSONValue?
}

extension KVClient {
  /// The maximum number of pairs in a bulk write.
  public static let pairLimit = 10_000
  /// The maximum number of keys in a bulk read.
  private static let readLimit = 100
  /// A reply after this time is slow: the service answers 524 if a request takes much longer.
  private static let slowReply = Duration.seconds(5)

  /// Writes values, in one request if there is no failure. After a failure the next request contains half as many; only
  /// values that the service did not accept are sent again.
  ///
  /// - Parameters:
  ///   - items: The values, at most `pairLimit`.
  ///   - namespace: The id of the namespace.
  ///   - read: Reads the value of an index of `items`, as a pair; called again for each try.
  ///   - stored: Called with the indices of stored values, after each reply.
  /// - Returns: Whether there was no failure and no slow reply.
  /// - Throws: `KVError`, with `.incomplete` if the service never accepts some of them; the errors of `read` and
  ///   `stored`.
  public func put(
    _ items: [KVItem], in namespace: String, read: @escaping @Sendable (Int) async throws -> [UInt8],
    stored: @Sendable ([Int]) async throws -> Void
  ) async throws -> Bool {
    for item in items { try KVClient.check(key: item.key, size: item.size) }
    let url = "\(target.namespaces)/\(namespace)/bulk"
    var pending = Array(items.indices)
    var (part, failures, isEasy) = (items.count, 0, true)
    while !pending.isEmpty {
      let sent = Array(pending.prefix(part))
      let began = transport.retries.now()
      let request = KVTransport.Request(
        method: .PUT, url: url, token: token, body: KVTransport.Body(BulkBody(items, sent, read: read)))
      switch try await transport.attempt(request) {
      case .answered(let reply) where reply.status == 413 && sent.count > 1:
        (part, isEasy) = (sent.count / 2, false)
      case .answered(let reply):
        let missing = Set(KVClient.unsuccessful(try accepted(reply, "bulk write")))
        let taken = sent.filter { !missing.contains(items[$0].key) }
        try await stored(taken)
        pending = sent.filter { missing.contains(items[$0].key) } + pending.dropFirst(sent.count)
        isEasy = isEasy && missing.isEmpty && transport.retries.now() - began < KVClient.slowReply
        failures = taken.isEmpty ? failures + 1 : 0
        guard failures < transport.retries.tries else {
          throw KVError.incomplete(count: missing.count, example: items[sent[0]].key)
        }
        if !missing.isEmpty { try await transport.wait(after: failures + 1, nil) }
      case .failed(let reply, let error):
        failures += 1
        guard failures < transport.retries.tries else {
          throw reply.map { $0.failure("bulk write") } ?? error
        }
        (part, isEasy) = (max(1, sent.count / 2), false)
        try await transport.wait(after: failures, reply)
      }
    }
    return isEasy
  }

  /// Reads values that are texts, a hundred in each request.
  ///
  /// - Returns: The values of the keys that have one.
  /// - Throws: `KVError`.
  public func texts(_ keys: [String], in namespace: String) async throws -> [String: [UInt8]] {
    var texts: [String: [UInt8]] = [:]
    for start in stride(from: 0, to: keys.count, by: KVClient.readLimit) {
      let part = keys[start..<min(start + KVClient.readLimit, keys.count)]
      let body = JSONValue.object([("keys", .array(part.map { .text($0) })), ("type", .text("text"))])
      let reply = try await send(.POST, "/\(namespace)/bulk/get", KVTransport.Body(body), "bulk get")
      guard let values = reply["result"]?["values"] else { throw KVError.unreadable("bulk get") }
      for key in part { if let text = values[key]?.text { texts[key] = Array(text.utf8) } }
    }
    return texts
  }

  /// Deletes keys, up to 10,000 in each request. A key that does not exist is not an error.
  ///
  /// - Parameters:
  ///   - keys: The keys.
  ///   - namespace: The id of the namespace.
  ///   - deadline: No request is sent after it; nil for no limit.
  /// - Throws: `KVError.incomplete` if the service never deletes all of them, `.late`, and the errors of a request.
  public func delete(
    _ keys: [String], in namespace: String, before deadline: ContinuousClock.Instant? = nil
  ) async throws {
    for start in stride(from: 0, to: keys.count, by: KVClient.pairLimit) {
      var pending = Array(keys[start..<min(start + KVClient.pairLimit, keys.count)])
      var failures = 0
      while let first = pending.first {
        guard failures < transport.retries.tries else {
          throw KVError.incomplete(count: pending.count, example: first)
        }
        if failures > 0 { try await transport.wait(after: failures, nil) }
        let body = KVTransport.Body(JSONValue.array(pending.map { .text($0) }))
        pending = KVClient.unsuccessful(
          try await send(.POST, "/\(namespace)/bulk/delete", body, "bulk delete", before: deadline))
        failures += 1
      }
    }
  }

  /// Lists keys.
  ///
  /// - Parameters:
  ///   - prefix: The prefix of the keys.
  ///   - cursor: The cursor returned with the page before; nil for the first page.
  ///   - namespace: The id of the namespace.
  /// - Returns: The keys in order, and the cursor of the next page; nil at the end.
  /// - Throws: `KVError`.
  public func keys(
    prefix: String, after cursor: String?, in namespace: String
  ) async throws -> (keys: [KVKey], cursor: String?) {
    var route = "/\(namespace)/keys?limit=1000&prefix=\(percentEncoded(prefix.utf8))"
    if let cursor { route += "&cursor=\(percentEncoded(cursor.utf8))" }
    let reply = try await send(.GET, route, nil, "keys")
    guard case .array(let found)? = reply["result"] else { throw KVError.unreadable("keys") }
    let next = reply["result_info"]?["cursor"]?.text
    let keys = try found.map { item in
      guard let name = item["name"]?.text else { throw KVError.unreadable("keys") }
      return KVKey(name: name, metadata: item["metadata"])
    }
    return (keys, next?.isEmpty == false ? next : nil)
  }

  /// The keys that failed in a bulk call.
  private static func unsuccessful(_ reply: JSONValue) -> [String] {
    guard case .array(let keys)? = reply["result"]?["unsuccessful_keys"] else { return [] }
    return keys.compactMap(\.text)
  }
}
