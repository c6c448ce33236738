internal import NATSCore
internal import NATSJetStream

/// The entries of some keys of a bucket at one time, in the order of revisions, up to the end.
///
/// The scan has all entries that were acknowledged before it began. Entries that are written meanwhile may be included,
/// so a key can come again with a newer revision. The scan always ends, even without entries, and the server then
/// deletes its consumer.
public struct KeyValueScan: AsyncSequence, Sendable {
  /// The entries.
  public typealias Element = KeyValueEntry
  /// The error of `next`.
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

  /// Returns an iterator. All iterators share one position.
  public func makeAsyncIterator() -> Iterator { Iterator(store: store, scan: scan) }

  /// An iterator over the entries.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let store: KeyValueStore
    fileprivate var scan: StreamScan

    /// Waits for the next entry; nil at the end.
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

    /// Waits for the next entry; nil at the end.
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
  ///   - patterns: The keys, in the form of `watch`; none for all.
  ///   - onlyHeaders: Whether to leave out the values; their lengths are still known.
  /// - Returns: The entries.
  /// - Throws: `KeyValueError.invalidPattern`, `.bucketNotFound`, and `.jetStream`.
  public func entries(
    _ patterns: String..., onlyHeaders: Bool = false
  ) async throws(KeyValueError) -> KeyValueScan {
    try await KeyValueScan(self, patterns, .lastPerSubject, onlyHeaders: onlyHeaders)
  }

  /// Reads all stored values and markers of a key, oldest first.
  ///
  /// - Parameters:
  ///   - key: The key, or a pattern of keys.
  ///   - onlyHeaders: Whether to leave out the values; their lengths are still known.
  /// - Returns: The entries.
  /// - Throws: The same errors as `entries`.
  public func history(_ key: String, onlyHeaders: Bool = false) async throws(KeyValueError) -> KeyValueScan {
    try await KeyValueScan(self, [key], .all, onlyHeaders: onlyHeaders)
  }

  /// Reads which of some keys exist: those whose newest message is a value.
  ///
  /// - Parameter patterns: The keys, in the form of `watch`; none for all.
  /// - Returns: The keys without duplicates, sorted.
  /// - Throws: The same errors as `entries`.
  public func keys(_ patterns: String...) async throws(KeyValueError) -> [String] {
    // A set would use three times the memory of a list. Markers have a negative revision.
    var found: [(key: String, revision: Int64)] = []
    for try await entry in try await KeyValueScan(self, patterns, .lastPerSubject, onlyHeaders: true) {
      found.append((entry.key, entry.isValue ? entry.revision : -entry.revision))
    }
    found.sort { $0.key == $1.key ? abs($0.revision) < abs($1.revision) : $0.key < $1.key }
    var keys: [String] = []
    for index in found.indices {
      // A key that was written meanwhile came again; the last one counts.
      let isLast = index + 1 == found.count || found[index + 1].key != found[index].key
      if isLast, found[index].revision > 0 { keys.append(found[index].key) }
    }
    return keys
  }
}
