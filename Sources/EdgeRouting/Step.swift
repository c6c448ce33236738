internal import ByteText

/// A step that the Worker's host must do before a request can be answered. The host reports its outcome.
final class Step: Error {
  enum Kind {
    /// Read the head from the object that stores it.
    case head
    /// Read the head that was last stored in the location's cache.
    case match
    /// Read the head from the namespace.
    case headValue
    /// Read a whole value of the namespace.
    case get
    /// Open a value, and read its metadata.
    case describe
    /// Read the metadata of a value.
    case list
    /// Forward the request to the object that stores the heads.
    case forward
  }

  let kind: Kind
  /// The first letter of the value's key.
  // A literal, which never changes.
  nonisolated(unsafe) let prefix: Bytes
  /// The digest that names the value.
  let digest: Digest?
  /// The time for which the result counts as current at the location, in seconds.
  let seconds: Int64

  init(
    _ kind: Kind, _ prefix: Bytes = "", _ digest: Digest? = nil, seconds: Int64 = 0
  ) {
    self.kind = kind
    self.prefix = prefix
    self.digest = digest
    self.seconds = seconds
  }

  /// The time in seconds for which a value counts as current that is named by its digest and in a manifest.
  static let long: Int64 = 86_400
  /// The same for a value that may be stored later: its absence counts as current for the same time.
  static let brief: Int64 = 60
}
