internal import FileSystem
internal import Glibc
public import Identifiers
internal import SystemPackage

/// Reads one reference repeatedly, each time with its current value.
///
/// libgit2 reads `packed-refs` again if its time, size or inode changed. Two rewrites within the resolution of the
/// file system's clock may leave all three unchanged, because inodes are reused. So this type always reads the file
/// again if it is young.
public struct ReferenceReader: Sendable {
  private let name: String
  private let repository: FilePath
  /// The contents of `packed-refs` when it was read; nil before that.
  private var packed: (status: FileStatus, id: ObjectID?)?

  /// A coarser resolution than the clock of any file system, in nanoseconds; that of the kernel is 1 to 10 ms.
  private static let youth: Int64 = 20_000_000

  /// Reads a reference by its full name.
  public init(_ name: String, in repository: Repository) {
    self.name = name
    self.repository = repository.path
  }

  /// The object that the reference names directly; nil if there is none.
  ///
  /// - Throws: `GitError` with `.brokenReference` if its file has no valid contents.
  public mutating func objectID() throws(GitError) -> ObjectID? {
    switch try ReferenceFile(name, in: repository) {
    case .value(.object(let id)): return id
    case .value(.symbolic): return nil
    case .broken(let reason): throw GitError(.brokenReference(name), "\(name) \(reason)")
    // Git packs a reference before it removes its file, so the reference is always in at least one place.
    case .missing: return try packedID()
    }
  }

  private mutating func packedID() throws(GitError) -> ObjectID? {
    let path = repository.appending("packed-refs")
    let file = try translated { () throws(FileError) in try OpenFile(reading: path) }
    guard let file else {
      packed = nil
      return nil
    }
    let status = try translated { () throws(FileError) in try file.status() }
    if let packed, packed.status.hasSameStamp(as: status) { return packed.id }
    let bytes = try translated { () throws(FileError) in try file.bytes(at: 0, upTo: Int(status.size)) }
    let id = ReferenceReader.find(name, inPacked: bytes)
    packed = ReferenceReader.isYoung(status) ? nil : (status, id)
    return id
  }

  private static func isYoung(_ status: FileStatus) -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - status.modified < youth
  }

  /// Finds a reference in `packed-refs`: lines of an id, a space and a name; others begin with `#` or `^`
  /// (git-pack-refs).
  static func find(_ name: String, inPacked bytes: [UInt8]) -> ObjectID? {
    let digits = 2 * ObjectID.byteCount
    let name = Array(name.utf8)
    for line in bytes.split(separator: 0x0a) where line.count == digits + 1 + name.count {
      guard line.dropFirst(digits + 1).elementsEqual(name), line[line.startIndex + digits] == 0x20 else {
        continue
      }
      return ObjectID(hexadecimalDigits: line.prefix(digits))
    }
    return nil
  }
}

extension FileStatus {
  /// Whether time, size and inode are the same.
  fileprivate func hasSameStamp(as other: FileStatus) -> Bool {
    modified == other.modified && size == other.size && inode == other.inode
  }
}
