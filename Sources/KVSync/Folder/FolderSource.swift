internal import Crypto
internal import FileSystem
internal import Identifiers
public import ModuleStore
internal import SystemPackage

/// The files of a folder, as they are when this is made.
public struct FolderSource: PublishSource {
  /// The branch that it is published as.
  public let branch: BranchName
  /// What goes along with each call.
  public let work: Work
  private let name: String
  private let described: FileContents
  /// Reads the files.
  public let contents: any ContentSource
  /// How many files were read, for it was not known what they hold.
  let readCount: Int

  /// A folder has no commit.
  public var commit: String? { nil }
  /// A folder has no tree.
  public var tree: String? { nil }
  /// Each file has a time of its own.
  public var time: Int64 { 0 }

  /// Finds out what all files of a folder hold.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - branch: The branch that it is published as.
  ///   - author: Who publishes.
  ///   - cache: Knows what files held, and is told; nil where all are read.
  ///   - work: Takes progress, and says when to stop.
  /// - Throws: `AssetError.changed`, `StoreError.cancelled`, and why a file cannot be read.
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

  /// Who publishes.
  public func author() -> String { name }

  /// The files, as they were when this was made.
  public func files() -> FileContents { described }

  /// A folder knows no trees.
  public func files(since tree: String) -> FileContents? { nil }

  /// A folder has no history: it comes after nothing but other folders.
  public func comesAfter(commit: String?, tree: String?) -> Bool { commit == nil && tree == nil }

  /// What was found out about a file.
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

  /// Finds out what a file holds, by reading it where that is not known.
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

  /// Reads a file. What is written meanwhile is noticed by its size and times.
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
  /// Where the bytes of each file are.
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

/// How WebAssembly begins.
private enum ModuleStart {
  static let magic: [UInt8] = [0x00, 0x61, 0x73, 0x6d]
}
