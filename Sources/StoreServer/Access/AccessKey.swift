public import ModuleStore

/// Whom a key names, and what it may be used for. The secret is not part of it.
public struct AccessKey: Hashable, Sendable {
  /// Who makes the changes that the key is used for; nil of a key that has no name.
  public let author: Author?
  /// The text that `author` was read from.
  public let name: String?
  /// The methods of requests that it may be used for.
  public var methods: AccessMethods
  /// The module or folder that it is for; nil for all.
  public var path: ModulePath?
  /// A pattern for the names of the branches that it is for; nil for all.
  public var branch: String?
  /// The moment from which on it counts no more; nil for none.
  public var expiry: Timestamp?
  /// When it was made; nil where that is not known.
  public var creation: Timestamp?

  /// A key with a name, `NAME` or `NAME <MAIL>`; nil where that is no author.
  public init?(name: String, methods: AccessMethods) {
    guard let author = Author(name) else { return nil }
    self.author = author
    self.name = name
    self.methods = methods
  }

  /// A key without a name.
  init(methods: AccessMethods) {
    author = nil
    name = nil
    self.methods = methods
  }

  /// Tells whether it may be used for requests of a method, which is in upper case.
  public func allows(method: String) -> Bool { methods.contains(method) }

  /// Tells whether it may be used for a module, or for a folder and all that is below.
  public func allows(path other: ModulePath) -> Bool {
    guard let path else { return true }
    return other.steps.starts(with: path.steps)
  }

  /// Tells whether it may be used for a branch.
  public func allows(branch name: BranchName) -> Bool {
    guard let branch else { return true }
    return GlobPattern(branch).matches(name.name)
  }

  /// Whether it is for all paths of all branches, and so for what concerns the whole store.
  public var isForWholeStore: Bool { path == nil && branch == nil }

  /// Tells whether it counts no more.
  public func isExpired(at now: Timestamp) -> Bool {
    guard let expiry else { return false }
    return now >= expiry
  }
}
