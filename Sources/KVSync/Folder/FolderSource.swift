internal import Crypto
internal import FileSystem
internal import Identifiers
public import ModuleStore
internal import SystemPackage

/// The files of a folder at the time of initialisation.
public struct FolderSource: PublishSource {
  /// The branch under which it is published.
  public let branch: BranchName
  /// The progress and cancellation of the operation.
  public let work: Work
  private let name: String
  private let described: FileContents
  /// Reads the files.
  public let contents: any ContentSource
  /// The number of files that were read because their digests were not known.
  let readCount: Int

  /// Returns nil: a folder has no commit.
  public var commit: String? { nil }
  /// Returns nil: a folder has no tree.
  public var tree: String? { nil }
  /// Returns 0: each file has its own time.
  public var time: Int64 { 0 }

  /// Determines the digests of all files of a folder.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - branch: The branch under which it is published.
  ///   - author: The person who publishes.
  ///   - cache: The cache of digests, which is updated; nil to read all files.
  ///   - work: Receives progress, and can cancel the operation.
  /// - Throws: `AssetError.changed`, `StoreError.cancelled`, and the error if a file cannot be read.
  public init(
    _ folder: AssetFolder, as branch: BranchName, by author: String, cache: DigestCache? = nil, _ work: Work
  ) throws {
    (self.branch, self.work, name) = (branch, work, author)
    let listing = try folder.listing()
    let files = listing.files
    var contents = FileContents()
    let found = try inParallel(files.count, workers: availableCores()) { (index) throws(any Error) in
      try FolderSource.examine(files[index], cache, work)
    }
    contents.files = found.map(\.content)
    readCount = found.count { $0.isRead }
    cache?.keep(found.map { ($0.content.path, $0.entry) })
    contents.skipped = listing.leftOut.map { RawPath([0x2f] + $0) }
    described = contents
    self.contents = FolderContents(
      places: Dictionary(files.map { ($0.steps, $0.place) }) { first, _ in first }, cache: cache)
  }

  /// The person who publishes.
  public func author() -> String { name }

  /// The files at the time of initialisation.
  public func files() -> FileContents { described }

  /// Returns nil: a folder has no trees.
  public func files(since tree: String) -> FileContents? { nil }

  /// Whether a folder was published before: a folder has no history, so it follows only other folders.
  public func comesAfter(commit: String?, tree: String?) -> Bool { commit == nil && tree == nil }

  /// The result of examining a file.
  private struct Finding {
    let content: FileContent
    let entry: DigestCache.Entry
    let isRead: Bool

    init(_ file: AssetFolder.File, _ entry: DigestCache.Entry, isRead: Bool) {
      content = FileContent(
        path: file.steps, digest: entry.digest, size: Int(entry.stamp.size), isModule: entry.isModule,
        modified: max(0, entry.stamp.modified / 1_000_000_000))
      self.entry = entry
      self.isRead = isRead
    }
  }

  /// Determines the digest of a file, from the cache or by reading it.
  private static func examine(
    _ file: AssetFolder.File, _ cache: DigestCache?, _ work: Work
  ) throws -> Finding {
    try work.check()
    if let cache, let status = try FileStatus(file.place, followingLinks: false), status.kind == .file,
      let entry = cache.entry(of: file.steps, DigestCache.Stamp(status))
    {
      return Finding(file, entry, isRead: false)
    }
    return Finding(file, try read(file, work), isRead: true)
  }

  /// Reads a file. Writes in the meantime are detected by its size and times.
  private static func read(_ file: AssetFolder.File, _ work: Work) throws -> DigestCache.Entry {
    let open = try OpenFile(file.place)
    let before = try open.status()
    var digest = SHA256()
    var size = 0
    var start: [UInt8] = []
    while true {
      try work.check()
      let bytes = try open.bytes(at: size, upTo: readLength)
      if bytes.isEmpty { break }
      if size == 0 { start = Array(bytes.prefix(ModuleStart.magic.count)) }
      digest.update(data: bytes)
      size += bytes.count
    }
    let after = try open.status()
    guard Int64(size) == before.size, (after.size, after.changed) == (before.size, before.changed),
      let sha256 = ModuleDigest(bytes: Array(digest.finalize()))
    else { throw AssetError.changed(AssetError.spelled(file.steps)) }
    return DigestCache.Entry(
      stamp: DigestCache.Stamp(after), digest: sha256, isModule: start == ModuleStart.magic)
  }
}

/// Reads the files of a folder.
private struct FolderContents: ContentSource, ContentReader {
  /// The file with the bytes of each path.
  let places: [[UInt8]: FilePath]
  let cache: DigestCache?

  func reader() -> any ContentReader { self }

  func bytes(of file: FileContent) throws -> [UInt8] {
    guard let place = places[file.path], let open = try OpenFile(reading: place) else {
      throw AssetError.changed(AssetError.spelled(file.path))
    }
    let bytes = try open.bytes(at: 0, upTo: file.size + 1)
    guard ModuleDigest(of: bytes) == file.digest else {
      cache?.clear()
      throw AssetError.changed(AssetError.spelled(file.path))
    }
    return bytes
  }
}

/// The first bytes of a WebAssembly binary.
private enum ModuleStart {
  static let magic: [UInt8] = [0x00, 0x61, 0x73, 0x6d]
}
