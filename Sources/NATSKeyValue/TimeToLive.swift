/// How long a key or a marker lives (ADR-43).
public enum TimeToLive: Hashable, Sendable {
  /// For a whole number of seconds, one at least.
  case after(Duration)
  /// For ever, whatever the bucket says.
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
