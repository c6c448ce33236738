internal import ArgumentParser
internal import Glibc
internal import ModuleStore
internal import SystemPackage
internal import StoreJSON

/// One run of a command: its console, and the store that it uses.
final class Session {
  let console: Console
  let settings: Settings
  /// The store; nil before it is opened.
  private(set) var opened: StoreSession?
  /// Whether the store stays open for long; must be set before it is opened.
  var keepsConnection = false
  /// The user's file mode mask, if the store's mask has replaced it.
  private var userMask: UInt32?

  init(_ settings: Settings, _ console: Console) {
    self.settings = settings
    self.console = console
  }

  /// The store, which must exist; opened at first use, after errors in the arguments are reported.
  var store: StoreSession {
    get throws { try open { (store, _) throws(StoreError) in try store.connect() } }
  }

  /// The store on a branch that the command names; on the current one if `name` is nil.
  func store(onBranch name: BranchName?) throws -> StoreSession {
    let store = try store
    guard let name else { return store }
    return try store.connection.session(on: name, by: author, work)
  }

  /// The store, for a command that uses no branch, so that HEAD need not name one.
  var storeWithoutBranch: StoreSession {
    get throws { try open(on: .main) { (store, _) throws(StoreError) in try store.connect() } }
  }

  /// Opens the store, or creates a missing one, for a command that can write into an empty store.
  func openOrCreateStore() throws -> StoreSession {
    try open { (store, work) throws(StoreError) in try store.connectOrCreate(work) }
  }

  /// The store, for a command that creates it from other data, or needs none.
  var unopenedStore: Store {
    get throws {
      guard let root = settings.root else {
        throw Failure(
          .failed, "the place of the store is not known: HOME is not set",
          hint: "give --root DIRECTORY or set WASMSTORE_ROOT")
      }
      return Store(at: FilePath(root), options)
    }
  }

  /// Opens the store on a branch, by default on the one in the settings.
  private func open(
    on branch: BranchName? = nil, _ connect: (Store, Work) throws(StoreError) -> StoreConnection
  ) throws -> StoreSession {
    if let opened { return opened }
    let store = try unopenedStore
    let branch = try branch ?? namedBranch
    let author = try author
    let work = work
    let connection = try connect(store, work)
    userMask = try connection.shareNewFiles()
    let session = try connection.session(on: branch, by: author, work)
    opened = session
    return session
  }

  /// Runs `body`, which creates a file outside the store, with the user's file mode mask.
  func withUserMask<Result: ~Copyable>(_ body: () throws -> Result) rethrows -> Result {
    guard let userMask else { return try body() }
    let mask = umask(userMask)
    defer { umask(mask) }
    return try body()
  }

  /// Closes the store, after the output was printed.
  func close() { opened?.connection.close() }

  /// The present time, or the one in SOURCE_DATE_EPOCH.
  var now: Timestamp { settings.clock() }

  /// The progress and cancellation for each call of the store.
  var work: Work {
    let console = console
    var work = Work()
    work.now = settings.clock
    work.note = { console.report($0) }
    if let progress = console.progress { work.progress = { progress.show($0) } }
    work.cancellation = Interruption.cancellation
    return work
  }

  /// The branch named by an option or a variable; nil if there is none.
  var namedBranch: BranchName? {
    get throws { try settings.branch.map { name throws(StoreError) in try BranchName(name) } }
  }

  /// The author named by an option or a variable; nil if there is none.
  var author: Author? {
    get throws {
      guard let text = settings.author else { return nil }
      guard let author = Author(text) else {
        throw Failure.usage("invalid author '\(text)': it does not have the form NAME or NAME <MAIL>")
      }
      return author
    }
  }

  private var options: Store.Options {
    var options = Store.Options()
    options.lockTimeout = settings.lockTimeout
    options.userConfiguration = settings.userFile.map { FilePath($0) }
    options.protectedConfiguration = settings.protectedConfiguration
    options.keepsConnections = keepsConnection
    return options
  }
}

extension Settings {
  /// The clock of the run.
  var clock: @Sendable () -> Timestamp {
    guard let fixedTime else { return { .now } }
    return { Timestamp(seconds: fixedTime) }
  }
}

/// A command that uses a store.
protocol StoreCommand: ParsableCommand {
  /// Whether `--author` selects changes, instead of setting the author of a change.
  static var filtersByAuthor: Bool { get }
  var common: CommonOptions { get }
  func run(_ session: Session) throws
}

extension StoreCommand {
  static var filtersByAuthor: Bool { false }
}
