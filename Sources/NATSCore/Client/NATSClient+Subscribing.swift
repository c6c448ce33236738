internal import NIOCore
internal import Synchronization

extension NATSClient {
  /// Subscribes a receiver to a subject.
  ///
  /// - Returns: The number of the subscription.
  /// - Throws: `NATSError.invalidSubject`, `.closed`.
  package func subscribe(
    _ subject: String, queue: String? = nil, to receiver: any MessageReceiver
  ) throws(NATSError) -> Int {
    guard SubjectSyntax.isSubscribable(subject) else { throw .invalidSubject(subject) }
    if let queue, !SubjectSyntax.isPublishable(queue) { throw .invalidSubject(queue) }
    let (number, mustSchedule) = try state.withLock { (state) throws(NATSError) -> (Int, Bool) in
      if case .closed(let error) = state.phase { throw error }
      state.lastSubscription += 1
      let subscription = ClientState.Subscription(subject: subject, queue: queue, receiver: receiver)
      state.subscriptions[state.lastSubscription] = subscription
      // Without a connection, the subscription is made later, together with all others.
      guard case .open = state.phase else { return (state.lastSubscription, false) }
      state.outbox.line(NATSClient.line(subscription, state.lastSubscription))
      return (state.lastSubscription, state.needsFlush())
    }
    if mustSchedule { eventLoop.execute { self.flush() } }
    return number
  }

  /// Ends a subscription. Messages that have not arrived yet are dropped.
  package func unsubscribe(_ number: Int) {
    let mustSchedule = state.withLock { state in
      guard state.subscriptions.removeValue(forKey: number) != nil, state.obstacle == nil else {
        return false
      }
      state.outbox.line("UNSUB \(number)")
      return state.needsFlush()
    }
    if mustSchedule { eventLoop.execute { self.flush() } }
  }

  /// Publishes an empty message immediately, if there is a connection.
  package func answer(_ subject: String) {
    guard SubjectSyntax.isPublishable(subject) else { return }
    let mustSchedule = state.withLock { state in
      guard state.obstacle == nil else { return false }
      state.outbox.publish(subject, reply: nil, headers: [], .init())
      return state.needsFlush()
    }
    if mustSchedule { eventLoop.execute { self.flush() } }
  }
}
