package import ByteText

/// The Worker that serves what is published. It decides; its host reads and writes for it, step by step.
///
/// An answer is worked out anew from what is known after each step, until nothing is missing for it.
package final class EdgeServer {
  let settings: EdgeSettings
  let digester: SHA256
  let values = ValueCache()
  /// The head that was read last.
  var known: PublishedHead?
  /// When it was asked for, in milliseconds since 1970.
  var knownAt: Int64 = 0
  /// When the head could not be read last.
  var failedAt: Int64 = 0
  /// The revision that the location's cache was given last, and when.
  private var (keptRevision, keptAt): (Int64, Int64) = (-1, 0)
  /// The requests that wait for what the host does, the one that began to last first.
  private var waiting: Linked<Exchange>?
  private var count: Int64 = 0
  /// What the host is told.
  package let output: TextWriter
  let scratch = TextWriter()

  /// What came of a step.
  package enum Outcome {
    /// There is no such value.
    case absent
    /// It was read.
    case present
    case failed
  }

  /// What a request may take before it is forgotten, in milliseconds; its client may have gone.
  private static let patience: Int64 = 600_000
  private static let keepingInterval: Int64 = 3_600_000

  /// Makes a server.
  ///
  /// - Parameters:
  ///   - settings: The variables of its Worker.
  ///   - digester: What computes digests.
  ///   - output: Where it writes what the host is told, as JSON.
  package init(_ settings: EdgeSettings, _ digester: SHA256, telling output: TextWriter) {
    self.settings = settings
    self.digester = digester
    self.output = output
  }

  /// Takes a request, and tells the first step.
  ///
  /// - Parameters:
  ///   - text: The method, a space and the URL, and on a line each the header fields.
  ///   - memory: What owns the text.
  ///   - now: The present moment, in milliseconds since 1970.
  package func begin(_ text: Bytes, in memory: Memory, now: Int64) {
    _ = takeWaiting(0, now)
    count &+= 1
    step(Exchange(count, text, in: memory, now: now), now)
  }

  /// Takes the outcome of a step, and tells the next one.
  ///
  /// - Parameters:
  ///   - number: The number of the request.
  ///   - outcome: What came of the step.
  ///   - bytes: What was read.
  ///   - memory: What owns these.
  ///   - now: The present moment, in milliseconds since 1970.
  package func resume(_ number: Int64, _ outcome: Outcome, _ bytes: Bytes, in memory: Memory, now: Int64) {
    if let exchange = takeWaiting(number, now) {
      take(outcome, bytes, memory, exchange, now)
      return step(exchange, now)
    }
    let forgotten = Exchange(number, .none, in: memory, now: now)
    begin(503, forgotten)
    end(error: "unavailable", "it took too long", forgotten)
  }

  /// Takes a request out of those that wait, and forgets those that came too long ago.
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
        return end(error: "unavailable", "what is published cannot be read now", exchange)
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
      // Others use it too, as one that was so when it was kept.
      if outcome == .present, let head = PublishedHead(bytes) { (known, knownAt) = (head, head.now &* 1_000) }
    case .get, .open, .describe, .list:
      guard outcome == .present else {
        if let digest = asked.digest { exchange.miss(digest) }
        if let content = asked.content { exchange.miss(content) }
        return
      }
      if asked.kind == .get, let digest = asked.digest {
        let value = CachedValue(digest, bytes, in: memory)
        exchange.keep(value)
        values.keep(value)
      } else {
        if asked.kind != .list { exchange.opened = asked.prefix }
        if asked.kind != .open {
          exchange.metadata = bytes.isEmpty ? "null" : exchange.memory.copy(bytes)
        }
      }
    case .forward: exchange.hasFailed = true
    }
  }

  private func takeHead(
    _ head: PublishedHead, _ text: Bytes, _ memory: Memory, _ exchange: Exchange, _ now: Int64
  ) {
    exchange.head = head
    // An answer that was asked for earlier may come later.
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
