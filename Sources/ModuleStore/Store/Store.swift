public import SystemPackage

/// A versioned store of WebAssembly modules: a bare git repository and data derived from it.
///
/// This value holds the location of the store and the options. Any number of threads may share it; each thread that
/// uses the store makes its own connection (`connect`).
public struct Store: Sendable {
  /// The options for opening a store.
  public struct Options: Sendable {
    /// How long to wait for other writers.
    public var lockTimeout: Duration = .seconds(60)
    /// How long to wait before the wait is reported.
    var lockPatience: Duration = .seconds(1)
    /// The clock of the operation record, which records real times, independent of the times in commits.
    public var recordClock: @Sendable () -> Timestamp = { .now }
    /// The user's own settings file; the store's settings have priority.
    public var userConfiguration: FilePath?
    /// The stores of other users that may be used; none by default.
    public var protectedConfiguration = ProtectedConfiguration()
    /// Whether connections stay open for long, as in a server. Other connections may miss data that other processes add
    /// to the catalog meanwhile.
    public var keepsConnections = false

    /// Makes the default options.
    public init() {}
  }

  /// The store format that this code reads and writes.
  public static let formatVersion = 2

  let layout: StorePaths
  let options: Options

  /// The store's folder.
  public var root: FilePath { layout.root }

  /// Makes a value for a store; reads and creates nothing yet.
  public init(at root: FilePath, _ options: Options = Options()) {
    layout = StorePaths(root: root)
    self.options = options
  }
}
