public import SystemPackage

/// A versioned store of WebAssembly modules: a bare git repository and what is derived from it.
///
/// This value says where the store is and how it is opened. Any number of threads may share it; each thread that works
/// on the store makes a connection of its own (`connect`).
public struct Store: Sendable {
  /// How a store is opened.
  public struct Options: Sendable {
    /// How long to wait for other writers.
    public var lockTimeout: Duration = .seconds(60)
    /// How long to wait for them before that is reported.
    var lockPatience: Duration = .seconds(1)
    /// The clock that stamps the operation record, which tells when something happened, whatever commits say.
    public var recordClock: @Sendable () -> Timestamp = { .now }
    /// The user's own settings file, which stands behind the store's.
    public var userConfiguration: FilePath?
    /// Which stores of other users may be used; none unless something is said.
    public var protectedConfiguration = ProtectedConfiguration()
    /// Whether connections are kept for long, as a server keeps them. One that is not may miss what other processes
    /// add to the catalog meanwhile.
    public var keepsConnections = false

    /// Makes the options that hold when nothing is said.
    public init() {}
  }

  /// The format of stores that this code reads and writes.
  public static let formatVersion = 2

  let layout: Layout
  let options: Options

  /// The store's folder.
  public var root: FilePath { layout.root }

  /// Names a store; nothing is read or made yet.
  public init(at root: FilePath, _ options: Options = Options()) {
    layout = Layout(root: root)
    self.options = options
  }
}
