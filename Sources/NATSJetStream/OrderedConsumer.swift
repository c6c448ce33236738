internal import JSONText
internal import NATSCore
internal import NIOCore
internal import Synchronization

/// The messages of a stream in order, without duplicates and gaps (ADR-17).
///
/// A consumer on the server pushes the messages. If a message is missing, the server stops responding or the connection
/// was lost, another consumer continues after the last message that was taken. The server sends ahead only as much as
/// flow control allows. Only one task may take messages at a time.
public final class OrderedConsumer: Sendable {
  /// The first message to deliver.
  public enum Start: Hashable, Sendable {
    /// The oldest message.
    case all
    /// The first message that is stored from now on.
    case new
    /// The newest message of each subject. The configuration must have a filter.
    case lastPerSubject
    /// The message with a sequence.
    case sequence(Int64)
  }

  /// The messages to deliver.
  public struct Configuration: Hashable, Sendable {
    /// The subjects, which may have wildcards; empty for all.
    public var filters: [String]
    /// The first message to deliver.
    public var start: Start
    /// Whether to leave out the payload. Its length is then in the header `Nats-Msg-Size`.
    public var onlyHeaders = false
    /// The interval of the server's heartbeats while there is nothing to deliver.
    public var heartbeat = Duration.seconds(5)

    /// Creates a configuration.
    public init(filters: [String] = [], start: Start = .all) {
      self.filters = filters
      self.start = start
    }
  }

  /// An event of a consumer.
  public enum Event: Sendable {
    case message(Delivery)
    /// No message came for a while: the last sequence of the stream that the consumer has checked.
    case idle(streamSequence: Int64)
  }

  /// A consumer on the server, and its feed.
  struct Link {
    let feed: ConsumerFeed
    let subscription: Int
    let name: String
    /// The last sequence of the stream before the consumer was created.
    var before: Int64 = 0
    /// The number of messages for the consumer when it was created.
    var pending: Int64 = 0
  }

  private struct State {
    var link: Link?
    /// The first message of the next consumer.
    var start: Start
    var hasGoneOn = false
    var isOver = false
  }

  private let jetStream: JetStream
  private let stream: String
  private let configuration: Configuration
  private let state: Mutex<State>
  /// The number of messages when the consumer was created.
  public let initialPending: Int64

  /// The wait before each further attempt to continue.
  private static let wait = Duration.milliseconds(500)
  private static let longestWait = Duration.seconds(10)

  /// Creates the consumer.
  init(_ jetStream: JetStream, _ stream: String, _ configuration: Configuration) async throws(JetStreamError)
  {
    self.jetStream = jetStream
    self.stream = stream
    self.configuration = configuration
    let link = try await jetStream.link(stream, configuration, from: configuration.start)
    initialPending = link.pending
    // Messages from now on are new, even if the next consumer is created later.
    let start = configuration.start == .new ? .sequence(link.before + 1) : configuration.start
    state = Mutex(State(link: link, start: start))
  }

  /// Whether another consumer on the server had to continue.
  var hasGoneOn: Bool { state.withLock { $0.hasGoneOn } }

  deinit { jetStream.unlink(state.withLock { $0.link }, stream) }

  /// Stops the delivery, and deletes the consumer on the server.
  public func stop() {
    let link = state.withLock { state in
      state.isOver = true
      defer { state.link = nil }
      return state.link
    }
    link?.feed.end(nil)
    jetStream.unlink(link, stream)
  }

  /// Waits for the next message; nil after `stop`.
  ///
  /// - Throws: `JetStreamError.streamNotFound` if the stream was deleted, `.client(.cancelled)`, and others.
  public func next() async throws(JetStreamError) -> Delivery? {
    while let event = try await nextEvent() {
      if case .message(let delivery) = event { return delivery }
    }
    return nil
  }

  /// Waits for the next message, or for the server's report that there is none; nil after `stop`.
  ///
  /// - Throws: The same errors as `next`.
  public func nextEvent() async throws(JetStreamError) -> Event? {
    while let link = state.withLock({ $0.link }) {
      switch await link.feed.next() {
      case .message(let delivery): return .message(delivery)
      case .idle(let sequence): return .idle(streamSequence: sequence)
      case .broken: try await goOn(after: link)
      case .over(let error):
        guard let error else { return nil }
        throw .client(error)
      }
    }
    return nil
  }

  /// Continues with another consumer.
  private func goOn(after link: Link) async throws(JetStreamError) {
    let start = state.withLock { state in
      (state.link, state.hasGoneOn) = (nil, true)
      if let last = link.feed.lastSequence { state.start = .sequence(last + 1) }
      return state.start
    }
    jetStream.unlink(link, stream)
    var attempt = 0
    while true {
      do throws(JetStreamError) {
        let next = try await jetStream.link(stream, configuration, from: start)
        let isOver = state.withLock { state in
          if !state.isOver { state.link = next }
          return state.isOver
        }
        if isOver { jetStream.unlink(next, stream) }
        return
      } catch {
        guard OrderedConsumer.isPassing(error) else { throw error }
        attempt += 1
      }
      let wait = min(OrderedConsumer.wait * attempt, OrderedConsumer.longestWait)
      do { try await Task.sleep(for: wait) } catch { throw .client(.cancelled) }
      if state.withLock({ $0.isOver }) { return }
    }
  }

  private static func isPassing(_ error: JetStreamError) -> Bool {
    switch error {
    case .client(.timedOut), .client(.disconnected), .unavailable: true
    case .refused(let failure): failure.status >= 500
    default: false
    }
  }
}

extension JetStream {
  /// Delivers the messages of a stream in order.
  ///
  /// - Throws: `JetStreamError.streamNotFound` and others.
  public func orderedConsumer(
    of stream: String, _ configuration: OrderedConsumer.Configuration = OrderedConsumer.Configuration()
  ) async throws(JetStreamError) -> OrderedConsumer {
    try await OrderedConsumer(self, stream, configuration)
  }

  /// Creates a consumer that delivers to an inbox of this client.
  func link(
    _ stream: String, _ configuration: OrderedConsumer.Configuration, from start: OrderedConsumer.Start
  ) async throws(JetStreamError) -> OrderedConsumer.Link {
    try JetStream.check(stream)
    let name = NUID.next()
    let inbox = "\(client.options.inboxPrefix).\(NUID.next())"
    let feed = ConsumerFeed(client, heartbeat: configuration.heartbeat)
    let subscription: Int
    do throws(NATSError) {
      try await client.waitForRoom(timeout)
      subscription = try client.subscribe(inbox, to: feed)
    } catch {
      throw .client(error)
    }
    var link = OrderedConsumer.Link(feed: feed, subscription: subscription, name: name)
    var subject = "CONSUMER.CREATE.\(stream).\(name)"
    if configuration.filters.count == 1 { subject += ".\(configuration.filters[0])" }
    do throws(JetStreamError) {
      let answer = try await ask(
        stream, subject, configuration.request(stream, name, deliveringTo: inbox, from: start))
      let delivered = answer["delivered"]
      link.before = delivered?["stream_seq"]?.number ?? 0
      link.pending = (answer["num_pending"]?.number ?? 0) + (delivered?["consumer_seq"]?.number ?? 0)
      if configuration.filters.count > 1,
        answer["config"]?["filter_subjects"]?.texts.count != configuration.filters.count
      {
        throw .ignored(["filter_subjects"])
      }
      return link
    } catch {
      // The consumer may exist even if there was no reply.
      unlink(link, stream)
      throw error
    }
  }

  /// Ends the subscription and deletes the consumer on the server.
  func unlink(_ link: OrderedConsumer.Link?, _ stream: String) {
    guard let link else { return }
    client.unsubscribe(link.subscription)
    // If the request is lost, the server deletes the consumer itself after its inactivity limit.
    try? client.request("\(prefix).CONSUMER.DELETE.\(stream).\(link.name)", .init(), to: IgnoredReply())
  }
}

extension OrderedConsumer.Configuration {
  /// How long the server keeps a consumer without a subscriber.
  private static let inactivity = Duration.seconds(30)
  private static let acknowledgementWait = Duration.seconds(22 * 3_600)

  func request(
    _ stream: String, _ name: String, deliveringTo inbox: String, from start: OrderedConsumer.Start
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .text(name)), ("deliver_subject", .text(inbox)), ("ack_policy", .text("none")),
      ("max_deliver", .number(1)), ("flow_control", .boolean(true)),
      ("ack_wait", .number(OrderedConsumer.Configuration.acknowledgementWait.nanoseconds)),
      ("idle_heartbeat", .number(heartbeat.nanoseconds)), ("mem_storage", .boolean(true)),
      ("num_replicas", .number(1)),
      ("inactive_threshold", .number(OrderedConsumer.Configuration.inactivity.nanoseconds)),
      ("replay_policy", .text("instant")),
    ]
    switch start {
    case .all: members.append(("deliver_policy", .text("all")))
    case .new: members.append(("deliver_policy", .text("new")))
    case .lastPerSubject: members.append(("deliver_policy", .text("last_per_subject")))
    case .sequence(let sequence):
      members += [
        ("deliver_policy", .text("by_start_sequence")), ("opt_start_seq", .number(max(sequence, 1))),
      ]
    }
    if filters.count == 1 { members.append(("filter_subject", .text(filters[0]))) }
    if filters.count > 1 { members.append(("filter_subjects", .array(filters.map { .text($0) }))) }
    if onlyHeaders { members.append(("headers_only", .boolean(true))) }
    return .object([
      ("stream_name", .text(stream)), ("action", .text("create")), ("config", .object(members)),
    ])
  }
}

/// Ignores a reply.
private final class IgnoredReply: ReplyReceiver {
  func receive(_ reply: NATSMessage, tag: Int) -> Bool { false }
  func fail(_ error: NATSError, tag: Int) {}
}
