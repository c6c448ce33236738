public import NATSJetStream

/// An error of a bucket of objects.
public enum ObjectStoreError: Error, Hashable, Sendable {
  /// JetStream refused the request or could not be reached.
  case jetStream(JetStreamError)
  /// A text is not a valid name of a bucket or an object.
  case invalidName(String)
  /// The bucket does not exist.
  case bucketNotFound(String)
  /// The bucket exists with another configuration.
  case bucketExists(String)
  /// The object does not exist.
  case notFound(String)
  /// The object already exists.
  case exists(String)
  /// The object was changed meanwhile.
  case changed(String)
  /// The bytes of an object do not match its digest, or are not complete.
  case damaged(String)
  /// The description of an object cannot be read.
  case unreadable(String)
  /// The object is a link to a whole bucket or to another link.
  case isLink(String)
  /// An object with bytes has a link, which is not allowed.
  case linkInContent(String)
}

extension ObjectStoreError: CustomStringConvertible {
  /// The reason, without a full stop.
  public var description: String {
    switch self {
    case .jetStream(let error): error.description
    case .invalidName(let name): "not a valid name: \(name)"
    case .bucketNotFound(let name): "there is no object store \(name)"
    case .bucketExists(let name): "the object store \(name) exists with another configuration"
    case .notFound(let name): "there is no object \(name)"
    case .exists(let name): "the object \(name) already exists"
    case .changed(let name): "the object \(name) was changed by another client"
    case .damaged(let name): "the object \(name) is damaged"
    case .unreadable(let name): "the description of the object \(name) cannot be read"
    case .isLink(let name): "the object \(name) is a link to a bucket or to another link"
    case .linkInContent(let name): "the object \(name) has content and cannot become a link"
    }
  }
}
