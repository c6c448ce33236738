internal import FileSystem
internal import Git
internal import Glibc
internal import SystemPackage

extension Store {
  /// Opens the store. Nothing is made.
  ///
  /// - Returns: A connection, for one thread.
  /// - Throws: `StoreError.noStore` where nothing or an empty folder is, `.notAStore` where something else is,
  ///   `.newerFormat`, or `.root` where the folder cannot be used.
  public func connect() throws(StoreError) -> StoreConnection {
    guard let connection = try connectIfPresent() else { throw .noStore(path: root.string) }
    return connection
  }

  /// Opens the store, making it where nothing or an empty folder is.
  ///
  /// - Parameter work: Is told that the store was made, and can end a wait for another process that makes it.
  /// - Returns: A connection, for one thread.
  /// - Throws: What `connect` throws but `.noStore`, and `StoreError.locked` while another process makes it.
  public func connectOrCreate(_ work: Work = Work()) throws(StoreError) -> StoreConnection {
    if let connection = try connectIfPresent() { return connection }
    try create(work)
    guard let connection = try connectIfPresent() else {
      throw .root(path: root.string, reason: "it vanished")
    }
    return connection
  }

  /// Opens the store; nil where nothing, an empty folder or an unfinished store is.
  private func connectIfPresent() throws(StoreError) -> StoreConnection? {
    guard let status = try asRoot({ () throws(FileError) in try FileStatus(root) }) else {
      // Below a file nothing can be made.
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
      // Another process may have finished the store between the two looks.
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

  /// The format version in the store's settings; nil in a repository that plain git made.
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
      throw .invalidSetting(key: Store.formatKey, value: text, reason: "it is no number")
    }
    guard version <= Store.formatVersion else {
      throw .newerFormat(path: root.string, found: version, supported: Store.formatVersion)
    }
    return version
  }

  static let formatKey = "wasmstore.formatversion"

  /// Says what a folder that is no store seems to be.
  private func unfamiliar(names: [String]) -> StoreError {
    let names = Set(names)
    if names.contains(".git") {
      return .notAStore(path: root.string, seems: "a git work tree", isPredecessor: false)
    }
    // The predecessor's folders, beside no HEAD.
    if PredecessorFiles.isStore(names: names) {
      return .notAStore(path: root.string, seems: "a store of the older wasmstore", isPredecessor: true)
    }
    return .notAStore(path: root.string, seems: "a folder with other files", isPredecessor: false)
  }

  /// Runs what throws errors of files, and says of each that it is the root that cannot be used.
  func asRoot<Result>(_ body: () throws(FileError) -> Result) throws(StoreError) -> Result {
    do throws(FileError) { return try body() } catch {
      throw .root(path: root.string, reason: "\(error.reason)")
    }
  }

  /// What plain git must heed in a store.
  static let requiredSettings = [
    // Plain git keeps large modules whole, so that they can be read in a stream.
    ("core.bigfilethreshold", "1m"),
    ("core.logallrefupdates", "true"),
    // Nothing may vanish but by our own gc, which knows the operation record.
    ("gc.auto", "0"),
    ("receive.autogc", "false"),
  ]

  /// Writes the settings that make a bare repository a store of this format; the version comes last, so that whoever
  /// is interrupted begins again.
  static func configure(_ root: FilePath) throws(GitError) {
    let configuration = Configuration(path: Layout(root: root).configuration)
    for (name, value) in requiredSettings {
      try configuration.set(name, to: value)
    }
    // A push that mirrors another repository would delete what `undo` needs.
    try configuration.add("refs/wasmstore", to: "receive.hiderefs")
    try configuration.set(formatKey, to: "\(formatVersion)")
  }
}

extension StoreSession {
  /// Makes a repository of plain git's, or a store of an earlier format, a store of this format. Called under
  /// `write.lock` by its first write.
  ///
  /// - Throws: `StoreError.newerFormat` where a newer program has raised the format since the store was opened.
  func migrate() throws(StoreError) {
    guard try version() != Store.formatVersion else { return }
    try adoptSettings()
    try withStaleLocksRemoved { () throws(GitError) in try Store.configure(root) }
    // A catalog of format 1 is read by no program of this format. It is a cache, so one that stays does no harm.
    for name in (try? names(in: root)) ?? []
    where name.hasPrefix("catalog-")
      && ["", "-wal", "-shm"].contains(where: { name.hasSuffix(".sqlite\($0)") })
    {
      _ = try? removeFile(root.appending(name))
    }
  }

  /// The format that `config` names; nil in a repository that plain git made.
  func version() throws(StoreError) -> Int? {
    try connection.store.knownVersion(in: &connection.settingsFiles[0])
  }
}
