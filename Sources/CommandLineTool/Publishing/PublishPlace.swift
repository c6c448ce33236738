internal import FileSystem
internal import StoreJSON
internal import SystemPackage
internal import WorkersKV

/// Where is published, once options, variables and settings are weighed against each other.
struct PublishPlace {
  /// What keeps the values, and what keeps the heads.
  enum Remote {
    /// A namespace of Workers KV, and what keeps its heads.
    case workersKV(KVTarget)
    /// A pair of buckets on a NATS server.
    case nats(NATSTarget)
  }

  /// Where values and heads are.
  let remote: Remote
  /// The store's name among those that are published there.
  let store: String
  /// How many revisions of each branch a prune keeps; nil where nothing is said.
  var keep: Int?
  /// How many seconds what was stored stays; nil where nothing is said.
  var grace: Int64?
  /// What proves to the service of the values who asks.
  let token: String?
  /// What proves it to what keeps the heads.
  let headToken: String?

  /// What tells the place from others.
  var address: String {
    switch remote {
    case .workersKV(let target): "\(target.namespaces)/\(target.namespace)"
    case .nats(let target): target.address
    }
  }

  /// Reads a token: the first word of a file.
  ///
  /// - Throws: `Failure` where there is none.
  static func token(in file: String) throws(Failure) -> String {
    let text: [UInt8]?
    do throws(FileError) { text = try contents(of: FilePath(file)) } catch { throw Failure(error) }
    guard let text else { throw Failure(.notFound, "no file \(file), which is to have a token") }
    guard let token = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace).first else {
      throw Failure(.invalidInput, "\(file) has no token")
    }
    return String(token)
  }
}
