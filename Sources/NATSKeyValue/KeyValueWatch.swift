internal import NATSCore
internal import NATSJetStream

/// The changes of some keys of a bucket, in the order of revisions, for one task.
///
/// There are no gaps and no duplicates, even if the connection is lost meanwhile. The watch ends when it is released or
/// when `stop` is called, and its consumer on the server is then deleted. If the bucket is deleted, the watch throws
/// `KeyValueError.bucketDeleted`.
public struct KeyValueWatch: AsyncSequence, Sendable {
  /// The first entries of a watch.
  public enum Start: Hashable, Sendable {
    /// The changes from now on.
    case new
    /// The newest value or marker of each key.
    case last
    /// All stored values and markers.
    case history
    /// The entries from a revision on.
    case revision(Int64)
  }

  /// Further options of a watch.
  public struct Options: Hashable, Sendable {
    /// Whether to leave out markers.
    public var ignoresMarkers = false
    /// Whether to leave out values; their lengths are still known.
    public var onlyHeaders = false
    /// The interval of the server's heartbeats. After twice this time without a message, the server counts as lost.
    public var heartbeat = Duration.seconds(5)

    /// Creates the default options.
    public init() {}
  }

  /// An event of a watch.
  public enum Event: Hashable, Sendable {
    /// A change, or an initial entry.
    case entry(KeyValueEntry)
    /// All initial entries have come. This event comes once.
    case current
  }

  /// The events.
  public typealias Element = Event
  /// The error of `next`.
  public typealias Failure = KeyValueError

  private let store: KeyValueStore
  private let consumer: OrderedConsumer
  private let filters: [String]
  private let ignoresMarkers: Bool
  /// The revision that ends the initial entries, and whether it is already reached.
  private let beginning: (target: Int64, isCurrent: Bool)

  init(
    _ store: KeyValueStore, _ patterns: [String], _ start: Start, _ options: Options
  ) async throws(KeyValueError) {
    for pattern in patterns { try KeySyntax.check(pattern: pattern) }
    self.store = store
    ignoresMarkers = options.ignoresMarkers
    filters = KeySyntax.independent(patterns.isEmpty ? [">"] : patterns).map { store.prefix + $0 }
    var configuration = OrderedConsumer.Configuration(filters: filters, start: start.consumerStart)
    configuration.onlyHeaders = options.onlyHeaders
    configuration.heartbeat = options.heartbeat
    do throws(JetStreamError) {
      // The server that delivers may be behind the leader, so it may have nothing more although entries are missing.
      let target = start == .new ? 0 : try await store.jetStream.lastSequence(of: filters, in: store.stream)
      consumer = try await store.jetStream.orderedConsumer(of: store.stream, configuration)
      let isBehind = if case .revision(let revision) = start { target >= revision } else { target > 0 }
      beginning = (target, start == .new || (!isBehind && consumer.initialPending == 0))
    } catch {
      throw KeyValueError(error, store.bucket)
    }
  }

  /// Ends the watch; `next` then returns nil.
  public func stop() { consumer.stop() }

  /// Returns an iterator. All iterators share one position.
  public func makeAsyncIterator() -> Iterator { Iterator(self) }

  /// An iterator over the events.
  public struct Iterator: AsyncIteratorProtocol {
    private let watch: KeyValueWatch
    private var target: Int64
    private var isCurrent: Bool
    /// Whether `current` still has to be returned.
    private var owesCurrent: Bool

    fileprivate init(_ watch: KeyValueWatch) {
      self.watch = watch
      (target, isCurrent) = watch.beginning
      owesCurrent = isCurrent
    }

    /// Waits for the next event; nil after `stop`.
    public mutating func next() async throws(KeyValueError) -> Event? {
      while true {
        if owesCurrent {
          owesCurrent = false
          return .current
        }
        let event: OrderedConsumer.Event?
        do throws(JetStreamError) { event = try await watch.consumer.nextEvent() } catch {
          throw failure(error)
        }
        switch event {
        case nil: return nil
        case .idle(let sequence)?: try await reached(sequence)
        case .message(let delivery)?:
          if !isCurrent, delivery.pending == 0 { try await reached(delivery.streamSequence) }
          guard let entry = KeyValueEntry(delivery, of: watch.store, isCurrent: isCurrent),
            entry.isValue || !watch.ignoresMarkers
          else { continue }
          return .entry(entry)
        }
      }
    }

    /// Waits for the next event; nil after `stop`.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(KeyValueError) -> Event? {
      try await next()
    }

    /// Records that the server has nothing more up to a revision.
    private mutating func reached(_ revision: Int64) async throws(KeyValueError) {
      guard !isCurrent else { return }
      if revision < target {
        // The last message may have been deleted meanwhile.
        do throws(JetStreamError) {
          target = try await watch.store.jetStream.lastSequence(of: watch.filters, in: watch.store.stream)
        } catch {
          throw failure(error)
        }
      }
      if revision >= target { (isCurrent, owesCurrent) = (true, true) }
    }

    private func failure(_ error: JetStreamError) -> KeyValueError {
      if case .streamNotFound = error { return .bucketDeleted(watch.store.bucket) }
      return KeyValueError(error, watch.store.bucket)
    }
  }
}

extension KeyValueWatch.Start {
  var consumerStart: OrderedConsumer.Start {
    switch self {
    case .new: .new
    case .last: .lastPerSubject
    case .history: .all
    case .revision(let revision): .sequence(revision)
    }
  }
}

extension KeyValueStore {
  /// Watches some keys.
  ///
  /// - Parameters:
  ///   - patterns: The keys. `*` matches one token, and `>` at the end one or more; tokens are separated by dots.
  ///     Without patterns, all keys match. Several patterns require a server of version 2.10.
  ///   - start: The first entries.
  ///   - options: Further options.
  /// - Returns: The watch.
  /// - Throws: `KeyValueError.invalidPattern`, `.bucketNotFound`, and `.jetStream`.
  public func watch(
    _ patterns: String..., from start: KeyValueWatch.Start = .new,
    options: KeyValueWatch.Options = KeyValueWatch.Options()
  ) async throws(KeyValueError) -> KeyValueWatch {
    try await KeyValueWatch(self, patterns, start, options)
  }

  /// Watches some keys, like the other `watch`.
  public func watch(
    _ patterns: [String], from start: KeyValueWatch.Start = .new,
    options: KeyValueWatch.Options = KeyValueWatch.Options()
  ) async throws(KeyValueError) -> KeyValueWatch {
    try await KeyValueWatch(self, patterns, start, options)
  }
}
