internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Identifiers
internal import JSONText
internal import NIOCore

/// The routes of single values, their metadata, and lists of keys.
struct ValueRoutes: Sendable {
  let served: ServedStorage

  private static let keysPerCall = 10...1_000
  /// The maximum overhead of a form over its value in bytes.
  private static let formRoom = 64 << 10

  func register(in routes: KVRoutes) {
    routes.add(NamespaceRoutes.one + "/keys", [.get: list], rest: .none)
    routes.add(NamespaceRoutes.one + "/values", [.get: read, .put: write, .delete: remove])
    routes.add(NamespaceRoutes.one + "/metadata", [.get: metadata])
  }

  /// Returns the key after the name of a route: one segment, decoded once.
  private func key(_ path: RequestPath) throws -> [UInt8] {
    guard path.segments.count <= 1 else {
      throw HTTPFailure.notFound("the key must be one segment of the address")
    }
    let key = Array((path.first ?? "").utf8)
    try KVLimits.check(key: key)
    return key
  }

  private func list(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let namespace = try await served.namespace(context)
    let limit = try request.query("limit", in: ValueRoutes.keysPerCall) ?? ValueRoutes.keysPerCall.upperBound
    let prefix = Array((try request.query("prefix") ?? "").utf8)
    var last: [UInt8]?
    if let cursor = try request.query("cursor"), !cursor.isEmpty {
      last = Identifiers.bytes(hexadecimal: cursor.utf8)
      guard last != nil else { throw KVFailure.invalid("the cursor is not from this server") }
    }
    let now = served.now
    var found = try await served.readers.run { [last] storage in
      // One more entry than the limit shows whether there are more.
      try storage.entries(in: namespace, prefix: prefix, after: last, limit: limit + 1, now: now)
    }
    let hasMore = found.count > limit
    if hasMore { found.removeLast() }
    let cursor = hasMore ? hexadecimal(found.last?.key ?? []) : ""
    return .envelope(
      .array(found.map(\.json)),
      info: .object([("count", .count(found.count)), ("cursor", .text(cursor))]))
  }

  private func read(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let key = try key(path)
    let namespace = try await served.namespace(context)
    guard let found = try await served.value(key, in: namespace, for: request) else {
      throw KVFailure.keyNotFound
    }
    var response = Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: found.bytes)))
    response.headers[.contentType] = "application/octet-stream"
    if let expiration = found.entry.expiration, let name = HTTPField.Name("Expiration") {
      response.headers[name] = String(expiration)
    }
    return response
  }

  private func metadata(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let key = try key(path)
    let namespace = try await served.namespace(context)
    let now = served.now
    guard let entry = try await served.readers.run({ try $0.entry(key, in: namespace, now: now) }) else {
      throw KVFailure.keyNotFound
    }
    return .envelope(entry.metadata.map { .serialized($0) } ?? .null)
  }

  private func write(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let key = try key(path)
    let now = served.now
    let expiration = try KVLimits.expiration(
      request.query("expiration", in: 0...Int.max), time: request.query("expiration_ttl", in: 0...Int.max),
      now: now)
    let namespace = try await served.namespace(context)
    let body = try await request.wholeBody(upTo: KVLimits.valueLength + ValueRoutes.formRoom)
    let type = request.headers[.contentType] ?? ""
    let written = try await served.writer.run { storage in
      var entry = try ValueRoutes.entry(body.readableBytesView, contentType: type)
      (entry.key, entry.expiration) = (key, expiration)
      return try storage.put([entry], in: namespace, now: now)
    }
    guard written else { throw KVFailure.namespaceNotFound }
    return .envelope(.null)
  }

  /// Parses a body, which is the value itself or a form that contains it.
  private static func entry(
    _ body: ByteBufferView, contentType: String
  ) throws(KVFailure) -> KVNewEntry {
    var entry = KVNewEntry(key: [], value: .pieces([]))
    guard contentType.lowercased().hasPrefix("multipart/form-data") else {
      try KVLimits.check(valueLength: body.count)
      entry.value = KVContent(body)
      return entry
    }
    guard let form = MultipartForm(body, contentType: contentType), let value = form["value"] else {
      throw .invalid("the form has no value")
    }
    try KVLimits.check(valueLength: value.count)
    if let metadata = form["metadata"], !metadata.isEmpty { entry.metadata = try KVLimits.metadata(metadata) }
    entry.value = KVContent(value)
    return entry
  }

  private func remove(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let key = try key(path)
    let namespace = try await served.namespace(context)
    try await served.writer.run { try $0.remove([key], in: namespace) }
    return .envelope(.null)
  }
}

extension KVEntry {
  /// The entry as JSON in a list.
  fileprivate var json: JSONValue {
    var members: [(String, JSONValue)] = [("name", .text(String(decoding: key, as: UTF8.self)))]
    if let expiration { members.append(("expiration", .count(expiration))) }
    if let metadata { members.append(("metadata", .serialized(metadata))) }
    return .object(members)
  }
}
