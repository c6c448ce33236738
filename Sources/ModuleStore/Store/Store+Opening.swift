internal import FileSystem
internal import Git
internal import Glibc
internal import SystemPackage

extension Store {
  /// Opens an existing store.
  ///
  /// - Returns: A connection, for one thread.
  /// - Throws: `StoreError.noStore` if there is nothing or an empty folder, `.notAStore` if there is something else,
  ///   `.newerFormat`, or `.root` if the folder cannot be used.
  public func connect() throws(StoreError) -> StoreConnection {
    guard let connection = try connectIfPresent() else { throw .noStore(path: root.string) }
    return connection
  }

  /// Opens the store, and creates it if there is nothing or an empty folder.
  ///
  /// - Parameter work: Is notified when the store was created, and can cancel a wait for another process that creates
  ///   it.
  /// - Returns: A connection, for one thread.
  /// - Throws: The errors of `connect` except `.noStore`, and `StoreError.locked` while another process creates it.
  public func connectOrCreate(_ work: Work = Work()) throws(StoreError) -> StoreConnection {
    if let connection = try connectIfPresent() { return connection }
    try create(work)
    guard let connection = try connectIfPresent() else {
      throw .root(path: root.string, reason: "it was deleted")
    }
    return connection
  }

  /// Opens the store; nil if there is nothing, an empty folder or an unfinished store.
  private func connectIfPresent() throws(StoreError) -> StoreConnection? {
    guard let status = try asRoot({ () throws(FileError) in try FileStatus(root) }) else {
      // Nothing can be created below a file.
      let parent = root.folder
      let above = try asRoot { () throws(FileError) in try FileStatus(parent) }
      guard above?.kind ?? .directory == .directory else {
        throw .root(path: root.string, reason: "\(Errno.notDirectory)")
      }
      return nil
    }
    guard status.kind == .directory else { throw .root(path: root.string, reason: "it is a file") }
    try asRoot { () throws(FileError) in try requireAccess(.list, to: root) }
    if try !hasHead() {
      guard try !asRoot({ () throws(FileError) in try isVacant() }) else { return nil }
      // Another process may have finished the store between the two checks.
      if try !hasHead() {
        throw unfamiliar(names: try asRoot { () throws(FileError) in try names(in: root) })
      }
    }
    guard try options.protectedConfiguration.allows(root, owner: status.owner) else {
      throw .foreignOwner(path: root.string)
    }
    let configurationStatus = try asRoot { () throws(FileError) in try FileStatus(layout.configuration) }
    let repository: Repository
    do {
      repository = try Repository(openingAt: root)
    } catch {
      switch error.code {
      case .notFound:
        throw unfamiliar(names: try asRoot { () throws(FileError) in try names(in: root) })
      case .unsupported(let format): throw .unsupportedFormat(path: root.string, UnreadFormat(format))
      default: throw StoreError(error)
      }
    }
    var settings = SettingsFile(
      layout.configuration, status: configurationStatus, entries: repository.configurationAtOpening)
    _ = try knownVersion(in: &settings)
    return StoreConnection(self, repository: repository, settings: settings)
  }

  private func hasHead() throws(StoreError) -> Bool {
    try asRoot { () throws(FileError) in try fileExists(root.appending(Store.head)) }
  }

  /// The format version in the store's settings; nil in a repository created by plain git.
  ///
  /// - Throws: `StoreError.newerFormat`, `.notAStore` in a work tree.
  func knownVersion(in settings: inout SettingsFile) throws(StoreError) -> Int? {
    let entries: [Configuration.Entry]
    do { entries = try settings.entries() } catch { throw StoreError(error) }
    if let text = entries.last(where: { $0.name == "core.bare" })?.value, text == "false" {
      throw .notAStore(path: root.string, seems: "the .git folder of a work tree", isPredecessor: false)
    }
    guard let text = entries.last(where: { $0.name == Store.formatKey })?.value else { return nil }
    guard let version = Int(text) else {
      throw .invalidSetting(key: Store.formatKey, value: text, reason: "it is not a number")
    }
    guard version <= Store.formatVersion else {
      throw .newerFormat(path: root.string, found: version, supported: Store.formatVersion)
    }
    return version
  }

  static let formatKey = "wasmstore.formatversion"

  /// Describes what a folder that is not a store seems to be.
  private func unfamiliar(names: [String]) -> StoreError {
    let names = Set(names)
    if names.contains(".git") {
      return .notAStore(path: root.string, seems: "a git work tree", isPredecessor: false)
    }
    // The folders of the predecessor, without a HEAD.
    if PredecessorFiles.isStore(names: names) {
      return .notAStore(path: root.string, seems: "a store of the older wasmstore", isPredecessor: true)
    }
    return .notAStore(path: root.string, seems: "a folder with other files", isPredecessor: false)
  }

  /// Runs `body`, and converts errors of files to the error that the root cannot be used.
  func asRoot<Result>(_ body: () throws(FileError) -> Result) throws(StoreError) -> Result {
    do throws(FileError) { return try body() } catch {
      throw .root(path: root.string, reason: "\(error.reason)")
    }
  }

  /// The settings that plain git must follow in a store.
  static let requiredSettings = [
    // Plain git keeps large modules whole, so that they can be read in a stream.
    ("core.bigfilethreshold", "1m"),
    ("core.logallrefupdates", "true"),
    // Objects may only be deleted by our own gc, which knows the operation record.
    ("gc.auto", "0"),
    ("receive.autogc", "false"),
  ]

  /// Writes the settings that make a bare repository a store of this format. The version is last, so that after an
  /// interruption the next process starts again.
  static func configure(_ root: FilePath) throws(GitError) {
    let configuration = Configuration(path: StorePaths(root: root).configuration)
    for (name, value) in requiredSettings {
      try configuration.set(name, to: value)
    }
    // A push that mirrors another repository would delete the references that `undo` needs.
    try configuration.add("refs/wasmstore", to: "receive.hiderefs")
    try configuration.set(formatKey, to: "\(formatVersion)")
  }
}

extension StoreSession {
  /// Converts a repository of plain git, or a store of an earlier format, to a store of this format. Its first write
  /// calls this under `write.lock`.
  ///
  /// - Throws: `StoreError.newerFormat` if a newer program has raised the format since the store was opened.
  func migrate() throws(StoreError) {
    guard try version() != Store.formatVersion else { return }
    try adoptRecord()
    try adoptSettings()
    try withStaleLocksRemoved { () throws(GitError) in try Store.configure(root) }
    // Programs of this format do not read a catalog of format 1. It is a cache, so a remaining one does no harm.
    for name in (try? names(in: root)) ?? []
    where name.hasPrefix("catalog-")
      && ["", "-wal", "-shm"].contains(where: { name.hasSuffix(".sqlite\($0)") })
    {
      _ = try? removeFile(root.appending(name))
    }
  }

  /// The format in `config`; nil in a repository created by plain git.
  func version() throws(StoreError) -> Int? {
    try connection.store.knownVersion(in: &connection.settingsFiles[0])
  }
}
