internal import Git
internal import Glibc
internal import SystemPackage

/// What a path leads to.
struct FileStatus {
  enum Kind {
    case file
    case directory
    case symlink
    case other
  }

  let kind: Kind
  let owner: UInt32
  let size: Int64
  let inode: UInt64
  /// The time of the last change of the bytes, in nanoseconds since 1970.
  let modified: Int64
  /// The number of 512-byte blocks on disk.
  let blocks: Int64

  /// Reads the status; nil where there is nothing or it cannot be reached.
  init?(_ path: FilePath, followingLinks: Bool = true) {
    var status = stat()
    let code = path.withPlatformString { path in
      followingLinks ? stat(path, &status) : lstat(path, &status)
    }
    guard code == 0 else { return nil }
    self.init(status)
  }

  /// Reads the status of an open file.
  init?(_ descriptor: FileDescriptor) {
    var status = stat()
    guard fstat(descriptor.rawValue, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .symlink
      default: .other
      }
    owner = status.st_uid
    size = Int64(status.st_size)
    inode = UInt64(status.st_ino)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    blocks = Int64(status.st_blocks)
  }
}

/// Makes a folder and those above it.
func makeFolder(_ path: FilePath) throws(Errno) {
  if mkdir(path.string, 0o777) == 0 {
    guard SharedAccess.prepareFolder(path) else { throw Errno(rawValue: errno) }
    return
  }
  if errno == EEXIST { return }
  guard errno == ENOENT, let parent = Optional(path.removingLastComponent()), !parent.isEmpty, parent != path
  else { throw Errno(rawValue: errno) }
  try makeFolder(parent)
  try makeFolder(path)
}

/// Makes the renames and new names in a folder durable.
func synchronize(folder: FilePath) throws(Errno) {
  let descriptor = open(folder.string, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw Errno(rawValue: errno) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw Errno(rawValue: errno) }
}

extension StoreError {
  /// Says what the system refused.
  init(_ what: String, _ error: any Error) {
    self = .system(what: what, errno: (error as? Errno)?.rawValue ?? EIO)
  }
}
