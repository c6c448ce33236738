internal import JSONText
internal import KVSync
internal import Synchronization
internal import WorkersKV

/// A namespace of Workers KV as a store of values: each call waits for its answer.
final class WorkersValues: ValueStore {
  private let client: KVClient
  /// Whether a missing namespace is made.
  private let isMaking: Bool
  /// The id of the namespace, once it is known.
  private let namespace = Mutex<String?>(nil)

  let limits = ValueLimits.workersKV

  /// Takes a client.
  ///
  /// - Parameters:
  ///   - client: The client.
  ///   - isMaking: Whether a missing namespace is made.
  init(_ client: KVClient, making isMaking: Bool) {
    self.client = client
    self.isMaking = isMaking
  }

  var requestCount: Int { client.requestCount }

  func requestsToPrepare() throws -> Int {
    // Whether the namespace is there is looked up as it is before the first value is stored; making it is one more.
    do { _ = try id } catch KVError.noNamespace { return 1 }
    return 0
  }

  func place() throws -> String? { try id }

  func value(_ key: String) throws -> [UInt8]? {
    let namespace = try id
    return try waitFor { [client] in try await client.value(key, in: namespace) }
  }

  func texts(_ keys: [String]) throws -> [String: [UInt8]] {
    let namespace = try id
    return try waitFor { [client] in try await client.texts(keys, in: namespace) }
  }

  func store<Values: RandomAccessCollection<StoredValue>>(
    _ values: Values, _ stored: ([Int]) throws -> Void
  ) throws -> StoringOutcome where Values.Index == Int {
    let (namespace, start) = (try id, values.startIndex)
    let items = values.map { KVItem(key: $0.key, size: $0.size, metadata: $0.metadata.json.line) }
    let wentWell = try waitFor { question in
      switch question {
      case .read(let index):
        let value = values[start + index]
        let bytes = try value.bytes()
        guard bytes.count == value.size else { throw KVError.changed(key: value.key) }
        return KVItem.pair(key: value.key, value: bytes, metadata: value.metadata.json.line)
      case .stored(let indices):
        try stored(indices.map { start + $0 })
        return []
      }
    } for: { [client] (thread: WaitingThread<Question, [UInt8]>) in
      try await client.put(items, in: namespace) {
        try await thread.ask(.read($0))
      } stored: {
        _ = try await thread.ask(.stored($0))
      }
    }
    return StoringOutcome(wasStrained: !wentWell)
  }

  func storeAlone(_ value: StoredValue) throws {
    let namespace = try id
    let pair = try WorkersValues.pair(value)
    try waitFor { [client] in try await client.put(pair, in: namespace) }
  }

  func list(_ prefix: String, _ page: ([ListedKey]) throws -> Void) throws {
    let namespace = try id
    var cursor: String?
    repeat {
      let found = try waitFor { [client, cursor] in
        try await client.keys(prefix: prefix, after: cursor, in: namespace)
      }
      try page(found.keys.map { ListedKey($0.name, time: $0.metadata?["t"]?.number) })
      cursor = found.cursor
    } while cursor != nil
  }

  var time: Int64? { client.time }

  func delete(_ keys: [ListedKey], before deadline: ContinuousClock.Instant?) throws {
    let namespace = try id
    let names = keys.map(\.name)
    do {
      try waitFor { [client] in try await client.delete(names, in: namespace, before: deadline) }
    } catch KVError.late { throw PublishError.leaseLost }
  }

  /// What a request wants of the thread that waits for it.
  private enum Question {
    /// The value of an index.
    case read(Int)
    /// To take note that some are stored.
    case stored([Int])
  }

  private static func pair(_ value: StoredValue) throws -> KVPair {
    KVPair(key: value.key, value: try value.bytes(), metadata: value.metadata.json.line)
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
