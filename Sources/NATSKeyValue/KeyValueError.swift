public import NATSJetStream

/// An error of a key-value bucket.
public enum KeyValueError: Error, Hashable, Sendable {
  /// JetStream refused the request or could not be reached.
  case jetStream(JetStreamError)
  /// A text is not a valid name of a bucket.
  case invalidBucket(String)
  /// A text is not a valid key: the reason.
  case invalidKey(String, InvalidKey)
  /// A text is not a valid pattern of keys: the reason.
  case invalidPattern(String, InvalidKey)
  /// The history is longer than a bucket can keep.
  case historyTooLong(Int)
  /// A time to live is not a whole number of seconds, or is less than one second.
  case invalidTimeToLive(Duration)
  /// The bucket does not allow keys with a time to live.
  case timeToLiveNotAllowed
  /// The server cannot store markers for expired values.
  case limitMarkersNotSupported
  /// The bucket does not allow atomic batches.
  case atomicPublishNotAllowed
  /// The bucket does not exist, or has no leader now.
  case bucketNotFound(String)
  /// The bucket exists with another configuration.
  case bucketExists(String)
  /// The bucket was deleted while it was watched.
  case bucketDeleted(String)
  /// The stream exists, but does not store keys.
  case notABucket(String)
  /// The key already exists.
  case keyExists(String)
  /// The key does not have the expected revision: the actual one, if the server reports it.
  case wrongLastRevision(Int64?)
  /// The value is larger than the bucket allows.
  case valueTooLarge
  /// The bucket is full.
  case bucketFull

  /// The reason why a key is not valid.
  public enum InvalidKey: Hashable, Sendable {
    case empty
    case tooLong
    /// It has a byte other than letters, digits, `-`, `/`, `_`, `=` and `.`.
    case character
    /// It begins or ends with a dot, or has two dots next to each other.
    case dot
    /// It begins with `_kv`.
    case reserved
    /// It has a wildcard at a position where wildcards are not allowed.
    case wildcard
  }
}

extension KeyValueError: CustomStringConvertible {
  /// The reason, without a full stop.
  public var description: String {
    switch self {
    case .jetStream(let error): error.description
    case .invalidBucket(let name): "not a valid name of a bucket: \(name)"
    case .invalidKey(let key, let reason): "not a valid key: \(key): \(reason)"
    case .invalidPattern(let pattern, let reason): "not a valid pattern of keys: \(pattern): \(reason)"
    case .historyTooLong(let length): "a bucket cannot keep \(length) values of a key"
    case .invalidTimeToLive(let time): "the time to live is not a whole number of seconds: \(time)"
    case .timeToLiveNotAllowed: "the bucket does not allow a time to live for single keys"
    case .limitMarkersNotSupported: "the server does not support markers for expired keys"
    case .atomicPublishNotAllowed: "the bucket does not allow atomic batches of writes"
    case .bucketNotFound(let name): "there is no bucket \(name)"
    case .bucketExists(let name): "the bucket \(name) exists with another configuration"
    case .bucketDeleted(let name): "the bucket \(name) was deleted"
    case .notABucket(let name): "the stream \(name) is not a key-value bucket"
    case .keyExists(let key): "the key \(key) already exists"
    case .wrongLastRevision(let revision?): "the key has the revision \(revision)"
    case .wrongLastRevision(nil): "the key has another revision"
    case .valueTooLarge: "the value is larger than the bucket's limit"
    case .bucketFull: "the bucket is full"
    }
  }
}

extension KeyValueError.InvalidKey: CustomStringConvertible {
  /// The reason, without a full stop.
  public var description: String {
    switch self {
    case .empty: "key cannot be empty"
    case .tooLong: "it is too long"
    case .character: "only letters, digits and -/_=. are allowed"
    case .dot: "a dot must stand between two other characters"
    case .reserved: "_kv is reserved for the server"
    case .wildcard: "* must be a whole token, and > must be the last token"
    }
  }
}
