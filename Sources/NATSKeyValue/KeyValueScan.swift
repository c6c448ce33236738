internal import NATSCore
internal import NATSJetStream

/// What a bucket holds of some keys at a moment, in the order of revisions, and then the end.
///
/// All that was acknowledged before it began is in it. What is written while it goes on may be in it too, so that a key
/// can come again, with a newer revision. It ends by itself, also where there is nothing, and the server forgets it then.
public struct KeyValueScan: AsyncSequence, Sendable {
  /// What there is.
  public typealias Element = KeyValueEntry
  /// Why nothing can be taken.
  public typealias Failure = KeyValueError

  private let store: KeyValueStore
  private let scan: StreamScan

  init(_ store: KeyValueStore, _ patterns: [String], _ start: OrderedConsumer.Start, onlyHeaders: Bool)
    async throws(KeyValueError)
  {
    for pattern in patterns { try KeySyntax.check(pattern: pattern) }
    let filters = KeySyntax.independent(patterns.isEmpty ? [">"] : patterns).map { store.prefix + $0 }
    var configuration = OrderedConsumer.Configuration(filters: filters, start: start)
    configuration.onlyHeaders = onlyHeaders
    self.store = store
    do throws(JetStreamError) {
      scan = try await store.jetStream.scan(store.stream, configuration)
    } catch {
      throw KeyValueError(error, store.bucket)
    }
  }

  /// Begins to take what there is; there is one place for all iterators.
  public func makeAsyncIterator() -> Iterator { Iterator(store: store, scan: scan) }

  /// Takes what there is.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let store: KeyValueStore
    fileprivate var scan: StreamScan

    /// Waits for what comes next; nil at the end.
    public mutating func next() async throws(KeyValueError) -> KeyValueEntry? {
      do throws(JetStreamError) {
        while let delivery = try await scan.next() {
          if let entry = KeyValueEntry(delivery, of: store, isCurrent: scan.isComplete) { return entry }
        }
        return nil
      } catch {
        throw KeyValueError(error, store.bucket)
      }
    }

    /// Waits for what comes next; nil at the end.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(KeyValueError)
      -> KeyValueEntry?
    {
      try await next()
    }
  }
}

extension KeyValueStore {
  /// Reads the newest value or marker of each of some keys.
  ///
  /// - Parameters:
  ///   - patterns: The keys, as `watch` takes them; none for all.
  ///   - onlyHeaders: Whether without values; their lengths are known all the same.
  /// - Returns: What there is.
  /// - Throws: `KeyValueError.invalidPattern`, `.bucketNotFound`, and `.jetStream`.
  public func entries(
    _ patterns: String..., onlyHeaders: Bool = false
  ) async throws(KeyValueError) -> KeyValueScan {
    try await KeyValueScan(self, patterns, .lastPerSubject, onlyHeaders: onlyHeaders)
  }

  /// Reads all values and markers of a key that are kept, the oldest first.
  ///
  /// - Parameters:
  ///   - key: The key, or a pattern of keys.
  ///   - onlyHeaders: Whether without values; their lengths are known all the same.
  /// - Returns: What there is.
  /// - Throws: As `entries`.
  public func history(_ key: String, onlyHeaders: Bool = false) async throws(KeyValueError) -> KeyValueScan {
    try await KeyValueScan(self, [key], .all, onlyHeaders: onlyHeaders)
  }

  /// Reads which of some keys are there: those whose newest message is a value.
  ///
  /// - Parameter patterns: The keys, as `watch` takes them; none for all.
  /// - Returns: The keys, each once, sorted.
  /// - Throws: As `entries`.
  public func keys(_ patterns: String...) async throws(KeyValueError) -> [String] {
    // A set would take three times the room of a list. Markers have their revision below zero.
    var found: [(key: String, revision: Int64)] = []
    for try await entry in try await KeyValueScan(self, patterns, .lastPerSubject, onlyHeaders: true) {
      found.append((entry.key, entry.isValue ? entry.revision : -entry.revision))
    }
    found.sort { $0.key == $1.key ? abs($0.revision) < abs($1.revision) : $0.key < $1.key }
    var keys: [String] = []
    for index in found.indices {
      // A key that was written meanwhile came again; what came last counts.
      let isLast = index + 1 == found.count || found[index + 1].key != found[index].key
      if isLast, found[index].revision > 0 { keys.append(found[index].key) }
    }
    return keys
  }
}
