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
  private var exchanges: [Exchange] = []
  private var count: Int64 = 0
  /// What the host is told.
  let output: TextWriter
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
    forget(before: now - EdgeServer.patience)
    count += 1
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
    for place in 0..<exchanges.count where exchanges[place].number == number {
      let exchange = exchanges[place]
      exchanges.swapAt(place, exchanges.count - 1)
      exchanges.removeLast()
      take(outcome, bytes, memory, exchange, now)
      return step(exchange, now)
    }
    let forgotten = Exchange(number, .none, in: memory, now: now)
    begin(503, forgotten)
    end(error: "unavailable", "it took too long", forgotten)
  }

  private func forget(before limit: Int64) {
    guard exchanges.count > 64 else { return }
    var place = exchanges.count - 1
    while place >= 0 {
      if exchanges[place].start < limit {
        exchanges.swapAt(place, exchanges.count - 1)
        exchanges.removeLast()
      }
      place -= 1
    }
  }

  private func step(_ exchange: Exchange, _ now: Int64) {
    exchange.stepCount += 1
    do throws(Step) {
      if exchange.stepCount > Exchange.stepLimit {
        begin(503, exchange)
        return end(error: "unavailable", "too much is missing", exchange)
      }
      try answer(exchange, now)
    } catch {
      exchange.asked = error
      exchange.askedAt = now
      exchanges.append(exchange)
      tell(error, exchange)
    }
  }

  // MARK: Outcomes

  private func take(_ outcome: Outcome, _ bytes: Bytes, _ memory: Memory, _ exchange: Exchange, _ now: Int64)
  {
    let asked = exchange.asked
    switch asked.kind {
    case .head, .headValue:
      let isEmpty = asked.kind == .headValue && outcome == .absent
      if outcome == .present || isEmpty, let head = PublishedHead(isEmpty ? Bytes("{\"entries\":[]}") : bytes)
      {
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
        exchange.missing.append(asked.digest)
        exchange.missing.append(asked.content)
        return
      }
      if asked.kind == .get {
        let value = CachedValue(asked.digest, bytes, in: memory)
        exchange.values.append(value)
        values.keep(value)
      } else {
        if asked.kind != .list { exchange.opened = asked.prefix }
        if asked.kind != .open {
          exchange.metadata = bytes.isEmpty ? Bytes("null") : exchange.memory.copy(bytes)
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
    let revision = head.entries.first?.revision ?? 0
    guard settings.hasObject, keptRevision != revision || now - keptAt > EdgeServer.keepingInterval else {
      return
    }
    (keptRevision, keptAt) = (revision, now)
    exchange.kept = exchange.memory.copy(text)
  }
}
