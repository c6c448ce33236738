internal import NATSCore

/// The messages that a stream holds at a moment, in their order, and then the end.
///
/// That the server has nothing more to deliver does not say that all was delivered: the one that delivers may be behind
/// the one that leads. So the scan ends where the last sequence has been reached that the leader knew at the beginning,
/// and nothing is left, or as many have come as there were. Whatever was acknowledged before is in it; what comes
/// meanwhile may be.
public struct StreamScan: Sendable {
  private let jetStream: JetStream
  private let stream: String
  private let filters: [String]
  private let consumer: OrderedConsumer?
  private var target: Int64
  private var position: Int64 = 0
  /// How many messages are still to come of those that there were at the beginning, and of all.
  private var initial: Int64
  private var remaining: Int64
  /// Whether nothing is to come any more.
  package var isComplete: Bool {
    guard position >= target else { return false }
    return remaining <= 0 || (initial <= 0 && !(consumer?.hasGoneOn ?? false))
  }

  /// How soon the server says that it has nothing to deliver, and how often it may do so while something is missing.
  private static let heartbeat = Duration.milliseconds(500)
  private static let patience = 20

  init(
    _ jetStream: JetStream, _ stream: String, _ configuration: OrderedConsumer.Configuration
  ) async throws(JetStreamError) {
    self.jetStream = jetStream
    self.stream = stream
    filters = configuration.filters
    target = try await jetStream.lastSequence(of: filters, in: stream)
    guard target > 0 else {
      consumer = nil
      (initial, remaining) = (0, 0)
      return
    }
    var configuration = configuration
    configuration.heartbeat = StreamScan.heartbeat
    let consumer = try await jetStream.orderedConsumer(of: stream, configuration)
    self.consumer = consumer
    initial = consumer.initialPending
    remaining = initial
  }

  /// Waits for the next message; nil at the end.
  ///
  /// - Throws: `JetStreamError`.
  public mutating func next() async throws(JetStreamError) -> Delivery? {
    guard let consumer else { return nil }
    var idle = 0
    while !isComplete {
      guard let event = try await consumer.nextEvent() else { return nil }
      switch event {
      case .message(let delivery):
        position = delivery.streamSequence
        remaining = delivery.pending
        initial -= 1
        return delivery
      case .idle(let sequence):
        position = max(position, sequence)
        remaining = 0
        guard position < target else { break }
        // What was last may be gone meanwhile.
        target = try await jetStream.lastSequence(of: filters, in: stream)
        idle += 1
        guard idle < StreamScan.patience else { throw .client(.timedOut) }
      }
    }
    consumer.stop()
    return nil
  }
}

extension JetStream {
  /// Reads the messages that a stream holds now.
  ///
  /// - Parameters:
  ///   - stream: The stream.
  ///   - configuration: Which messages.
  /// - Returns: The messages.
  /// - Throws: `JetStreamError.streamNotFound` and others.
  public func scan(
    _ stream: String, _ configuration: OrderedConsumer.Configuration = OrderedConsumer.Configuration()
  ) async throws(JetStreamError) -> StreamScan {
    try await StreamScan(self, stream, configuration)
  }

  /// The sequence of the newest message of some subjects, as the leader knows it; 0 where there is none.
  ///
  /// Asked for the last of `>`, servers look for the last sequence only, whose message may be deleted; so all messages
  /// are those of the stream's subjects.
  package func lastSequence(of filters: [String], in stream: String) async throws(JetStreamError) -> Int64 {
    var last: Int64 = 0
    let subjects = filters.isEmpty ? try await self.stream(stream).configuration.subjects : filters
    for subject in subjects.isEmpty ? [">"] : subjects {
      last = max(last, try await message(.last(of: subject), in: stream)?.sequence ?? 0)
    }
    return last
  }
}
