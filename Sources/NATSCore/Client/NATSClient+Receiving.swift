internal import NIOCore
internal import Synchronization

extension NATSClient {
  /// Takes a message that arrived.
  ///
  /// - Returns: The receiver to wake after all messages that arrived together were taken; nil for none.
  func take(_ message: NATSMessage, for subscription: Int) -> (any MessageReceiver)? {
    if subscription == ClientState.inboxSubscription {
      take(reply: message)
      return nil
    }
    let receiver = state.withLock { $0.subscriptions[subscription]?.receiver }
    receiver?.receive(message)
    return receiver
  }

  private func take(reply: NATSMessage) {
    guard let number = RequestTable.Number(reply.subjectBytes.readableBytesUInt8Span) else { return }
    let request = state.withLock { state -> RequestTable.Waiting? in
      guard let request = state.requests[number] else { return nil }
      if !request.isMany { state.requests.remove(number) }
      return request
    }
    guard let request else { return }
    if reply.hasHeaders, reply.payloadLength == 0, reply.status == 503 {
      state.withLock { _ = $0.requests.remove(number) }
      request.receiver.fail(.noResponders(request.subject), tag: request.tag)
    } else if request.receiver.receive(reply, tag: request.tag), request.isMany {
      state.withLock { $0.requests.renew(number) }
    } else if request.isMany {
      state.withLock { _ = $0.requests.remove(number) }
    }
  }

  /// Handles an error report of the server about this client.
  func take(report words: String) {
    let lower = words.lowercased()
    guard lower.hasPrefix("permissions violation"), let subject = NATSClient.quoted(words) else {
      options.onEvent?(.reported(words))
      return
    }
    let (requests, ended) = state.withLock { state -> ([RequestTable.Waiting], [any MessageReceiver]) in
      if lower.hasPrefix("permissions violation for subscription") {
        let numbers = state.subscriptions.filter { $0.value.subject == subject }.map(\.key)
        return ([], numbers.compactMap { state.subscriptions.removeValue(forKey: $0)?.receiver })
      }
      return (state.requests.remove { $0.subject == subject }, [])
    }
    for request in requests { request.receiver.fail(.forbidden(words), tag: request.tag) }
    for receiver in ended { receiver.end(.forbidden(words)) }
    if requests.isEmpty, ended.isEmpty { options.onEvent?(.reported(words)) }
  }

  /// Returns the first text in quotes.
  private static func quoted(_ words: String) -> String? {
    let parts = words.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : nil
  }

  // MARK: Time limits

  /// Schedules the next check for requests that have waited too long, if any request waits.
  func sweepLater() {
    let isNeeded = state.withLock { state in
      guard !state.isSweeping, state.requests.count > 0 || !state.waiters.isEmpty else { return false }
      state.isSweeping = true
      return true
    }
    guard isNeeded else { return }
    eventLoop.scheduleTask(in: NATSClient.sweepInterval) { self.sweep() }
  }

  private func sweep() {
    let now = NIODeadline.now()
    let (late, waiters) = state.withLock { state in
      state.isSweeping = false
      return (state.requests.remove { $0.deadline < now }, state.takeWaiters())
    }
    for request in late { request.receiver.fail(.timedOut, tag: request.tag) }
    // The waiting tasks check themselves if they still have to wait.
    for waiter in waiters { waiter.resume() }
    sweepLater()
  }
}
