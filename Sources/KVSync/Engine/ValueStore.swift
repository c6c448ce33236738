public import JSONText

/// What keeps values by their keys, such as a namespace of Workers KV. Each call waits for its answer and tries again where
/// that may help; several threads may call at once.
public protocol ValueStore: Sendable {
  /// What it takes.
  var limits: ValueLimits { get }

  /// The requests that were sent so far, each try counted.
  var requestCount: Int { get }

  /// The requests that storing takes besides those that store. Sends only what reads.
  func requestsToPrepare() throws -> Int

  /// A name for what the values are in that nothing else ever has, and that is not given twice; nil where there is none,
  /// so that nothing is known of what an earlier process has stored.
  func place() throws -> String?

  /// Reads a value; nil where there is none.
  func value(_ key: String) throws -> [UInt8]?

  /// Reads values that are texts, many in a request where that can be done. Keys without a value are left out.
  func texts(_ keys: [String]) throws -> [String: [UInt8]]

  /// Stores values, in one request where nothing fails. It may be called with no more than `limits` say.
  ///
  /// - Parameters:
  ///   - values: The values, each of which may be asked for and read more than once, by the thread that calls.
  ///   - stored: Told by that thread of the indices of what is stored, as soon as that is known.
  /// - Returns: How that went.
  /// - Throws: Why the values cannot be stored, and what `stored` throws.
  func store<Values: RandomAccessCollection<StoredValue>>(
    _ values: Values, _ stored: ([Int]) throws -> Void
  ) throws -> StoringOutcome where Values.Index == Int

  /// Stores one value that is too large to go along with others.
  func storeAlone(_ value: StoredValue) throws

  /// Lists the keys that begin with a text, page by page.
  func list(_ prefix: String, _ page: ([ListedKey]) throws -> Void) throws

  /// Whether `delete` leaves alone what has changed since it was listed.
  var deletesUnchangedOnly: Bool { get }

  /// Deletes what interrupted publishes left that no key names, and that was stored before a moment.
  ///
  /// - Parameters:
  ///   - time: The moment, in seconds since 1970.
  ///   - isDryRun: Whether nothing is deleted.
  /// - Returns: How much there was, or is.
  /// - Throws: Why it cannot be found or deleted.
  func deleteLeftovers(before time: Int64, isDryRun: Bool) throws -> Int

  /// The present moment by the clock of the service, in seconds since 1970, as its last answer says it; nil where none
  /// does.
  var time: Int64? { get }

  /// Deletes keys that were listed. A key that is gone is nothing to complain of.
  ///
  /// - Parameters:
  ///   - keys: The keys.
  ///   - deadline: No request is sent after it; nil where it may take as long as it takes.
  /// - Throws: `PublishError.leaseLost` where some are left then.
  func delete(_ keys: [ListedKey], before deadline: ContinuousClock.Instant?) throws
}

extension ValueStore {
  /// Nothing is known of what an earlier process has stored.
  public func place() throws -> String? { nil }

  /// Whatever is under a key that was listed is deleted.
  public var deletesUnchangedOnly: Bool { false }

  /// Nothing is left but what keys name.
  public func deleteLeftovers(before time: Int64, isDryRun: Bool) throws -> Int { 0 }

  /// Nothing says what time it is.
  public var time: Int64? { nil }
}

/// What a store of values takes.
public struct ValueLimits: Hashable, Sendable {
  /// The largest content that is one value; a larger one is cut into chunks. Nil where every content is one value.
  public var wholeContent: Int?
  /// The largest value that goes along with others.
  public var valueInBatch: Int
  /// The pairs of the first batch, and of the largest.
  public var pairs: ClosedRange<Int>
  /// The bytes of the first batch, and of the largest, as `StoredValue.batchBytes` counts them.
  public var bytes: ClosedRange<Int>

  /// Those of Workers KV.
  public static let workersKV = ValueLimits(
    wholeContent: 26_214_400, valueInBatch: 8 << 20, pairs: 2_000...10_000, bytes: 24_000_000...95_000_000)

  /// States limits.
  public init(wholeContent: Int?, valueInBatch: Int, pairs: ClosedRange<Int>, bytes: ClosedRange<Int>) {
    self.wholeContent = wholeContent
    self.valueInBatch = valueInBatch
    self.pairs = pairs
    self.bytes = bytes
  }
}

/// How storing several values went.
public struct StoringOutcome: Hashable, Sendable {
  /// Whether it took long, or some of it had to be sent again: the next batch had better be smaller.
  public var wasStrained: Bool

  /// States how it went.
  public init(wasStrained: Bool = false) { self.wasStrained = wasStrained }
}

/// A value that is stored under a key.
public struct StoredValue {
  /// The key.
  public let key: String
  /// The number of bytes.
  public let size: Int
  /// What goes along with it.
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

  /// The bytes that a value adds to a batch at most: base64 is a third longer.
  static func batchBytes(ofSize size: Int) -> Int { (size + 2) / 3 * 4 + 256 }
}

/// What goes along with a value.
public struct ValueMetadata: Hashable, Sendable {
  /// When it was stored, by the clock of what keeps the heads, in seconds since 1970.
  public var time: Int64
  /// What a content is; nil for all else.
  public var content: Content?

  /// What is said of a content.
  public struct Content: Hashable, Sendable {
    /// The number of its bytes.
    public var size: Int
    /// What it is served as.
    public var type: String
    /// The number of chunks; 0 where it is in one piece.
    public var chunks: Int

    /// Describes a content.
    public init(size: Int, type: String, chunks: Int) {
      self.size = size
      self.type = type
      self.chunks = chunks
    }
  }

  /// Says when a value was stored, and what it is.
  public init(time: Int64, content: Content? = nil) {
    self.time = time
    self.content = content
  }

  /// Its form in Workers KV.
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

/// A key as a list shows it.
public struct ListedKey: Hashable, Sendable {
  /// The key.
  public let name: String
  /// When it was stored, in seconds since 1970, as its metadata says; nil where they do not.
  public let time: Int64?
  /// What tells this value from a later one of the key; nil where nothing does.
  public let version: UInt64?

  /// Describes a key.
  public init(_ name: String, time: Int64?, version: UInt64? = nil) {
    self.name = name
    self.time = time
    self.version = version
  }
}
