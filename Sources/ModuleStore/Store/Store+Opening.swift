internal import Git
internal import Glibc
public import SystemPackage

extension Store {
  /// Opens the store at `root`, making it where nothing or an empty folder is.
  ///
  /// - Throws: `StoreError.notAStore` where something else is, `.newerFormat`, or `.root` where the folder
  ///   cannot be used.
  public static func open(at root: FilePath, options: Options) throws(StoreError) -> Store {
    if let store = try openExisting(at: root, options: options) { return store }
    try create(at: root)
    options.report(.storeCreated(root.string))
    guard let store = try openExisting(at: root, options: options) else {
      throw .root(path: root.string, reason: "it vanished")
    }
    return store
  }

  /// Opens what is at `root`; nil where nothing or an empty folder is.
  private static func openExisting(at root: FilePath, options: Options) throws(StoreError) -> Store? {
    guard let status = FileStatus(root) else {
      guard errno == ENOENT else {
        throw .root(path: root.string, reason: String(cString: strerror(errno)))
      }
      return nil
    }
    guard status.kind == .directory else { throw .root(path: root.string, reason: "it is a file") }
    guard access(root.string, R_OK | X_OK) == 0 else {
      throw .root(path: root.string, reason: String(cString: strerror(errno)))
    }
    guard FileStatus(root.appending("HEAD")) != nil else {
      let names: [String]
      do { names = try entries(in: root).map(\.name) } catch {
        throw .root(path: root.string, reason: error.description)
      }
      guard !names.isEmpty else { return nil }
      throw unfamiliar(root, names: names)
    }
    let configuration = Layout(root: root).configuration
    let configurationStatus = FileStatus(configuration)
    let repository: Repository
    do {
      repository = try Repository(openingAt: root)
    } catch {
      guard error.code == .notFound else { throw StoreError(error, root: root.string) }
      // libgit2 answers "not found" for a repository that git's ownership rule forbids.
      if status.owner != geteuid() { throw StoreError(GitError(.owner, error.message), root: root.string) }
      throw unfamiliar(root, names: names(in: root))
    }
    var settings = SettingsFile(
      configuration, status: configurationStatus, entries: repository.configurationAtOpening)
    _ = try knownVersion(of: root, in: &settings)
    return try Store(repository: repository, root: root, settings: settings, options: options)
  }

  /// The format version in the store's settings; nil in a repository that plain git made.
  ///
  /// - Throws: `StoreError.newerFormat`, `.notAStore` in a work tree.
  private static func knownVersion(
    of root: FilePath, in settings: inout SettingsFile
  ) throws(StoreError) -> Int? {
    let entries: [Configuration.Entry]
    do { entries = try settings.entries() } catch { throw StoreError(error) }
    if let text = entries.last(where: { $0.name == "core.bare" })?.value, text == "false" {
      throw .notAStore(path: root.string, seems: "the .git folder of a work tree", isPredecessor: false)
    }
    guard let text = entries.last(where: { $0.name == formatKey })?.value else { return nil }
    guard let version = Int(text) else {
      throw .invalidSetting(key: formatKey, value: text, reason: "it is no number")
    }
    guard version <= formatVersion else {
      throw .newerFormat(path: root.string, found: version, supported: formatVersion)
    }
    return version
  }

  static let formatKey = "wasmstore.formatversion"

  /// Says what a folder that is no store seems to be.
  private static func unfamiliar(_ root: FilePath, names: [String]) -> StoreError {
    let names = Set(names)
    if names.contains(".git") {
      return .notAStore(path: root.string, seems: "a git work tree", isPredecessor: false)
    }
    // The predecessor's folders, beside no HEAD.
    if names.contains("objects"), names.isSubset(of: ["objects", "tmp", "refs", "lock"]) {
      return .notAStore(path: root.string, seems: "a store of the older wasmstore", isPredecessor: true)
    }
    return .notAStore(path: root.string, seems: "a folder with other files", isPredecessor: false)
  }

  /// Makes a store beside its place and moves it there, so that no one ever sees half a store.
  private static func create(at root: FilePath) throws(StoreError) {
    let parent = root.removingLastComponent()
    guard let name = root.lastComponent?.string else {
      throw .root(path: root.string, reason: "it names no folder")
    }
    do {
      if !parent.isEmpty { try makeFolder(parent) }
    } catch {
      throw .root(path: root.string, reason: "cannot make \(parent): \(error)")
    }
    let draft = parent.appending(".\(name).wasmstore-\(getpid())-\(UInt32.random(in: 0 ... .max))")
    do throws(GitError) {
      try Repository.create(at: draft, branch: BranchName.main.name)
    } catch {
      removeTree(draft)
      if case .system(let code) = error.code {
        throw .root(path: root.string, reason: String(cString: strerror(code)))
      }
      throw .root(path: root.string, reason: error.message)
    }
    defer { removeTree(draft) }
    try translated { () throws(GitError) in try configure(draft) }
    do {
      try makeFolder(Layout(root: draft).temporary)
      try synchronize(folder: draft)
    } catch {
      throw .root(path: root.string, reason: "\(error)")
    }
    // Moving onto an empty folder replaces it; onto anything else fails, and whoever was first has won.
    if rename(draft.string, root.string) != 0 {
      guard [ENOTEMPTY, EEXIST].contains(errno) else {
        throw .root(path: root.string, reason: String(cString: strerror(errno)))
      }
      return
    }
    try? synchronize(folder: parent.isEmpty ? "." : parent)
  }

  /// Writes the settings that make a bare repository a store of this format; the version comes last, so that whoever
  /// is interrupted begins again.
  static func configure(_ root: FilePath) throws(GitError) {
    let configuration = Configuration(path: Layout(root: root).configuration)
    for (name, value) in [
      // Plain git keeps large modules whole, so that they can be read in a stream.
      ("core.bigfilethreshold", "1m"),
      ("core.logallrefupdates", "true"),
      // Nothing may vanish but by our own gc, which knows the operation record.
      ("gc.auto", "0"),
      ("receive.autogc", "false"),
    ] {
      try configuration.set(name, to: value)
    }
    // A push that mirrors another repository would delete what `undo` needs.
    try configuration.add("refs/wasmstore", to: "receive.hiderefs")
    try configuration.set(formatKey, to: "\(formatVersion)")
  }

  private static func removeTree(_ path: FilePath) {
    guard let status = FileStatus(path, followingLinks: false) else { return }
    if status.kind == .directory {
      for name in names(in: path) { removeTree(path.appending(name)) }
      rmdir(path.string)
    } else {
      unlink(path.string)
    }
  }

  /// Makes a repository of plain git's, or a store of an earlier format, a store of this format. Called under
  /// `write.lock` by its first write.
  ///
  /// - Throws: `StoreError.newerFormat` where a newer program has raised the format since the store was opened.
  func migrate() throws(StoreError) {
    guard try version() != Store.formatVersion else { return }
    try withStaleLocksRemoved { () throws(GitError) in try Store.configure(root) }
    // A catalog of format 1 is read by no program of this format. It is a cache, so one that stays does no harm.
    for name in names(in: root)
    where name.hasPrefix("catalog-")
      && ["", "-wal", "-shm"].contains(where: { name.hasSuffix(".sqlite\($0)") })
    {
      unlink(root.appending(name).string)
    }
  }

  /// The format that `config` names; nil in a repository that plain git made.
  func version() throws(StoreError) -> Int? {
    try Store.knownVersion(of: root, in: &settingsFiles[0])
  }
}
