/// An estimate of the head store's clock: the time that it reported, and the time that has passed since. The clock of
/// this machine is not used for published data, because it may be wrong.
struct HeadClock: Sendable {
  private let said: Int64
  private let heard = ContinuousClock.now

  /// Starts from the time in a head that was read just now.
  init(_ head: Head) { said = head.now }

  /// The present time of the head store, in seconds since 1970; never later than its real clock.
  var now: Int64 { said + heard.duration(to: .now).components.seconds }
}
