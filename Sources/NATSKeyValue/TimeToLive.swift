/// The time to live of a key or a marker (ADR-43).
public enum TimeToLive: Hashable, Sendable {
  /// A whole number of seconds, at least one.
  case after(Duration)
  /// No limit, whatever the setting of the bucket.
  case never

  /// The value of the header.
  ///
  /// - Throws: `KeyValueError.invalidTimeToLive`.
  var text: String {
    get throws(KeyValueError) {
      switch self {
      case .never: return "never"
      case .after(let time):
        let (seconds, rest) = time.components
        guard seconds >= 1, rest == 0 else { throw .invalidTimeToLive(time) }
        return "\(seconds)"
      }
    }
  }
}
