package import ByteText

/// The Worker that serves published files. It makes all decisions; its host reads and writes for it, step by step.
///
/// After each step the answer is computed again from the known values, until nothing is missing for it.
package final class EdgeServer {
  let settings: EdgeSettings
  let digester: SHA256
  let values = ValueCache()
  /// The head that was read last.
  var known: PublishedHead?
  /// The time at which it was requested, in milliseconds since 1970.
  var knownAt: Int64 = 0
  /// The time of the last failure to read the head, in milliseconds since 1970.
  var failedAt: Int64 = 0
  /// The revision last stored in the location's cache, and the time.
  private var (keptRevision, keptAt): (Int64, Int64) = (-1, 0)
  /// The requests that wait for the host, the one that started to wait last first.
  private var waiting: Linked<Exchange>?
  private var count: Int64 = 0
  /// The output for the host.
  package let output: TextWriter
  let scratch = TextWriter()

  /// The outcome of a step.
  package enum Outcome {
    /// The value does not exist.
    case absent
    /// The value was read.
    case present
    case failed
  }

  /// The time after which a request is removed, in milliseconds; its client may have disconnected.
  private static let patience: Int64 = 600_000
  private static let keepingInterval: Int64 = 3_600_000

  /// Creates a server.
  ///
  /// - Parameters:
  ///   - settings: The variables of its Worker.
  ///   - digester: Computes digests.
  ///   - output: The buffer for its output to the host, as JSON.
  package init(_ settings: EdgeSettings, _ digester: SHA256, telling output: TextWriter) {
    self.settings = settings
    self.digester = digester
    self.output = output
  }

  /// Starts a request, and writes the first step.
  ///
  /// - Parameters:
  ///   - text: The method, a space and the URL, then the header fields, one per line. The field `missing` has the digests
  ///     of contents that cannot be read, separated by spaces.
  ///   - memory: The owner of the text.
  ///   - now: The present time, in milliseconds since 1970.
  package func begin(_ text: Bytes, in memory: Memory, now: Int64) {
    _ = takeWaiting(0, now)
    count &+= 1
    step(Exchange(count, text, in: memory, now: now), now)
  }

  /// Continues a request after a step, and writes the next one.
  ///
  /// - Parameters:
  ///   - number: The number of the request.
  ///   - outcome: The outcome of the step.
  ///   - bytes: The bytes that were read.
  ///   - memory: The owner of the bytes.
  ///   - now: The present time, in milliseconds since 1970.
  package func resume(_ number: Int64, _ outcome: Outcome, _ bytes: Bytes, in memory: Memory, now: Int64) {
    if let exchange = takeWaiting(number, now) {
      take(outcome, bytes, memory, exchange, now)
      return step(exchange, now)
    }
    let forgotten = Exchange(number, .none, in: memory, now: now)
    begin(503, forgotten)
    end(error: "unavailable", "it timed out", forgotten)
  }

  /// Removes a request from the waiting ones, and also those that started too long ago.
  private func takeWaiting(_ number: Int64, _ now: Int64) -> Exchange? {
    var (found, previous, next) = (nil as Exchange?, nil as Linked<Exchange>?, waiting)
    while let link = next {
      next = link.next
      let exchange = link.value
      if exchange.number == number { found = exchange }
      if exchange.number != number, now &- exchange.start <= EdgeServer.patience {
        previous = link
      } else if let previous {
        previous.next = next
      } else {
        waiting = next
      }
    }
    return found
  }

  private func step(_ exchange: Exchange, _ now: Int64) {
    exchange.stepCount &+= 1
    do throws(Step) {
      if exchange.stepCount > Exchange.stepLimit {
        begin(503, exchange)
        return end(error: "unavailable", "the files cannot be read now", exchange)
      }
      try answer(exchange, now)
    } catch {
      exchange.asked = error
      exchange.askedAt = now
      waiting = Linked(exchange, before: waiting)
      tell(error, exchange)
    }
  }

  // MARK: Outcomes

  private func take(_ outcome: Outcome, _ bytes: Bytes, _ memory: Memory, _ exchange: Exchange, _ now: Int64)
  {
    guard let asked = exchange.asked else { return }
    switch asked.kind {
    case .head, .headValue:
      let isEmpty = asked.kind == .headValue && outcome == .absent
      if outcome == .present || isEmpty, let head = PublishedHead(isEmpty ? "{\"entries\":[]}" : bytes) {
        takeHead(head, bytes, memory, exchange, now)
      } else {
        failedAt = now
        exchange.hasFailed = true
      }
    case .match:
      exchange.hasMatched = true
      // Other requests use it too, as the head at the time when it was stored.
      if outcome == .present, let head = PublishedHead(bytes) { (known, knownAt) = (head, head.now &* 1_000) }
    case .get, .describe, .list:
      guard outcome == .present else {
        if let digest = asked.digest { exchange.miss(digest) }
        return
      }
      if asked.kind == .get, let digest = asked.digest {
        let value = CachedValue(digest, bytes, in: memory)
        exchange.keep(value)
        values.keep(value)
      } else {
        exchange.metadata = bytes.isEmpty ? "null" : exchange.memory.copy(bytes)
      }
    case .forward: exchange.hasFailed = true
    }
  }

  private func takeHead(
    _ head: PublishedHead, _ text: Bytes, _ memory: Memory, _ exchange: Exchange, _ now: Int64
  ) {
    exchange.head = head
    // The answer to an earlier request may arrive later.
    guard knownAt <= exchange.askedAt else { return }
    (known, knownAt, failedAt) = (head, exchange.askedAt, 0)
    let revision = head.newest?.value.revision ?? 0
    guard settings.hasObject, keptRevision != revision || now &- keptAt > EdgeServer.keepingInterval else {
      return
    }
    (keptRevision, keptAt) = (revision, now)
    exchange.kept = exchange.memory.copy(text)
  }
}
