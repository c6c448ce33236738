public import ModuleStore

/// The name and the rights of a key, without its secret.
public struct AccessKey: Hashable, Sendable {
  /// The author of the changes that are made with the key; nil for a key without a name.
  public let author: Author?
  /// The text that `author` was read from.
  public let name: String?
  /// The methods of requests that the key allows.
  public var methods: AccessMethods
  /// The module or folder that the key is limited to; nil for all.
  public var path: ModulePath?
  /// A pattern for the names of the branches that the key is limited to; nil for all.
  public var branch: String?
  /// The time at which the key expires; nil if it never does.
  public var expiry: Timestamp?
  /// The time at which the key was created; nil if it is not known.
  public var creation: Timestamp?

  /// Creates a key with a name, `NAME` or `NAME <MAIL>`; nil if the name is not an author.
  public init?(name: String, methods: AccessMethods) {
    guard let author = Author(name) else { return nil }
    self.author = author
    self.name = name
    self.methods = methods
  }

  /// Creates a key without a name.
  init(methods: AccessMethods) {
    author = nil
    name = nil
    self.methods = methods
  }

  /// Returns whether the key allows a method, which is in upper case.
  public func allows(method: String) -> Bool { methods.contains(method) }

  /// Returns whether the key allows a module, or a folder with everything below it.
  public func allows(path other: ModulePath) -> Bool {
    guard let path else { return true }
    return other.steps.starts(with: path.steps)
  }

  /// Returns whether the key allows a branch.
  public func allows(branch name: BranchName) -> Bool {
    guard let branch else { return true }
    return GlobPattern(branch).matches(name.name)
  }

  /// Whether the key allows all paths of all branches, and therefore requests about the whole store.
  public var isForWholeStore: Bool { path == nil && branch == nil }

  /// Returns whether the key has expired.
  public func isExpired(at now: Timestamp) -> Bool {
    guard let expiry else { return false }
    return now >= expiry
  }
}
