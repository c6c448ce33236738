internal import Clibgit2
internal import FileSystem
internal import Glibc
public import Identifiers
public import SystemPackage

/// An open bare git repository.
///
/// Not `Sendable`: only one thread at a time may use it.
public final class Repository {
  private var openRepository: Handle<RepositoryKind>
  private var openDatabase: Handle<DatabaseKind>
  /// Whether an object was read, so that libgit2 may have cached something about it.
  private var hasReadObjects = false
  /// The repository's folder.
  public let path: FilePath
  /// The variables in the repository's own `config` when it was opened, in the order of the file.
  public let configurationAtOpening: [Configuration.Entry]
  var recentTrees = RecentTrees()
  /// Whether objects may be missing because another repository has them (git's partial clones).
  public let isPartialClone: Bool
  /// The commits at which history ends here, after they were read.
  var knownBoundary: Set<ObjectID>?
  /// Called with a commit at which history ends here, each time that its parents are read.
  public var reachedBoundary: (ObjectID) -> Void = { _ in }
  /// Whether the current work is still wanted. Called at each step of a walk.
  public var isWanted: () -> Bool = { true }

  /// Ends a walk that is no longer wanted.
  ///
  /// - Throws: `GitError` with `.cancelled`.
  func requireWanted() throws(GitError) {
    if !isWanted() { throw GitError(.cancelled, "interrupted") }
  }

  /// Opens the bare repository at `path`; parent folders are not searched. Its owner is not checked here.
  ///
  /// - Throws: `GitError` with `.notFound` if there is none, `.unsupported` for a format that is not supported,
  ///   `.system` if its `config` cannot be read.
  public init(openingAt path: FilePath) throws(GitError) {
    try Library.prepare()
    let configuration = try Configuration(path: path.appending("config")).open()
    configurationAtOpening = try Configuration.entries(of: configuration.raw)
    try RepositoryFormat.check(configurationAtOpening)
    isPartialClone = RepositoryFormat.isPartialClone(configurationAtOpening)
    openRepository = try Repository.open(path, configuration)
    openDatabase = try Repository.database(of: openRepository, at: path)
    self.path = path
  }

  private static func open(
    _ path: FilePath, _ configuration: borrowing Handle<ConfigurationKind>
  ) throws(GitError) -> Handle<RepositoryKind> {
    let handle = try Handle<RepositoryKind> { git_repository_open_bare(&$0, path.string) }
    try check(git_repository_set_config(handle.raw, configuration.raw))
    return handle
  }

  private static func database(
    of repository: borrowing Handle<RepositoryKind>, at path: FilePath
  ) throws(GitError) -> Handle<DatabaseKind> {
    let database = try Handle<DatabaseKind> { git_repository_odb(&$0, repository.raw) }
    let objects = path.appending("objects")
    for folder in [objects] + (try Alternates(of: objects).folders) {
      try addLooseObjectBackend(to: database, objects: folder)
    }
    return database
  }

  /// For code that only reads references.
  var referenceHandle: OpaquePointer { openRepository.raw }

  /// For code that may read objects.
  var handle: OpaquePointer {
    hasReadObjects = true
    return openRepository.raw
  }

  /// The objects.
  var database: OpaquePointer {
    hasReadObjects = true
    return openDatabase.raw
  }

  /// Drops the cached objects and packs, so that an object that was deleted meanwhile is not found.
  ///
  /// libgit2 keeps packs open, and objects in memory, as long as a repository is open.
  public func forgetObjects() throws(GitError) {
    guard hasReadObjects else { return }
    hasReadObjects = false
    recentTrees = RecentTrees()
    knownBoundary = nil
    let configuration = try Configuration(path: path.appending("config")).open()
    openRepository = try Repository.open(path, configuration)
    openDatabase = try Repository.database(of: openRepository, at: path)
  }

  /// Creates a bare repository whose HEAD names `branch`.
  ///
  /// - Throws: `GitError` with `.exists` if there is a repository already.
  public static func create(at path: FilePath, branch: String) throws(GitError) {
    try Library.prepare()
    var options = git_repository_init_options()
    try check(git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)))
    options.flags =
      UInt32(GIT_REPOSITORY_INIT_BARE.rawValue) | UInt32(GIT_REPOSITORY_INIT_NO_REINIT.rawValue)
      | UInt32(GIT_REPOSITORY_INIT_MKPATH.rawValue)
    try branch.withTerminatedBytes { (name) throws(GitError) in
      options.initial_head = name
      _ = try Handle<RepositoryKind> { git_repository_init_ext(&$0, path.string, &options) }
    }
  }

  /// Sets the name and mail address that the reflog records.
  public func setIdentity(name: String, mail: String) throws(GitError) {
    try check(git_repository_set_ident(referenceHandle, name, mail))
  }

  /// The folder of the objects.
  public var objectsPath: FilePath { path.appending("objects") }
}

extension String {
  /// Passes the bytes, NUL-terminated, to `body`.
  func withTerminatedBytes<Result>(
    _ body: (UnsafePointer<CChar>) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    try utf8CString.withUnsafeBufferPointer { (bytes) throws(GitError) in
      guard let start = bytes.baseAddress else { throw GitError(.failed, "no bytes") }
      return try body(start)
    }
  }
}
