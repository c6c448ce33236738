extension StoreSession {
  /// What to do with a history: the settings `gc.policy` and `gc.keepLast`.
  func historyPolicy() throws(StoreError) -> HistoryPolicy {
    let count = try setting("gc.keepLast")
    switch try setting("gc.policy")?.value {
    case "keep-history"?: return .keep
    case nil where count == nil: return .squash
    case "keep-last"?, nil:
      return .keepLast(try count.map { count throws(StoreError) in try keptCount(count) } ?? 1)
    default: return .squash
    }
  }

  private func keptCount(_ setting: Setting) throws(StoreError) -> Int {
    guard let count = Int(setting.value), count > 0 else {
      throw .invalidSetting(
        key: setting.key, value: setting.value, reason: "it is not a number greater than 0")
    }
    return count
  }

  /// How long an object of unknown origin is kept, in nanoseconds: the setting `gc.grace`, or an hour.
  func gracePeriod() throws(StoreError) -> Int64 {
    guard let setting = try setting("gc.grace") else { return 3600 * 1_000_000_000 }
    guard let seconds = GracePeriod.seconds(setting.value) else {
      throw .invalidSetting(key: setting.key, value: setting.value, reason: GracePeriod.objection)
    }
    return seconds * 1_000_000_000
  }
}

/// A duration in the format of the setting `gc.grace`.
public enum GracePeriod {
  /// The error for an invalid text.
  public static let objection = "it is not a time such as 90s, 30m, 24h or 7d"

  /// Parses `90`, `90s`, `15m`, `2h` or `14d`; nil for anything else, and for more than ten years.
  public static func seconds(_ text: String) -> Int64? {
    let factors: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
    guard let last = text.last else { return nil }
    let factor = factors[last]
    let digits = factor == nil ? Substring(text) : text.dropLast()
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int64(digits),
      count <= 315_360_000 / (factor ?? 1)
    else { return nil }
    return count * (factor ?? 1)
  }
}
