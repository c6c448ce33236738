public import NATSJetStream

/// Why a bucket of objects did not do something.
public enum ObjectStoreError: Error, Hashable, Sendable {
  /// JetStream refused it or could not be reached.
  case jetStream(JetStreamError)
  /// A text cannot be the name of a bucket or of an object.
  case invalidName(String)
  /// There is no such bucket.
  case bucketNotFound(String)
  /// The bucket is there with another configuration.
  case bucketExists(String)
  /// There is no such object.
  case notFound(String)
  /// The object is there already.
  case exists(String)
  /// The object was changed by somebody else meanwhile.
  case changed(String)
  /// The bytes of an object are not those that its digest names, or not all there.
  case damaged(String)
  /// What describes an object cannot be read.
  case unreadable(String)
  /// The object stands for a whole bucket, or for an object that does so in turn.
  case isLink(String)
  /// The object links to something, which only a link can do.
  case linkInContent(String)
}

extension ObjectStoreError: CustomStringConvertible {
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .jetStream(let error): error.description
    case .invalidName(let name): "not a name: \(name)"
    case .bucketNotFound(let name): "there is no object store \(name)"
    case .bucketExists(let name): "the object store \(name) is set up otherwise"
    case .notFound(let name): "there is no object \(name)"
    case .exists(let name): "the object \(name) is there already"
    case .changed(let name): "the object \(name) was changed meanwhile"
    case .damaged(let name): "the object \(name) is damaged"
    case .unreadable(let name): "the description of the object \(name) cannot be read"
    case .isLink(let name): "the object \(name) is a link to a bucket or to another link"
    case .linkInContent(let name): "the object \(name) has bytes and cannot be a link"
    }
  }
}
