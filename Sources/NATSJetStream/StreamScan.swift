internal import NATSCore

/// The messages that a stream has at one time, in order, up to the end.
///
/// A server without more messages may not have delivered all of them, because it may be behind the leader. So the scan
/// ends when it has reached the last sequence that the leader had at the beginning, and either no messages remain or as
/// many have come as there were. All messages that were acknowledged before are included; messages that are stored
/// meanwhile may be included.
public struct StreamScan: Sendable {
  private let jetStream: JetStream
  private let stream: String
  private let filters: [String]
  private let consumer: OrderedConsumer?
  private var target: Int64
  private var position: Int64 = 0
  /// The number of remaining messages: of those at the beginning, and of all.
  private var initial: Int64
  private var remaining: Int64
  /// Whether the scan is complete.
  package var isComplete: Bool {
    guard position >= target else { return false }
    return remaining <= 0 || (initial <= 0 && !(consumer?.hasGoneOn ?? false))
  }

  /// The interval of the server's heartbeats, and the number of heartbeats to wait while a message is missing.
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
        // The last message may have been deleted meanwhile.
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
  /// Reads the messages that a stream has now.
  ///
  /// - Parameters:
  ///   - stream: The stream.
  ///   - configuration: The messages to read.
  /// - Returns: The messages.
  /// - Throws: `JetStreamError.streamNotFound` and others.
  public func scan(
    _ stream: String, _ configuration: OrderedConsumer.Configuration = OrderedConsumer.Configuration()
  ) async throws(JetStreamError) -> StreamScan {
    try await StreamScan(self, stream, configuration)
  }

  /// Returns the sequence of the newest message of some subjects, according to the leader; 0 if there is none.
  ///
  /// For the filter `>` servers look only for the last sequence, whose message may be deleted. So for all messages the
  /// filters are the subjects of the stream.
  package func lastSequence(of filters: [String], in stream: String) async throws(JetStreamError) -> Int64 {
    var last: Int64 = 0
    let subjects = filters.isEmpty ? try await self.stream(stream).configuration.subjects : filters
    for subject in subjects.isEmpty ? [">"] : subjects {
      last = max(last, try await message(.last(of: subject), in: stream)?.sequence ?? 0)
    }
    return last
  }
}
