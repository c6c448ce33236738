/// Takes what arrives for a subscription. Calls come on the client's event loop, one at a time, and must not wait.
package protocol MessageReceiver: AnyObject, Sendable {
  /// Takes a message.
  func receive(_ message: NATSMessage)

  /// Takes the news that what arrived together has been taken: whoever waits for it may go on.
  func wake()

  /// Takes the news that the connection was lost and is there again, with the subscription.
  func reconnected()

  /// Takes the news that nothing will come any more; the error where it was not asked for.
  func end(_ error: NATSError?)
}
