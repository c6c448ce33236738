internal import HTTPTypes
internal import JSONText

/// What Workers KV puts up with.
enum KVLimits {
  static let keyLength = 512
  static let metadataLength = 1_024
  static let valueLength = 25 << 20
  /// The shortest time that a value may have.
  static let shortestTime = 60
  static let titleLength = 512
  static let pairsPerCall = 10_000
  static let keysPerBulkRead = 100
  static let bulkBodyLength = 100_000_000
  static let smallBodyLength = 16 << 10
  /// The names of all keys that may be removed at once, escaped.
  static let namesBodyLength = 40 << 20

  /// Checks a key.
  ///
  /// - Throws: `KVFailure` with 414 where it is too long, with 400 where no URL can name it.
  static func check(key: [UInt8]) throws(KVFailure) {
    guard key.count <= keyLength else {
      throw .invalid(
        "UTF-8 encoded length of \(key.count) exceeds key length limit of \(keyLength).", .uriTooLong)
    }
    switch key {
    case []: throw .invalid("a key is not empty")
    case [0x2e], [0x2e, 0x2e]: throw .invalid("a key is neither . nor ..")
    default: break
    }
    guard String(validating: key, as: UTF8.self) != nil else { throw .invalid("a key is valid UTF-8") }
  }

  /// Checks the length of a value.
  static func check(valueLength count: Int) throws(KVFailure) {
    guard count <= valueLength else {
      throw .invalid("Value length of \(count) exceeds limit of \(valueLength).", .contentTooLarge)
    }
  }

  /// Reads metadata: JSON, which is kept on one line; nil where it is null.
  static func metadata(_ text: some Collection<UInt8>) throws(KVFailure) -> [UInt8]? {
    guard let value = JSONValue(parsing: text) else { throw .invalid("the metadata is no JSON") }
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

  /// Says when a value ceases to be.
  ///
  /// - Parameters:
  ///   - expiration: The moment, in seconds since 1970; nil where none is given.
  ///   - time: How many seconds it lasts, which goes before `expiration`.
  ///   - now: The present moment.
  /// - Returns: The moment; nil for never.
  /// - Throws: `KVFailure` where it is no moment that is far enough in the future.
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
