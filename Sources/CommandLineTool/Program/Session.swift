internal import ArgumentParser
internal import Glibc
internal import ModuleStore
internal import SystemPackage

/// One run of a command: where its answer goes, and the store that it works on.
final class Session {
  let console: Console
  private let settings: Settings
  private var opened: Store?
  /// The user's file mode mask, where that of the store stands in for it.
  private var userMask: UInt32?

  init(_ settings: Settings, _ console: Console) {
    self.settings = settings
    self.console = console
  }

  /// The store, which must be there; opened at first use, after mistakes in the arguments are told.
  var store: Store {
    get throws { try open(Store.open) }
  }

  /// The store, for a command that writes what needs nothing to be there; it is made where it is missing.
  func openOrCreateStore() throws -> Store { try open(Store.openOrCreate) }

  private func open(_ open: (FilePath, Store.Options) throws(StoreError) -> Store) throws -> Store {
    if let opened { return opened }
    guard let root = settings.root else {
      throw Failure(
        .failed, "no store named: HOME is not set", hint: "give --root DIRECTORY or set WASMSTORE_ROOT")
    }
    let store = try open(FilePath(root), try options)
    userMask = try store.shareNewFiles()
    opened = store
    return store
  }

  /// Runs `body`, which makes a file that belongs to no store, under the user's file mode mask.
  func withUserMask<Result: ~Copyable>(_ body: () throws -> Result) rethrows -> Result {
    guard let userMask else { return try body() }
    let mask = umask(userMask)
    defer { umask(mask) }
    return try body()
  }

  /// Leaves the store in order, after what was printed.
  func close() { opened?.close() }

  /// The present moment, or the one that SOURCE_DATE_EPOCH fixes.
  var now: Timestamp { settings.clock() }

  private var options: Store.Options {
    get throws {
      var options = Store.Options()
      options.branch = try settings.branch.map { name throws(StoreError) in try BranchName(name) }
      if let text = settings.author {
        guard let author = Author(text) else {
          throw Failure.usage("invalid author '\(text)': it is no NAME or NAME <MAIL>")
        }
        options.author = author
      }
      options.lockTimeout = settings.lockTimeout
      options.userConfiguration = settings.userFile.map { FilePath($0) }
      options.protectedConfiguration = settings.protectedConfiguration
      options.now = settings.clock
      let console = console
      options.report = { console.report($0) }
      if let progress = console.progress { options.progress = { progress.show($0) } }
      return options
    }
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
  var common: CommonOptions { get }
  func run(_ session: Session) throws
}
