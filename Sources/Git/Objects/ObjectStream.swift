internal import Compression
internal import FileSystem
internal import Identifiers

/// Reads one object's bytes in constant memory, directly from its file.
///
/// The last bytes are returned only after length, checksum and (unless disabled) the object's id were checked.
public struct ObjectStream: ~Copyable {
  /// The object's kind.
  public let kind: ObjectKind
  /// The object's length in bytes.
  public let size: Int

  private let id: ObjectID
  private var source: DeflatedFile
  /// The bytes that were inflated together with a loose object's header.
  private var ahead: ArraySlice<UInt8>
  /// The length of a loose object's header, which is deflated with the bytes; nil in a pack.
  private let looseHeader: Int?
  private var unread: Int
  private let isVerifying: Bool
  /// Nil before the first read in pieces.
  private var hash: ObjectHash?
  private var isChecked = false
  /// Whether all bytes are in `ahead`, and the stream ended at the end of the file with the right checksum.
  private let isWhole: Bool
  /// The error of an earlier call, which each further call throws again.
  private var failure: GitError?

  /// The maximum size that `readAll` inflates at once.
  static let wholeLimit = 1 << 20
  /// The maximum size of a loose object's file that is inflated at once, with its header: most are commits and trees.
  private static let smallLimit = 16 << 10

  /// Starts at an entry of a pack.
  init(
    entry: borrowing PackEntry, id: ObjectID, kind: ObjectKind, file: consuming OpenFile, verifying: Bool
  ) throws(GitError) {
    let source = DeflatedFile(file: file, start: entry.start, end: entry.end)
    try self.init(
      id: id, header: ObjectHeader(kind: kind, size: entry.size, length: nil), source: source, ahead: [],
      verifying: verifying)
  }

  /// Starts at a loose object's file.
  init(loose file: consuming OpenFile, id: ObjectID, verifying: Bool) throws(GitError) {
    let end = try translated { () throws(FileError) in try file.size() }
    if let bytes = try ObjectStream.smallObject(file, count: end), let header = ObjectHeader(bytes),
      let length = header.length, bytes.count - length == header.size
    {
      let source = DeflatedFile(file: file, start: 0, end: end)
      try self.init(
        id: id, header: header, source: source, ahead: bytes[length...], isWhole: true, verifying: verifying)
      return
    }
    var source = DeflatedFile(file: file, start: 0, end: end)
    let first = ByteBuffer(count: ObjectHeader.limit)
    let count: Int
    do throws(GitError) {
      count = try source.read(into: first.bytes)
    } catch {
      throw error.naming(id)
    }
    let bytes = Array(UnsafeRawBufferPointer(rebasing: first.bytes[..<count]))
    guard let header = ObjectHeader(bytes), let length = header.length else {
      throw GitError(.damaged, "object \(id): the header is not valid")
    }
    try self.init(id: id, header: header, source: source, ahead: bytes[length...], verifying: verifying)
  }

  /// Inflates a small file at once; nil if that fails, so that the stream finds the reason.
  private static func smallObject(_ file: borrowing OpenFile, count: Int) throws(GitError) -> [UInt8]? {
    guard count <= smallLimit else { return nil }
    let input = ByteBuffer(count: count)
    let output = ByteBuffer(count: smallLimit * 4)
    let room = UnsafeMutableRawBufferPointer(rebasing: input.bytes[..<count])
    let length = try translated { () throws(FileError) in try file.read(at: 0, into: room) }
    let inflater = try translated { () throws(CompressionError) in try Inflater() }
    let result = inflater.inflate(
      UnsafeRawBufferPointer(rebasing: input.bytes[..<length]), into: output.bytes)
    guard let result, result.length == count else { return nil }
    return Array(UnsafeRawBufferPointer(rebasing: output.bytes[..<result.produced]))
  }

  private init(
    id: ObjectID, header: ObjectHeader, source: consuming DeflatedFile, ahead: ArraySlice<UInt8>,
    isWhole: Bool = false, verifying: Bool
  ) throws(GitError) {
    guard header.size <= Inflater.limit(of: source.end - source.start), ahead.count <= header.size
    else { throw GitError(.damaged, "object \(id): the length is not valid") }
    self.id = id
    self.kind = header.kind
    self.size = header.size
    self.source = source
    self.ahead = ahead
    self.looseHeader = header.length
    self.unread = header.size
    self.isWhole = isWhole
    self.isVerifying = verifying
  }

  /// Fills a buffer with the next bytes and returns how many there are; 0 at the end.
  ///
  /// - Throws: `damaged` if the bytes do not match the object's id, `system` if it cannot be read.
  public mutating func read(into buffer: inout [UInt8]) throws(GitError) -> Int {
    var span = buffer.mutableSpan
    return try span.withUnsafeMutableBytes { (bytes) throws(GitError) -> Int in try read(into: bytes) }
  }

  /// Passes all remaining bytes to `body`, 64 KB at a time.
  ///
  /// - Throws: As `read`, and errors of `body`.
  public mutating func forEachChunk(_ body: (RawSpan) throws(GitError) -> Void) throws(GitError) {
    try forEachChunk(failure: { $0 }, body)
  }

  /// Passes all remaining bytes to `body`, 64 KB at a time, with errors in the caller's own type.
  ///
  /// - Throws: Errors of `read`, converted by `failure`, and errors of `body`.
  public mutating func forEachChunk<Failure: Error>(
    failure: (GitError) -> Failure, _ body: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    let chunk = ByteBuffer(count: 1 << 16)
    while true {
      let count: Int
      do throws(GitError) {
        count = try read(into: chunk.bytes)
      } catch {
        throw failure(error)
      }
      if count == 0 { return }
      try body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: chunk.bytes[..<count])))
    }
  }

  /// Reads the whole object; must be the first call, and can be called only once.
  ///
  /// - Throws: As `read`.
  public consuming func readAll() throws(GitError) -> [UInt8] {
    if !isWhole, size <= ObjectStream.wholeLimit, let bytes = try inflateAtOnce() { return bytes }
    var bytes: [UInt8] = []
    // Grows with the existing bytes: the length comes from a file that may be damaged.
    bytes.reserveCapacity(min(size, 8 << 20))
    try forEachChunk { chunk in chunk.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    return bytes
  }

  private mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
    if let failure { throw failure }
    if isChecked { return 0 }
    do throws(GitError) {
      if isVerifying, hash == nil { hash = try ObjectHash(kind: kind, size: size) }
      let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(unread))
      let early = ahead.prefix(wanted.count)
      wanted.copyBytes(from: early)
      ahead = ahead.dropFirst(early.count)
      let rest = UnsafeMutableRawBufferPointer(rebasing: wanted[early.count...])
      if !rest.isEmpty, try source.read(into: rest) < rest.count {
        throw GitError(.damaged, "the data is truncated")
      }
      unread -= wanted.count
      try hash?.update(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(wanted)))
      if unread == 0 { try checkEnd() }
      return wanted.count
    } catch {
      failure = error.naming(id)
      throw error.naming(id)
    }
  }

  private mutating func checkEnd() throws(GitError) {
    if !isWhole, try source.finish() > 0, looseHeader != nil {
      throw GitError(.damaged, "the file has more bytes than the object")
    }
    if let hash = hash.take(), try hash.finish() != id {
      throw GitError(.damaged, "the content does not match this id")
    }
    isChecked = true
  }

  /// Inflates a small object with libdeflate; nil if that fails, so that the stream finds the reason.
  private func inflateAtOnce() throws(GitError) -> [UInt8]? {
    let header = looseHeader ?? 0
    // Data never deflates to much more than its own size: nine bits for each byte, and a few bytes for each block.
    let limit = header + size + size / 8 + 64
    let input = ByteBuffer(count: min(source.end - source.start, limit))
    let length = try translated { () throws(FileError) in
      try source.file.read(at: source.start, into: input.bytes)
    }
    let output = ByteBuffer(count: header + size)
    let inflater = try translated { () throws(CompressionError) in try Inflater() }
    let used = inflater.inflate(
      UnsafeRawBufferPointer(rebasing: input.bytes[..<length]),
      filling: UnsafeMutableRawBufferPointer(rebasing: output.bytes[..<(header + size)]))
    guard let used, looseHeader == nil || used == source.end else { return nil }
    let bytes = UnsafeRawBufferPointer(rebasing: output.bytes[header..<header + size])
    if isVerifying, try ObjectID(of: RawSpan(_unsafeBytes: bytes), kind: kind) != id { return nil }
    return Array(bytes)
  }
}

/// The header of a loose object: its kind in letters, its length in digits, and a NUL.
struct ObjectHeader {
  let kind: ObjectKind
  let size: Int
  /// The header's own length; nil in a pack, where it has another form.
  let length: Int?

  /// The maximum length of a valid header.
  static let limit = 32

  init(kind: ObjectKind, size: Int, length: Int?) {
    self.kind = kind
    self.size = size
    self.length = length
  }

  /// Parses the header at the beginning of `bytes`; nil if there is none.
  init?(_ bytes: [UInt8]) {
    guard let end = bytes.firstIndex(of: 0), let space = bytes[..<end].firstIndex(of: 0x20) else {
      return nil
    }
    let digits = bytes[(space + 1)..<end]
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.count == 1 || digits.first != 0x30, let size = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    switch String(decoding: bytes[..<space], as: UTF8.self) {
    case "commit": kind = .commit
    case "tree": kind = .tree
    case "blob": kind = .blob
    case "tag": kind = .tag
    default: return nil
    }
    self.size = size
    self.length = end + 1
  }
}

extension GitError {
  /// The same error with the object's id in the message.
  func naming(_ id: ObjectID) -> GitError {
    if case .system = code { return self }
    return GitError(code, "object \(id): \(message)")
  }
}
