internal import NATSCore
internal import NATSJetStream

/// What happens to some keys of a bucket, in the order of revisions, for one task.
///
/// Nothing is left out and nothing comes twice, also where the connection is lost meanwhile. It ends when it is let go of,
/// or `stop` is called, and the server forgets it then. Where the bucket is deleted it throws
/// `KeyValueError.bucketDeleted`.
public struct KeyValueWatch: AsyncSequence, Sendable {
  /// With what it begins.
  public enum Start: Hashable, Sendable {
    /// With what is changed from now on.
    case new
    /// With the newest value or marker of each key.
    case last
    /// With all values and markers that are kept.
    case history
    /// With a revision.
    case revision(Int64)
  }

  /// What is wanted besides.
  public struct Options: Hashable, Sendable {
    /// Whether markers are left out.
    public var ignoresMarkers = false
    /// Whether without values; their lengths are known all the same.
    public var onlyHeaders = false
    /// How soon the server says something where nothing happens; it counts as lost after twice the time.
    public var heartbeat = Duration.seconds(5)

    /// Asks for all.
    public init() {}
  }

  /// What comes.
  public enum Event: Hashable, Sendable {
    /// Something was changed, or was there.
    case entry(KeyValueEntry)
    /// All that was there at the beginning has come. This comes once.
    case current
  }

  /// What comes.
  public typealias Element = Event
  /// Why nothing can be taken.
  public typealias Failure = KeyValueError

  private let store: KeyValueStore
  private let consumer: OrderedConsumer
  private let filters: [String]
  private let ignoresMarkers: Bool
  /// The revision up to which all must have come, and whether that is so already.
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
      // A server that delivers may lag behind the one that leads: that it has nothing more does not say that all is here.
      let target = start == .new ? 0 : try await store.jetStream.lastSequence(of: filters, in: store.stream)
      consumer = try await store.jetStream.orderedConsumer(of: store.stream, configuration)
      let isBehind = if case .revision(let revision) = start { target >= revision } else { target > 0 }
      beginning = (target, start == .new || (!isBehind && consumer.initialPending == 0))
    } catch {
      throw KeyValueError(error, store.bucket)
    }
  }

  /// Ends it; `next` answers nil then.
  public func stop() { consumer.stop() }

  /// Begins to take events; there is one place for all iterators.
  public func makeAsyncIterator() -> Iterator { Iterator(self) }

  /// Takes events.
  public struct Iterator: AsyncIteratorProtocol {
    private let watch: KeyValueWatch
    private var target: Int64
    private var isCurrent: Bool
    /// Whether it is still to be said that all has come.
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

    /// Takes note that the server has nothing more up to a revision.
    private mutating func reached(_ revision: Int64) async throws(KeyValueError) {
      guard !isCurrent else { return }
      if revision < target {
        // What was last may be gone meanwhile.
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
  ///   - patterns: The keys: `*` stands for a token, which dots separate, and `>` at the end for one or more; none for all
  ///     keys. More than one needs a server of version 2.10.
  ///   - start: With what it begins.
  ///   - options: What is wanted besides.
  /// - Returns: What happens.
  /// - Throws: `KeyValueError.invalidPattern`, `.bucketNotFound`, and `.jetStream`.
  public func watch(
    _ patterns: String..., from start: KeyValueWatch.Start = .new,
    options: KeyValueWatch.Options = KeyValueWatch.Options()
  ) async throws(KeyValueError) -> KeyValueWatch {
    try await KeyValueWatch(self, patterns, start, options)
  }

  /// Watches some keys; as the other `watch`.
  public func watch(
    _ patterns: [String], from start: KeyValueWatch.Start = .new,
    options: KeyValueWatch.Options = KeyValueWatch.Options()
  ) async throws(KeyValueError) -> KeyValueWatch {
    try await KeyValueWatch(self, patterns, start, options)
  }
}
