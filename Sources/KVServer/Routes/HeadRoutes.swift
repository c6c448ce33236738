internal import Identifiers
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import NIOCore

/// The routes of heads, their logs, and the lease for a prune.
struct HeadRoutes: Sendable {
  let served: ServedStorage

  private static let base = "/:namespace/.wasmstore/v1"
  private static let bodyLength = 8 << 10
  private static let logLength = 100
  private static let greatestLogLength = 1_000
  private static let storeLength = 64

  func register(in routes: KVRoutes) {
    routes.add(HeadRoutes.base + "/heads", [.get: list], rest: .none)
    routes.add(HeadRoutes.base + "/head", [.get: read, .post: change])
    routes.add(HeadRoutes.base + "/log", [.get: log])
    routes.add(HeadRoutes.base + "/prune", [.post: prune], rest: .none)
  }

  // MARK: Reading

  private func list(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let reference = try NamespaceReference(context)
    let heads = try await served.readers.run { storage in
      try reference.namespace(in: storage).map { try storage.heads(in: $0) } ?? []
    }
    return .json(.object([("heads", .array(heads.map(\.json)))]))
  }

  private func read(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let (reference, name) = (try NamespaceReference(context), try HeadRoutes.name(path))
    let now = served.now
    let head = try await served.readers.run { storage in
      try reference.namespace(in: storage).map { try storage.head(name, in: $0, now: now) }
        ?? Head(entries: [], epoch: 0, floor: 0, now: now, pruneUntil: 0)
    }
    return .json(.object(head.members))
  }

  private func log(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let (reference, name) = (try NamespaceReference(context), try HeadRoutes.name(path))
    let before = try request.query("before", in: 0...Int.max)
    let limit =
      try request.query("limit", in: 1...HeadRoutes.greatestLogLength) ?? HeadRoutes.logLength
    let log = try await served.readers.run { storage in
      try reference.namespace(in: storage).map {
        try storage.log(of: name, in: $0, before: before, limit: limit)
      }
        ?? (entries: [], floor: 0)
    }
    return .json(
      .object([("entries", .array(log.entries.map(\.json))), ("floor", .count(log.floor))]))
  }

  // MARK: Changing

  private func change(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let (reference, name) = (try NamespaceReference(context), try HeadRoutes.name(path))
    let change = try HeadChange(try await HeadRoutes.body(request))
    let now = served.now
    let outcome = try await served.writer.run { storage in
      try storage.change(name, change, in: try reference.requiredNamespace(in: storage), now: now)
    }
    switch outcome {
    case .done(let head, let entry):
      return .json(.object(head.members + [("entry", entry?.json ?? .null)]))
    case .refused(let refusal, let head): throw refusal.failure(head)
    }
  }

  private func prune(_ request: Request, _ context: BasicRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let reference = try NamespaceReference(context)
    let asked = try PruneRequest(try await HeadRoutes.body(request))
    let now = served.now
    let outcome = try await served.writer.run { storage in
      try storage.prune(asked, in: try reference.requiredNamespace(in: storage), now: now)
    }
    switch outcome {
    case .done(let state): return .json(.object(state.members(now)))
    case .refused(let state):
      var failure = HTTPFailure(
        .conflict, HeadRefusal.pruned.rawValue, "another prune is running, or has started since")
      failure.members = state.members(now)
      throw failure
    }
  }

  private static func body(_ request: Request) async throws -> JSONValue? {
    JSONValue(parsing: try await request.wholeBody(upTo: bodyLength).readableBytesView)
  }

  /// Returns the head that a path names: a store and a branch, one segment each.
  private static func name(_ path: RequestPath) throws(HTTPFailure) -> HeadName {
    guard path.segments.count == 2 else {
      throw .notFound("the address of a head must have a store and a branch")
    }
    let (store, branch) = (path.segments[0], path.segments[1])
    func isLetterOrDigit(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
    let others = ".-_".utf8
    guard let first = store.utf8.first, isLetterOrDigit(first), store.utf8.count <= storeLength,
      store.utf8.allSatisfy({ isLetterOrDigit($0) || others.contains($0) })
    else {
      throw .badRequest(
        "a store's name must have 1 to \(storeLength) letters, digits, dots, hyphens and underscores")
    }
    guard !branch.utf8.contains(0) else { throw .badRequest("a branch's name must not have a NUL byte") }
    return HeadName(store: store, branch: branch)
  }
}

/// The namespace in a path of heads, named by its id or its title.
private struct NamespaceReference: Sendable {
  private let name: String

  init(_ context: BasicRequestContext) throws(HTTPFailure) {
    guard let name = context.parameters.get("namespace").flatMap({ percentDecoded($0) }),
      !name.isEmpty,
      name.utf8.count <= KVLimits.titleLength
    else {
      throw .badRequest("the namespace's name is empty, too long, or has a malformed escape")
    }
    self.name = name
  }

  /// Returns the namespace; nil if no namespace has the title.
  ///
  /// - Throws: `HTTPFailure` with 404 if no namespace has the id; `DatabaseError`.
  func namespace(in storage: KVStorage) throws -> KVNamespace? {
    if let found = try storage.namespace(id: name) ?? storage.namespace(title: name) { return found }
    guard KVNamespace.isID(name) else { return nil }
    throw HTTPFailure.notFound("there is no namespace \(name)")
  }

  /// Returns the namespace, and creates it if no namespace has the title.
  func requiredNamespace(in storage: KVStorage) throws -> KVNamespace {
    if let found = try namespace(in: storage) { return found }
    // If another request created it in between, that namespace is found.
    if let made = try storage.createNamespace(title: name) ?? storage.namespace(title: name) { return made }
    throw HTTPFailure.notFound("there is no namespace \(name)")
  }
}

extension HeadRefusal {
  /// Returns the failure that the client gets.
  fileprivate func failure(_ head: Head) -> HTTPFailure {
    var failure: HTTPFailure
    switch self {
    case .moved: failure = HTTPFailure(.conflict, rawValue, "another revision is the newest")
    case .pruned: failure = HTTPFailure(.conflict, rawValue, "a prune is running, or has started since")
    case .belowFloor: failure = HTTPFailure(.conflict, rawValue, "the revision is below the floor")
    case .unknownRevision: return .notFound("there is no such revision")
    case .floorAboveNewest: return .badRequest("the floor is above the newest revision")
    }
    failure.members = [("head", .object(head.members))]
    return failure
  }
}

extension PruneState {
  /// Returns the members of the JSON object.
  fileprivate func members(_ now: Int) -> [(String, JSONValue)] {
    [("epoch", .count(epoch)), ("now", .count(now)), ("prune_until", .count(until))]
  }
}
