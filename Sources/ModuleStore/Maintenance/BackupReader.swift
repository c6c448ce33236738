internal import Crypto
internal import FileSystem
internal import Identifiers
internal import SystemPackage
internal import Tar

/// Reads the entries of a backup in order, and compares them with its list of SHA-256.
struct BackupReader: ~Copyable {
  private var tar: TarReader
  private let work: Work
  /// The files that were read.
  private var digests: [String: ModuleDigest] = [:]
  private var paths: Set<String> = []
  private var list: [UInt8]?
  private var done: Int64 = 0

  /// More entries than a backup has; each takes memory.
  private static let countLimit = 100_000
  /// The longest list.
  private static let listLimit = 64 << 20

  /// Starts to read from a file's current position.
  init(_ file: FileDescriptor, _ work: Work) {
    self.work = work
    let isWanted = { !work.cancellation.isCancelled }
    tar = TarReader { (buffer, count) throws(TarError) in
      do throws(Errno) { return try fill(&buffer, upTo: count, from: file, while: isWanted) } catch {
        throw .system(error)
      }
    }
  }

  /// Goes to the next entry; nil at the end.
  ///
  /// - Throws: `StoreError.unsafeArchive` for an entry that no backup has, `.damagedArchive`, `.system`, `.cancelled`.
  mutating func next() throws(StoreError) -> BackupEntry? {
    try work.check()
    guard let found = try reading({ (tar) throws(TarError) in try tar.next() }) else { return nil }
    let entry = try BackupEntry(found)
    guard list == nil else {
      throw .damagedArchive("\(entry.path) comes after \(BackupEntry.sums), which must be the last entry")
    }
    guard paths.count < BackupReader.countLimit else { throw .damagedArchive("it has too many entries") }
    guard paths.insert(entry.path).inserted else { throw .damagedArchive("\(entry.path) is there twice") }
    if entry.path == BackupEntry.sums { list = try text(of: entry, limit: BackupReader.listLimit) }
    return entry
  }

  /// Reads the current file, and stores its SHA-256. The list itself has been read already.
  ///
  /// - Parameters:
  ///   - entry: The file.
  ///   - body: Receives its bytes in pieces.
  /// - Throws: As `next`, and errors of `body`.
  mutating func read(
    _ entry: BackupEntry, _ body: (RawSpan) throws(StoreError) -> Void
  ) throws(StoreError) {
    var digest = SHA256()
    var buffer = [UInt8](repeating: 0, count: readLength)
    while true {
      try work.check()
      let count = try reading { (tar) throws(TarError) in try tar.read(into: &buffer) }
      guard count > 0 else { break }
      let bytes = buffer.span.bytes.extracting(0..<count)
      digest.update(bytes)
      try body(bytes)
      done += Int64(count)
      work.progress(Progress(.unpacking, done: paths.count, total: nil, bytes: done))
    }
    digests[entry.path] = ModuleDigest(digest.finalize())
  }

  /// Compares the files that were read with the list, at the end of the archive.
  ///
  /// - Throws: `StoreError.damagedArchive`.
  func checkList() throws(StoreError) {
    guard let list else {
      throw .damagedArchive("it has no entry \(BackupEntry.sums); it may not be a backup")
    }
    var listed: [String: String] = [:]
    for line in list.split(separator: 0x0a) {
      // The format of sha256sum.
      let line = String(decoding: line, as: UTF8.self)
      let path = line.dropFirst(64)
      guard path.hasPrefix("  ./") else {
        throw .damagedArchive("its entry \(BackupEntry.sums) is not valid")
      }
      listed[String(path.dropFirst(4))] = String(line.prefix(64))
    }
    for (path, digest) in digests.sorted(by: { $0.key < $1.key }) {
      guard let text = listed.removeValue(forKey: path) else {
        throw .damagedArchive("\(path) is not listed in \(BackupEntry.sums)")
      }
      guard text == digest.hex else {
        throw .damagedArchive("the SHA-256 of \(path) does not match \(BackupEntry.sums)")
      }
    }
    if let path = listed.keys.min() { throw .damagedArchive("\(path) is missing") }
  }

  private mutating func text(of entry: BackupEntry, limit: Int) throws(StoreError) -> [UInt8] {
    guard entry.size <= limit else { throw .damagedArchive("\(entry.path) is too long") }
    var buffer = [UInt8](repeating: 0, count: entry.size)
    _ = try reading { (tar) throws(TarError) in try tar.read(into: &buffer) }
    return buffer
  }

  private mutating func reading<Result>(
    _ body: (inout TarReader) throws(TarError) -> Result
  ) throws(StoreError) -> Result {
    do throws(TarError) { return try body(&tar) } catch {
      try work.check()
      switch error {
      case .system(let reason): throw StoreError("cannot read the archive", reason)
      case .damaged(let text): throw .damagedArchive(text)
      case .failed(let text): throw .failed("cannot read the archive: \(text)")
      }
    }
  }
}
