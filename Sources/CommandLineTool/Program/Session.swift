internal import ArgumentParser
internal import Glibc
internal import ModuleStore
internal import SystemPackage
internal import StoreJSON

/// One run of a command: where its answer goes, and the store that it works on.
final class Session {
  let console: Console
  let settings: Settings
  /// The store, once it is open.
  private(set) var opened: StoreSession?
  /// Whether the store stays open for long; to be said before it is opened.
  var keepsConnection = false
  /// The user's file mode mask, where that of the store stands in for it.
  private var userMask: UInt32?

  init(_ settings: Settings, _ console: Console) {
    self.settings = settings
    self.console = console
  }

  /// The store, which must be there; opened at first use, after mistakes in the arguments are told.
  var store: StoreSession {
    get throws { try open { (store, _) throws(StoreError) in try store.connect() } }
  }

  /// The store on a branch that the command names itself; on the one in use where it names none.
  func store(onBranch name: BranchName?) throws -> StoreSession {
    let store = try store
    guard let name else { return store }
    return try store.connection.session(on: name, by: author, work)
  }

  /// The store, for a command that works on no branch, so that HEAD need not name one.
  var storeWithoutBranch: StoreSession {
    get throws { try open(on: .main) { (store, _) throws(StoreError) in try store.connect() } }
  }

  /// The store, for a command that writes what needs nothing to be there; it is made where it is missing.
  func openOrCreateStore() throws -> StoreSession {
    try open { (store, work) throws(StoreError) in try store.connectOrCreate(work) }
  }

  /// The store, for a command that makes it out of something else, or needs none.
  var unopenedStore: Store {
    get throws {
      guard let root = settings.root else {
        throw Failure(
          .failed, "no store named: HOME is not set", hint: "give --root DIRECTORY or set WASMSTORE_ROOT")
      }
      return Store(at: FilePath(root), options)
    }
  }

  /// Opens the store on a branch, else on the one that the settings name.
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

  /// Runs `body`, which makes a file that belongs to no store, under the user's file mode mask.
  func withUserMask<Result: ~Copyable>(_ body: () throws -> Result) rethrows -> Result {
    guard let userMask else { return try body() }
    let mask = umask(userMask)
    defer { umask(mask) }
    return try body()
  }

  /// Leaves the store in order, after what was printed.
  func close() { opened?.connection.close() }

  /// The present moment, or the one that SOURCE_DATE_EPOCH fixes.
  var now: Timestamp { settings.clock() }

  /// What goes along with each call of the store.
  var work: Work {
    let console = console
    var work = Work()
    work.now = settings.clock
    work.note = { console.report($0) }
    if let progress = console.progress { work.progress = { progress.show($0) } }
    work.cancellation = Interruption.cancellation
    return work
  }

  /// The branch that an option or a variable names; nil where none does.
  var namedBranch: BranchName? {
    get throws { try settings.branch.map { name throws(StoreError) in try BranchName(name) } }
  }

  /// Who an option or a variable says makes changes; nil where none does.
  var author: Author? {
    get throws {
      guard let text = settings.author else { return nil }
      guard let author = Author(text) else {
        throw Failure.usage("invalid author '\(text)': it is no NAME or NAME <MAIL>")
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

/// A command that answers from a store.
protocol StoreCommand: ParsableCommand {
  /// Whether `--author` chooses among changes, instead of saying who makes one.
  static var filtersByAuthor: Bool { get }
  var common: CommonOptions { get }
  func run(_ session: Session) throws
}

extension StoreCommand {
  static var filtersByAuthor: Bool { false }
}
