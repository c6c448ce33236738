/// The clock of what keeps the heads, as far as it is known here: what it said, and the time that has passed since.
/// The clock of this machine has no part in what is published: it may be wrong.
struct HeadClock: Sendable {
  private let said: Int64
  private let heard = ContinuousClock.now

  /// Begins with what a head says, which was read just now.
  init(_ head: Head) { said = head.now }

  /// The present moment, in seconds since 1970; never later than it is.
  var now: Int64 { said + heard.duration(to: .now).components.seconds }
}
