internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import NIOCore
internal import Synchronization

/// The routes that write, remove and read several values in one call.
struct BulkRoutes: Sendable {
  let served: ServedStorage

  /// The number of bytes that are read at a time.
  private static let pieceLength = 1 << 18
  /// The number of value bytes that are written in one batch.
  private static let batchLength = 4 << 20

  func register(in routes: KVRoutes) {
    routes.add(NamespaceRoutes.one + "/bulk", [.put: write, .delete: removeSilently], rest: .none)
    routes.add(NamespaceRoutes.one + "/bulk/delete", [.post: remove], rest: .none)
    routes.add(NamespaceRoutes.one + "/bulk/get", [.post: read], rest: .none)
  }

  // MARK: Writing

  /// Writes the pairs of the body: all of them, or none if there is an error.
  private func write(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let namespace = try await served.namespace(context)
    let now = served.now
    let incoming = IncomingPairs(now: now)
    // Values are written while the body arrives. No key refers to them until the body is complete.
    var staged: [KVNewEntry] = []
    do {
      try await request.forEachPiece(of: BulkRoutes.pieceLength, upTo: KVLimits.bulkBodyLength) { piece in
        let pairs = try await served.parser.run {
          try incoming.reader.withLock { reader in
            try reader.read(piece)
            return reader.byteCount >= BulkRoutes.batchLength ? reader.takePairs() : []
          }
        }
        if !pairs.isEmpty { staged += try await stage(pairs) }
      }
      let rest = try incoming.reader.withLock { reader in
        try reader.finish()
        return reader.takePairs()
      }
      let (entries, left) = BulkRoutes.split(staged + rest, served.faults)
      guard try await served.writer.run({ try $0.put(entries, in: namespace, now: now) }) else {
        throw KVFailure.namespaceNotFound
      }
      let unused = left.compactMap(\.value.staged)
      if !unused.isEmpty { try await served.writer.run { try $0.discard(unused) } }
      return .envelope(
        BulkRoutes.result(incoming.reader.withLock { $0.count } - left.count, left.map(\.key)))
    } catch {
      let left = staged.compactMap(\.value.staged)
      if !left.isEmpty { try await served.writer.run { try $0.discard(left) } }
      throw error
    }
  }

  /// Splits items into those to process and those that the fault plan skips.
  private static func split<Item>(_ items: [Item], _ faults: Faults?) -> (done: [Item], left: [Item]) {
    guard let done = faults?.done(of: items.count) else { return (items, []) }
    return (zip(items, done).filter(\.1).map(\.0), zip(items, done).filter { !$0.1 }.map(\.0))
  }

  private func stage(_ pairs: [KVNewEntry]) async throws -> [KVNewEntry] {
    try await served.writer.run { storage in
      let staged = try storage.stage(pairs.map(\.value.pieces))
      return zip(pairs, staged).map { pair, content in
        var pair = pair
        pair.value = .staged(content)
        return pair
      }
    }
  }

  private static func result(_ count: Int, _ left: [[UInt8]]) -> JSONValue {
    .object([
      ("successful_key_count", .count(count)),
      ("unsuccessful_keys", .array(left.map { .text(String(decoding: $0, as: UTF8.self)) })),
    ])
  }

  // MARK: Removing

  private func remove(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let (count, left) = try await removeKeys(request, context)
    return .envelope(BulkRoutes.result(count, left))
  }

  /// Removes keys with the older form of the call, whose response has no counts.
  private func removeSilently(
    _ request: Request, _ context: BasicRequestContext, _ path: RequestPath
  ) async throws -> Response {
    _ = try await removeKeys(request, context)
    return .envelope(.null)
  }

  private func removeKeys(
    _ request: Request, _ context: BasicRequestContext
  ) async throws -> (count: Int, left: [[UInt8]]) {
    let namespace = try await served.namespace(context)
    let body = try await request.wholeBody(upTo: KVLimits.namesBodyLength)
    return try await served.writer.run { storage in
      let names = try BulkRoutes.names(
        JSONValue(parsing: body.readableBytesView), limit: KVLimits.pairsPerCall)
      let (removed, left) = BulkRoutes.split(names.map { Array($0.utf8) }, served.faults)
      try storage.remove(removed, in: namespace)
      return (removed.count, left)
    }
  }

  /// Returns the keys in an array.
  private static func names(_ value: JSONValue?, limit: Int) throws(KVFailure) -> [String] {
    guard case .array(let values)? = value else { throw .invalid("the body must have an array of keys") }
    guard values.count <= limit else { throw .invalid("there are more than \(limit) keys") }
    var names: [String] = []
    for value in values {
      guard let name = value.text else { throw .invalid("a key must be a string") }
      try KVLimits.check(key: Array(name.utf8))
      names.append(name)
    }
    return names
  }

  // MARK: Reading

  private func read(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let namespace = try await served.namespace(context)
    let body = JSONValue(
      parsing: try await request.wholeBody(upTo: KVLimits.namesBodyLength).readableBytesView)
    let names = try BulkRoutes.names(body?["keys"], limit: KVLimits.keysPerBulkRead)
    let isJSON: Bool
    switch body?["type"] {
    case nil, .null?: isJSON = false
    case .text("text")?: isJSON = false
    case .text("json")?: isJSON = true
    default: throw KVFailure.invalid("type must be text or json")
    }
    var withMetadata = false
    if case .boolean(true)? = body?["withMetadata"] { withMetadata = true }
    var (values, byteCount) = ([(String, JSONValue)](), 0)
    for name in Set(names).sorted() {
      guard let found = try await served.value(Array(name.utf8), in: namespace, for: request) else {
        values.append((name, .null))
        continue
      }
      byteCount += found.bytes.count
      try BulkRoutes.check(length: byteCount)
      let value = try BulkRoutes.value(found.bytes, of: name, isJSON: isJSON)
      values.append((name, withMetadata ? BulkRoutes.object(value, found.entry) : value))
    }
    return .envelope(.object([("values", .object(values))]))
  }

  private static func check(length: Int) throws(KVFailure) {
    guard length <= KVLimits.valueLength else {
      throw .invalid("the values have more than \(KVLimits.valueLength) bytes in total", .contentTooLarge)
    }
  }

  private static func value(_ bytes: [UInt8], of name: String, isJSON: Bool) throws(KVFailure) -> JSONValue {
    if isJSON {
      guard let value = JSONValue(parsing: bytes) else {
        throw .invalid("the value of \(name) is not valid JSON")
      }
      return value
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalid("the value of \(name) is not text")
    }
    return .text(text)
  }

  private static func object(_ value: JSONValue, _ entry: KVEntry) -> JSONValue {
    var members = [("value", value), ("metadata", entry.metadata.map { .serialized($0) } ?? .null)]
    if let expiration = entry.expiration { members.append(("expiration", .count(expiration))) }
    return .object(members)
  }
}

/// The reader of a body that arrives.
///
/// Threads change it in place, because a copy would double the memory for the data that was read.
private final class IncomingPairs: Sendable {
  let reader: Mutex<BulkWriteReader>
  init(now: Int) { reader = Mutex(BulkWriteReader(now: now)) }
}

extension KVContent {
  fileprivate var pieces: [[UInt8]] {
    if case .pieces(let pieces) = self { pieces } else { [] }
  }

  fileprivate var staged: StagedContent? {
    if case .staged(let content) = self { content } else { nil }
  }
}
