/// A receiver of the messages of a subscription. Calls come on the client's event loop, one at a time, and must not
/// block.
package protocol MessageReceiver: AnyObject, Sendable {
  /// Receives a message.
  func receive(_ message: NATSMessage)

  /// Called after all messages that arrived together were received: waiting tasks may continue.
  func wake()

  /// Called when a lost connection is established again, with the subscription.
  func reconnected()

  /// Called when no more messages will come, with an error if the end was not requested.
  func end(_ error: NATSError?)
}
