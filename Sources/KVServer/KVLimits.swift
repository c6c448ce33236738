internal import HTTPTypes
internal import JSONText

/// The limits of Workers KV.
enum KVLimits {
  static let keyLength = 512
  static let metadataLength = 1_024
  static let valueLength = 25 << 20
  /// The minimum time to live of a value in seconds.
  static let shortestTime = 60
  static let titleLength = 512
  static let pairsPerCall = 10_000
  static let keysPerBulkRead = 100
  static let bulkBodyLength = 100_000_000
  static let smallBodyLength = 16 << 10
  /// The maximum length in bytes of the list of keys in a bulk deletion, with escapes.
  static let namesBodyLength = 40 << 20

  /// Checks a key.
  ///
  /// - Throws: `KVFailure` with 414 if the key is too long, with 400 if no URL can contain it.
  static func check(key: [UInt8]) throws(KVFailure) {
    guard key.count <= keyLength else {
      throw .invalid(
        "UTF-8 encoded length of \(key.count) exceeds key length limit of \(keyLength).", .uriTooLong)
    }
    switch key {
    case []: throw .invalid("a key must not be empty")
    case [0x2e], [0x2e, 0x2e]: throw .invalid("a key must not be . or ..")
    default: break
    }
    guard String(validating: key, as: UTF8.self) != nil else { throw .invalid("a key must be valid UTF-8") }
  }

  /// Checks the length of a value in bytes.
  static func check(valueLength count: Int) throws(KVFailure) {
    guard count <= valueLength else {
      throw .invalid("Value length of \(count) exceeds limit of \(valueLength).", .contentTooLarge)
    }
  }

  /// Parses metadata, and returns it as JSON on one line; nil if it is null.
  static func metadata(_ text: some Collection<UInt8>) throws(KVFailure) -> [UInt8]? {
    guard let value = JSONValue(parsing: text) else { throw .invalid("the metadata is not valid JSON") }
    if case .null = value { return nil }
    let metadata = Array(value.serialized.utf8)
    try check(metadataLength: metadata.count)
    return metadata
  }

  static func check(metadataLength count: Int) throws(KVFailure) {
    guard count <= metadataLength else {
      throw .invalid("Metadata length of \(count) exceeds limit of \(metadataLength).", .contentTooLarge)
    }
  }

  /// Returns the time when a value expires.
  ///
  /// - Parameters:
  ///   - expiration: The time, in seconds since 1970; nil if it is not given.
  ///   - time: The time to live in seconds, which takes precedence over `expiration`.
  ///   - now: The current time, in seconds since 1970.
  /// - Returns: The time, in seconds since 1970; nil for never.
  /// - Throws: `KVFailure` if the time is less than 60 seconds in the future.
  static func expiration(_ expiration: Int?, time: Int?, now: Int) throws(KVFailure) -> Int? {
    if let time {
      let (moment, isTooLate) = now.addingReportingOverflow(time)
      guard time >= shortestTime, !isTooLate else {
        throw .invalid("Invalid expiration_ttl of \(time). Expiration TTL must be at least \(shortestTime).")
      }
      return moment
    }
    guard let expiration else { return nil }
    guard expiration >= now + shortestTime else {
      throw .invalid(
        "Invalid expiration of \(expiration). Expiration times must be at least \(shortestTime) seconds in the future."
      )
    }
    return expiration
  }
}
