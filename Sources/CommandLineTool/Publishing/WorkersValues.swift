internal import JSONText
internal import KVSync
internal import Synchronization
internal import WorkersKV

/// A namespace of Workers KV as a store of values. Each call waits for its answer.
final class WorkersValues: ValueStore {
  private let client: KVClient
  /// Whether to create a missing namespace.
  private let isMaking: Bool
  /// The id of the namespace, once it is known.
  private let namespace = Mutex<String?>(nil)

  let limits = ValueLimits.workersKV

  /// Creates the store of values of a client.
  ///
  /// - Parameters:
  ///   - client: The client.
  ///   - isMaking: Whether to create a missing namespace.
  init(_ client: KVClient, making isMaking: Bool) {
    self.client = client
    self.isMaking = isMaking
  }

  var requestCount: Int { client.requestCount }

  func requestsToPrepare() throws -> Int {
    // The lookup of the namespace happens anyway before the first value is stored; creating it is one more request.
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

  /// A question of a request to the thread that waits for it.
  private enum Question {
    /// Reads the value of an index.
    case read(Int)
    /// Records that some values are stored.
    case stored([Int])
  }

  private static func pair(_ value: StoredValue) throws -> KVPair {
    KVPair(key: value.key, value: try value.bytes(), metadata: value.metadata.json.line)
  }

  /// The id of the namespace. It is looked up at first use.
  private var id: String {
    get throws {
      if let known = namespace.withLock({ $0 }) { return known }
      let id = try waitFor { [client, isMaking] in try await client.namespaceID(making: isMaking) }
      namespace.withLock { $0 = id }
      return id
    }
  }
}
