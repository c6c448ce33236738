public import JSONText

/// A store of values by their keys, such as a namespace of Workers KV. Each call waits for its answer, and retries if
/// that may help; several threads may call at once.
public protocol ValueStore: Sendable {
  /// The limits of the store.
  var limits: ValueLimits { get }

  /// The number of requests sent so far, including retries.
  var requestCount: Int { get }

  /// The number of requests needed before values can be stored. Sends only requests that read.
  func requestsToPrepare() throws -> Int

  /// A unique name of the place of the values, which is never reused; nil if there is none, so that nothing is known of
  /// the values that an earlier process stored.
  func place() throws -> String?

  /// Reads a value; nil if there is none.
  func value(_ key: String) throws -> [UInt8]?

  /// Reads values that are texts, many in a request if possible. Keys without a value are left out.
  func texts(_ keys: [String]) throws -> [String: [UInt8]]

  /// Stores values, in one request if nothing fails. The values must be within `limits`.
  ///
  /// - Parameters:
  ///   - values: The values, each of which may be requested and read more than once, on the calling thread.
  ///   - stored: Called on that thread with the indices of stored values, as soon as they are known.
  /// - Returns: The outcome.
  /// - Throws: The error if the values cannot be stored, and the errors of `stored`.
  func store<Values: RandomAccessCollection<StoredValue>>(
    _ values: Values, _ stored: ([Int]) throws -> Void
  ) throws -> StoringOutcome where Values.Index == Int

  /// Stores one value that is too large to share a request with others.
  func storeAlone(_ value: StoredValue) throws

  /// Lists the keys with a prefix, page by page.
  func list(_ prefix: String, _ page: ([ListedKey]) throws -> Void) throws

  /// Whether `delete` does not delete keys that changed after they were listed.
  var deletesUnchangedOnly: Bool { get }

  /// Deletes data of interrupted publishes that no key names and that was stored before a time.
  ///
  /// - Parameters:
  ///   - time: The time, in seconds since 1970.
  ///   - isDryRun: Whether nothing is deleted.
  /// - Returns: The number of values found.
  /// - Throws: The error if the data cannot be found or deleted.
  func deleteLeftovers(before time: Int64, isDryRun: Bool) throws -> Int

  /// The present time by the service's clock, in seconds since 1970, as in its last answer; nil if it gives none.
  var time: Int64? { get }

  /// Deletes listed keys. A key that no longer exists is not an error.
  ///
  /// - Parameters:
  ///   - keys: The keys.
  ///   - deadline: No request is sent after it; nil for no deadline.
  /// - Throws: `PublishError.leaseLost` if some keys are left then.
  func delete(_ keys: [ListedKey], before deadline: ContinuousClock.Instant?) throws
}

extension ValueStore {
  /// Returns nil: nothing is known of the values that an earlier process stored.
  public func place() throws -> String? { nil }

  /// Returns false: the present value of a listed key is deleted.
  public var deletesUnchangedOnly: Bool { false }

  /// Returns 0: the store has no values that no key names.
  public func deleteLeftovers(before time: Int64, isDryRun: Bool) throws -> Int { 0 }

  /// Returns nil: the time is not known.
  public var time: Int64? { nil }
}

/// The limits of a store of values.
public struct ValueLimits: Hashable, Sendable {
  /// The maximum size of a content in one value, in bytes; a larger one is split into chunks. Nil if every content is
  /// one value.
  public var wholeContent: Int?
  /// The maximum size of a value that shares a request with others, in bytes.
  public var valueInBatch: Int
  /// The number of pairs in the first batch and in the largest.
  public var pairs: ClosedRange<Int>
  /// The number of bytes in the first batch and in the largest, as counted by `StoredValue.batchBytes`.
  public var bytes: ClosedRange<Int>

  /// The limits of Workers KV.
  public static let workersKV = ValueLimits(
    wholeContent: 26_214_400, valueInBatch: 8 << 20, pairs: 2_000...10_000, bytes: 24_000_000...95_000_000)

  /// Creates limits.
  public init(wholeContent: Int?, valueInBatch: Int, pairs: ClosedRange<Int>, bytes: ClosedRange<Int>) {
    self.wholeContent = wholeContent
    self.valueInBatch = valueInBatch
    self.pairs = pairs
    self.bytes = bytes
  }
}

/// The outcome of storing several values.
public struct StoringOutcome: Hashable, Sendable {
  /// Whether it took long, or some values had to be sent again: the next batch should be smaller.
  public var wasStrained: Bool

  /// Creates an outcome.
  public init(wasStrained: Bool = false) { self.wasStrained = wasStrained }
}

/// A value to store under a key.
public struct StoredValue {
  /// The key.
  public let key: String
  /// The number of bytes.
  public let size: Int
  /// The metadata of the value.
  public let metadata: ValueMetadata
  /// Reads the value.
  public let bytes: () throws -> [UInt8]

  /// Describes a value.
  public init(
    key: String, size: Int, metadata: ValueMetadata, bytes: @escaping () throws -> [UInt8]
  ) {
    self.key = key
    self.size = size
    self.metadata = metadata
    self.bytes = bytes
  }

  /// The maximum number of bytes that a value adds to a batch: base64 is a third longer.
  static func batchBytes(ofSize size: Int) -> Int { (size + 2) / 3 * 4 + 256 }
}

/// The metadata of a value.
public struct ValueMetadata: Hashable, Sendable {
  /// The time when it was stored, by the clock of the head store, in seconds since 1970.
  public var time: Int64
  /// The properties of a content; nil for other values.
  public var content: Content?

  /// The properties of a content.
  public struct Content: Hashable, Sendable {
    /// The number of its bytes.
    public var size: Int
    /// The media type.
    public var type: String
    /// The number of chunks; 0 if it is in one piece.
    public var chunks: Int

    /// Describes a content.
    public init(size: Int, type: String, chunks: Int) {
      self.size = size
      self.type = type
      self.chunks = chunks
    }
  }

  /// Creates metadata.
  public init(time: Int64, content: Content? = nil) {
    self.time = time
    self.content = content
  }

  /// The JSON form in Workers KV.
  public var json: JSONValue {
    var members: [(String, JSONValue)] = [("t", .number(time))]
    if let content {
      members += [
        ("s", .count(content.size)), ("ct", .text(content.type)), ("n", .count(content.chunks)),
      ]
    }
    return .object(members)
  }
}

/// A key in a list.
public struct ListedKey: Hashable, Sendable {
  /// The key.
  public let name: String
  /// The time when it was stored, in seconds since 1970, from its metadata; nil if they do not contain it.
  public let time: Int64?
  /// The version of the value, which distinguishes it from a later one of the same key; nil if there is none.
  public let version: UInt64?

  /// Describes a key.
  public init(_ name: String, time: Int64?, version: UInt64? = nil) {
    self.name = name
    self.time = time
    self.version = version
  }
}
