internal import ArgumentParser
internal import ModuleStore

/// A duration, such as `24h`.
struct TimeSpan: ArgumentValue {
  /// The seconds.
  let seconds: Int64

  static var expected: String { "a time such as 90s, 30m, 24h or 7d" }

  init(seconds: Int64) { self.seconds = seconds }

  init?(argument: String) {
    guard let seconds = GracePeriod.seconds(argument) else { return nil }
    self.init(seconds: seconds)
  }
}
