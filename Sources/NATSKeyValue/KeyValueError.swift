public import NATSJetStream

/// Why a key-value bucket did not do something.
public enum KeyValueError: Error, Hashable, Sendable {
  /// JetStream refused it or could not be reached.
  case jetStream(JetStreamError)
  /// A text cannot be the name of a bucket.
  case invalidBucket(String)
  /// A text cannot be a key: why.
  case invalidKey(String, InvalidKey)
  /// A text cannot be a pattern of keys: why.
  case invalidPattern(String, InvalidKey)
  /// A history is longer than a bucket can keep.
  case historyTooLong(Int)
  /// A time is not a whole number of seconds, of which there is at least one.
  case invalidTimeToLive(Duration)
  /// The bucket does not let single keys say how long they live.
  case timeToLiveNotAllowed
  /// The server cannot leave markers for what expired.
  case limitMarkersNotSupported
  /// The bucket does not let several writes be done together.
  case atomicPublishNotAllowed
  /// There is no such bucket, or nobody leads it now.
  case bucketNotFound(String)
  /// The bucket is there with another configuration.
  case bucketExists(String)
  /// The bucket was deleted while it was watched.
  case bucketDeleted(String)
  /// The stream is there, but is none that keeps keys.
  case notABucket(String)
  /// The key is there already.
  case keyExists(String)
  /// The key has another revision than was expected: the one that it has, where the server says so.
  case wrongLastRevision(Int64?)
  /// The value is larger than the bucket takes.
  case valueTooLarge
  /// The bucket is full.
  case bucketFull

  /// What is wrong with a key.
  public enum InvalidKey: Hashable, Sendable {
    case empty
    case tooLong
    /// It has a byte other than letters, digits, `-`, `/`, `_`, `=` and `.`.
    case character
    /// It begins or ends with a dot, or has two next to each other.
    case dot
    /// It begins with `_kv`.
    case reserved
    /// A wildcard stands where it stands for nothing.
    case wildcard
  }
}

extension KeyValueError: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .jetStream(let error): error.description
    case .invalidBucket(let name): "not the name of a bucket: \(name)"
    case .invalidKey(let key, let reason): "not a key: \(key): \(reason)"
    case .invalidPattern(let pattern, let reason): "not a pattern of keys: \(pattern): \(reason)"
    case .historyTooLong(let length): "a bucket cannot keep \(length) values of a key"
    case .invalidTimeToLive(let time): "not a whole number of seconds to live: \(time)"
    case .timeToLiveNotAllowed: "the bucket does not let a key say how long it lives"
    case .limitMarkersNotSupported: "the server cannot leave markers for what expired"
    case .atomicPublishNotAllowed: "the bucket does not let several writes be done together"
    case .bucketNotFound(let name): "there is no bucket \(name)"
    case .bucketExists(let name): "the bucket \(name) is set up otherwise"
    case .bucketDeleted(let name): "the bucket \(name) was deleted"
    case .notABucket(let name): "the stream \(name) keeps no keys"
    case .keyExists(let key): "the key \(key) is there already"
    case .wrongLastRevision(let revision?): "the key has the revision \(revision)"
    case .wrongLastRevision(nil): "the key has another revision"
    case .valueTooLarge: "the value is larger than the bucket takes"
    case .bucketFull: "the bucket is full"
    }
  }
}

extension KeyValueError.InvalidKey: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .empty: "key cannot be empty"
    case .tooLong: "it is too long"
    case .character: "only letters, digits and -/_=. are allowed"
    case .dot: "a dot must stand between two other characters"
    case .reserved: "_kv is the server's"
    case .wildcard: "* must be a token, and > the last one"
    }
  }
}
