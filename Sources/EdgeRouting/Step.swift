internal import ByteText

/// What the Worker's host is to do before a request can be answered. It tells what came of it.
struct Step: Error {
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
    /// Read what goes along with a value.
    case list
    /// Let the object that keeps the heads answer the request.
    case forward
  }

  let kind: Kind
  /// The first letter of the value's key.
  var prefix: StaticString = ""
  /// What names the value.
  var digest = Digest.zeros
  /// The content for which it is read.
  var content = Digest.zeros
  /// How long what was read counts as current at the location, in seconds.
  var seconds: Int64 = 0
  /// Whether it is small enough to be in memory.
  var isSmall = false

  /// How long a value that is named by its digest, and that a manifest names, counts as current.
  static let long: Int64 = 86_400
  /// The same for what may come yet: that it is missing counts as current just as long.
  static let brief: Int64 = 60
}
