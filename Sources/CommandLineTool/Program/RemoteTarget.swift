internal import JSONText
internal import KVSync
internal import Synchronization
internal import WorkersKV

/// A namespace of Workers KV as a publish takes it: each call waits for its answer.
final class RemoteTarget: PublishTarget {
  private let client: KVClient
  /// Whether a missing namespace is made.
  private let isMaking: Bool
  /// The id of the namespace, once it is known.
  private let namespace = Mutex<String?>(nil)

  /// Opens a target.
  ///
  /// - Parameters:
  ///   - text: The target, as it was given.
  ///   - head: The URL of what keeps the heads; nil for the server of the target.
  ///   - isMaking: Whether a missing namespace is made.
  ///   - settings: The tokens.
  /// - Throws: `KVError.invalidTarget`, `TLSFailure`.
  init(_ text: String, head: String?, making isMaking: Bool, _ settings: Settings) throws {
    let target = try KVTarget(text, head: head)
    client = try KVClient(target, token: settings.kvToken, headToken: settings.headToken)
    self.isMaking = isMaking
  }

  /// Runs `body` with a target, and closes its connections.
  static func with<Result>(
    _ text: String, head: String?, making isMaking: Bool, _ settings: Settings,
    _ body: (RemoteTarget) throws -> Result
  ) throws -> Result {
    let target = try RemoteTarget(text, head: head, making: isMaking, settings)
    let client = target.client
    do {
      let result = try body(target)
      try waitFor { try await client.close() }
      return result
    } catch {
      // Why it failed matters more than how its connections were closed.
      try? waitFor { try await client.close() }
      throw error
    }
  }

  var requestCount: Int { client.requestCount }

  func requestsToPrepare() throws -> Int {
    // Whether the namespace is there is looked up as it is before the first value is stored; making it is one more.
    do { _ = try id } catch KVError.noNamespace { return 1 }
    return 0
  }

  func value(_ key: String) throws -> [UInt8]? {
    let namespace = try id
    return try waitFor { [client] in try await client.value(key, in: namespace) }
  }

  func store(_ values: [StoredValue]) throws {
    let namespace = try id
    let pairs = values.map { KVPair(key: $0.key, value: $0.bytes, metadata: $0.metadata) }
    try waitFor { [client] in try await client.put(pairs, in: namespace) }
  }

  func storeAlone(_ value: StoredValue) throws {
    let namespace = try id
    let pair = KVPair(key: value.key, value: value.bytes, metadata: value.metadata)
    try waitFor { [client] in try await client.put(pair, in: namespace) }
  }

  func head(_ path: String, _ body: JSONValue?) throws -> JSONValue {
    try waitFor { [client] in try await client.head(path, body) }
  }

  func isMove(_ error: any Error) -> Bool {
    if case KVError.moved = error { true } else { false }
  }

  /// The id of the namespace. Each request is made where it is first needed.
  private var id: String {
    get throws {
      if let known = namespace.withLock({ $0 }) { return known }
      let id = try waitFor { [client, isMaking] in try await client.namespaceID(making: isMaking) }
      namespace.withLock { $0 = id }
      return id
    }
  }
}
