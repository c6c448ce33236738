internal import ByteText

/// What the Worker's host is to do before a request can be answered. It tells what came of it.
final class Step: Error {
  enum Kind {
    /// Read the head from the object that keeps it.
    case head
    /// Read the head that was kept last in the cache of the location.
    case match
    /// Read the head from the namespace.
    case headValue
    /// Read a value of the namespace whole.
    case get
    /// Open a value of the namespace whose bytes the response will have.
    case open
    /// The same, and read what goes along with it.
    case describe
    /// Read what goes along with a value.
    case list
    /// Let the object that keeps the heads answer the request.
    case forward
  }

  let kind: Kind
  /// The first letter of the value's key.
  // A literal, which never changes.
  nonisolated(unsafe) let prefix: Bytes
  /// What names the value.
  let digest: Digest?
  /// The content for which it is read.
  let content: Digest?
  /// How long what was read counts as current at the location, in seconds.
  let seconds: Int64
  /// Whether it is small enough to be in memory.
  let isSmall: Bool

  init(
    _ kind: Kind, _ prefix: Bytes = "", _ digest: Digest? = nil, for content: Digest? = nil,
    seconds: Int64 = 0, isSmall: Bool = false
  ) {
    self.kind = kind
    self.prefix = prefix
    self.digest = digest
    self.content = content
    self.seconds = seconds
    self.isSmall = isSmall
  }

  /// How long a value that is named by its digest, and that a manifest names, counts as current.
  static let long: Int64 = 86_400
  /// The same for what may come yet: that it is missing counts as current just as long.
  static let brief: Int64 = 60
}
