internal import FileSystem
internal import StoreJSON
internal import SystemPackage
internal import WorkersKV

/// The target of a publish, determined from options, variables and settings.
struct PublishPlace {
  /// The stores of the values and of the heads.
  enum Remote {
    /// A namespace of Workers KV, and the service of its heads.
    case workersKV(KVTarget)
    /// A pair of buckets on a NATS server.
    case nats(NATSTarget)
  }

  /// The stores of the values and the heads.
  let remote: Remote
  /// The store's name among those published there.
  let store: String
  /// The number of revisions of each branch that a prune keeps; nil if not set.
  var keep: Int?
  /// The minimum age of a value before a prune deletes it, in seconds; nil if not set.
  var grace: Int64?
  /// The token for the service of the values.
  let token: String?
  /// The token for the service of the heads.
  let headToken: String?

  /// The text that identifies the target.
  var address: String {
    switch remote {
    case .workersKV(let target): "\(target.namespaces)/\(target.namespace)"
    case .nats(let target): target.address
    }
  }

  /// Reads a token: the first word of a file.
  ///
  /// - Throws: `Failure` if there is none.
  static func token(in file: String) throws(Failure) -> String {
    let text: [UInt8]?
    do throws(FileError) { text = try contents(of: FilePath(file)) } catch { throw Failure(error) }
    guard let text else { throw Failure(.notFound, "the file of the token does not exist: \(file)") }
    guard let token = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace).first else {
      throw Failure(.invalidInput, "\(file) does not contain a token")
    }
    return String(token)
  }
}
