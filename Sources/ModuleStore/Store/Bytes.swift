internal import Crypto
internal import Dispatch
internal import Glibc
internal import Synchronization
internal import SystemPackage

// The one place of this module where bytes meet system calls: everything here takes and hands out spans.

/// Bytes that are read from a file at a time.
let readLength = 256 << 10

/// The first bytes of every WebAssembly binary (Core specification 5.5.16).
enum ModuleMagic {
  static let bytes: [UInt8] = [0x00, 0x61, 0x73, 0x6d]
  /// The number of bytes of the header: these, the version and the layer.
  static let headerLength = 8

  static func begins(_ chunk: RawSpan) -> Bool {
    chunk.withUnsafeBytes { $0.starts(with: bytes) }
  }

  /// Adds to the beginning of a header what the next bytes have of it.
  static func complete(_ header: inout [UInt8], from chunk: RawSpan) {
    let missing = headerLength - header.count
    chunk.withUnsafeBytes { header += $0.prefix(missing) }
  }
}

extension SHA256 {
  /// Takes the next bytes without copying them.
  mutating func update(_ chunk: RawSpan) {
    chunk.withUnsafeBytes { update(bufferPointer: $0) }
  }
}

/// Reads into a buffer until it is full or the file ends; answers the number of bytes.
///
/// A pipe hands out what it has; a short read is not its end.
func fill(_ buffer: inout [UInt8], from file: FileDescriptor) throws(Errno) -> Int {
  try fill(&buffer, upTo: buffer.count, from: file)
}

/// Reads into the first `length` bytes of a buffer until they are there or the file ends; answers their number.
///
/// `enough`: A number of bytes after which it need not be asked whether there are more.
func fill(
  _ buffer: inout [UInt8], upTo length: Int, enough: Int = .max, from file: FileDescriptor
) throws(Errno) -> Int {
  var filled = 0
  while filled < length && filled != enough {
    let count = buffer.withUnsafeMutableBytes { bytes in
      Glibc.read(file.rawValue, bytes.baseAddress?.advanced(by: filled), length - filled)
    }
    if count == 0 { break }
    if count < 0 {
      if errno == EINTR { continue }
      throw Errno(rawValue: errno)
    }
    filled += count
  }
  return filled
}

/// Writes all bytes to an open file.
///
/// The method of `FileDescriptor` takes 0.1 ms when it is first used, because it is generic.
///
/// - Throws: The system's error.
func writeAll(_ chunk: RawSpan, to file: FileDescriptor) throws(Errno) {
  let code: Int32 = chunk.withUnsafeBytes { bytes in
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(file.rawValue, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      written += count
    }
    return 0
  }
  guard code == 0 else { throw Errno(rawValue: code) }
}

/// Reads a whole file; nil where there is none.
func contents(of path: FilePath, last limit: Int64 = .max) throws(Errno) -> [UInt8]? {
  let file = open(path.string, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else {
    if errno == ENOENT { return nil }
    throw Errno(rawValue: errno)
  }
  let descriptor = FileDescriptor(rawValue: file)
  defer { close(file) }
  let size = FileStatus(descriptor)?.size ?? 0
  lseek(file, off_t(max(0, size - limit)), SEEK_SET)
  var bytes = [UInt8](repeating: 0, count: Int(min(size, limit)))
  let count = try fill(&bytes, from: descriptor)
  bytes.removeLast(bytes.count - count)
  return bytes
}

/// The number of bytes from where an open file stands to its end; nil where it is no regular file.
func remainingSize(of file: FileDescriptor) -> Int? {
  guard let status = FileStatus(file), status.kind == .file else { return nil }
  let place = lseek(file.rawValue, 0, SEEK_CUR)
  return place < 0 ? nil : max(0, Int(status.size) - Int(place))
}

/// Reads the next `size` bytes of an open regular file, or as many as it has: a large file on all cores, since most of
/// the time goes into memory that is touched for the first time.
func readWhole(_ file: FileDescriptor, size: Int) throws(Errno) -> [UInt8] {
  let start = lseek(file.rawValue, 0, SEEK_CUR)
  guard start >= 0 else { throw Errno(rawValue: errno) }
  let workers = max(1, min(availableCores(), size / leastShare))
  let share = (size + workers - 1) / workers
  let results = Mutex([Result<Int, Errno>](repeating: .success(0), count: workers))
  // Not filled with zeros first: each page of a large file is touched once.
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
    let address = UInt(bitPattern: buffer.baseAddress)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let first = worker * share
      let memory = UnsafeMutableRawBufferPointer(
        start: UnsafeMutableRawPointer(bitPattern: address + UInt(first)), count: min(share, size - first))
      let result = Result { () throws(Errno) in try fill(memory, from: file, at: start + first) }
      results.withLock { $0[worker] = result }
    }
    // What stands behind a share that is short was not there when that one was read.
    for case .success(let count) in results.withLock({ $0 }) {
      filled += count
      if count < share { break }
    }
  }
  for result in results.withLock({ $0 }) { _ = try result.get() }
  return bytes
}

/// Below twice this number of bytes, a second thread costs more than it gains.
private let leastShare = 2 << 20

/// Fills memory with the bytes at an offset of a regular file; answers their number, which is less at the end only.
private func fill(
  _ memory: UnsafeMutableRawBufferPointer, from file: FileDescriptor, at offset: Int
) throws(Errno) -> Int {
  var filled = 0
  while filled < memory.count {
    let count = pread(
      file.rawValue, memory.baseAddress?.advanced(by: filled), memory.count - filled, off_t(offset + filled))
    if count == 0 { break }
    if count > 0 {
      filled += count
    } else if errno != EINTR {
      throw Errno(rawValue: errno)
    }
  }
  return filled
}

/// Reads up to `count` bytes at an offset of a regular file without moving where it stands; none where that fails.
func readBytes(of file: FileDescriptor, at offset: Int, count: Int) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
    filled = max(0, pread(file.rawValue, buffer.baseAddress, count, off_t(offset)))
  }
}

extension FilePath {
  /// The bytes of the path, which may be no UTF-8.
  var bytes: [UInt8] {
    withPlatformString { text in
      var bytes: [UInt8] = []
      var next = text
      while next.pointee != 0 {
        bytes.append(UInt8(bitPattern: next.pointee))
        next += 1
      }
      return bytes
    }
  }

  /// The path of these bytes, up to the first that is 0.
  init(_ bytes: [UInt8]) {
    self.init(platformString: bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0])
  }
}

/// The last byte of an open file; nil where it is empty.
func lastByte(of file: FileDescriptor, before end: Int64) -> UInt8? {
  var byte: UInt8 = 0
  let count = withUnsafeMutableBytes(of: &byte) { pread(file.rawValue, $0.baseAddress, 1, off_t(end - 1)) }
  return count == 1 ? byte : nil
}

/// Makes what was written to an open file durable.
func synchronize(_ file: FileDescriptor) throws(Errno) {
  guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
}

/// A name in a folder.
struct FolderEntry {
  /// The bytes of the name, which may be no UTF-8.
  let bytes: [UInt8]
  /// What it leads to; nil where the file system does not say without being asked for the file's status.
  let kind: FileStatus.Kind?

  /// The name, repaired where it is no UTF-8.
  var name: String { String(decoding: bytes, as: UTF8.self) }
}

/// What is in a folder, without `.` and `..`, in no order.
///
/// - Throws: Why it cannot be read.
func entries(in folder: FilePath) throws(Errno) -> [FolderEntry] {
  guard let directory = folder.withPlatformString({ opendir($0) }) else { throw Errno(rawValue: errno) }
  defer { closedir(directory) }
  var entries: [FolderEntry] = []
  while true {
    errno = 0
    guard let entry = readdir(directory) else {
      guard errno == 0 else { throw Errno(rawValue: errno) }
      return entries
    }
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix(while: { $0 != 0 })) }
    guard name != [0x2e], name != [0x2e, 0x2e] else { continue }
    let kind: FileStatus.Kind? =
      switch Int(entry.pointee.d_type) {
      case DT_REG: .file
      case DT_DIR: .directory
      case DT_LNK: .symlink
      case DT_UNKNOWN: nil
      default: .other
      }
    entries.append(FolderEntry(bytes: name, kind: kind))
  }
}

/// The names in a folder, without `.` and `..`, in no order; none where it cannot be read. It is for tidying up and
/// counting, where one that is missed does no harm.
func names(in folder: FilePath) -> [String] { ((try? entries(in: folder)) ?? []).map(\.name) }

/// The number of threads that work is shared out among: that of the cores; one where so few files may be open that
/// libdispatch could not have its own, of which it needs three, for it would end the process.
func availableCores() -> Int {
  let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  var limit = rlimit()
  guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return cores }
  // A thread has a few files open, and so has the process.
  return limit.rlim_cur < rlim_t(32 + 4 * cores) ? 1 : cores
}
