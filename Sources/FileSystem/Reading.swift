internal import Glibc
internal import Synchronization
package import SystemPackage

// Reading and writing of open files that may have no name, such as standard input: errors contain only the system's
// reason, and the caller adds the name.

/// The number of bytes read from a file at a time.
package let readLength = 256 << 10

/// Reads into a buffer until it is full or the file ends; returns the number of bytes.
///
/// A pipe returns the bytes that it has; a short read is not the end.
package func fill(
  _ buffer: inout [UInt8], from file: FileDescriptor, while isWanted: (() -> Bool)? = nil
) throws(Errno) -> Int {
  try fill(&buffer, upTo: buffer.count, from: file, while: isWanted)
}

/// Reads into the beginning of a buffer until `length` bytes are there or the file ends.
///
/// - Parameters:
///   - buffer: The buffer.
///   - length: The maximum number of bytes to read.
///   - enough: A number of bytes after which the function returns instead of reading again.
///   - file: The file, read from its current position.
///   - isWanted: Called several times a second while the function waits for bytes; false ends the wait.
/// - Returns: The number of bytes.
/// - Throws: Why the file cannot be read; `interrupted` if the bytes are no longer wanted.
package func fill(
  _ buffer: inout [UInt8], upTo length: Int, enough: Int = .max, from file: FileDescriptor,
  while isWanted: (() -> Bool)? = nil
) throws(Errno) -> Int {
  var filled = 0
  while filled < length && filled != enough {
    if let isWanted { try awaitBytes(of: file, while: isWanted) }
    let count = try call {
      buffer.withUnsafeMutableBytes { bytes in
        Glibc.read(file.rawValue, bytes.baseAddress?.advanced(by: filled), length - filled)
      }
    }
    if count == 0 { break }
    filled += count
  }
  return filled
}

/// Waits until an open file has bytes to read, or has ended.
///
/// A signal that comes just before a read would not interrupt the read, so the wait is short and is repeated.
///
/// - Throws: `interrupted` if the bytes are no longer wanted.
private func awaitBytes(of file: FileDescriptor, while isWanted: () -> Bool) throws(Errno) {
  var request = pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)
  while true {
    guard isWanted() else { throw .interrupted }
    if try call({ poll(&request, 1, 100) }) > 0 { return }
  }
}

/// Writes all bytes to an open file.
///
/// The method of `FileDescriptor` takes 0.1 ms at its first use, because it is generic.
package func writeAll(_ chunk: RawSpan, to file: FileDescriptor) throws(Errno) {
  try chunk.withUnsafeBytes { (bytes) throws(Errno) in
    var written = 0
    while written < bytes.count {
      written += try call {
        Glibc.write(file.rawValue, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      }
    }
  }
}

/// Fills memory with the bytes at an offset of a regular file; returns their number, which is smaller only at the
/// end.
package func fill(
  _ memory: UnsafeMutableRawBufferPointer, from file: FileDescriptor, at offset: Int
) throws(Errno) -> Int {
  var filled = 0
  while filled < memory.count {
    let count = try call {
      pread(
        file.rawValue, memory.baseAddress?.advanced(by: filled), memory.count - filled, off_t(offset + filled)
      )
    }
    if count == 0 { break }
    filled += count
  }
  return filled
}

/// Reads up to `count` bytes at an offset of a regular file without moving its position.
package func readBytes(of file: FileDescriptor, at offset: Int, upTo count: Int) throws(Errno) -> [UInt8] {
  var failure: Errno?
  let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
    do throws(Errno) {
      filled = try fill(UnsafeMutableRawBufferPointer(buffer), from: file, at: offset)
    } catch {
      failure = error
    }
  }
  if let failure { throw failure }
  return bytes
}

/// Reads a whole file, or its last bytes; nil if it does not exist.
package func contents(of path: FilePath, last limit: Int = .max) throws(FileError) -> [UInt8]? {
  guard let file = try OpenFile(reading: path) else { return nil }
  let size = try file.size()
  let count = min(size, limit)
  return try file.bytes(at: size - count, upTo: count)
}

/// The number of bytes from an open file's position to its end; nil if it is not a regular file.
package func remainingSize(of file: FileDescriptor) throws(Errno) -> Int? {
  let status = try FileStatus(file)
  guard status.kind == .file else { return nil }
  return max(0, Int(status.size) - Int(try call { lseek(file.rawValue, 0, SEEK_CUR) }))
}

/// Reads the next `size` bytes of an open regular file, or as many as it has: a large file on all cores, because most
/// of the time is the first access to new memory pages.
package func readWhole(_ file: FileDescriptor, size: Int) throws(Errno) -> [UInt8] {
  let start = Int(try call { lseek(file.rawValue, 0, SEEK_CUR) })
  let workers = max(1, min(availableCores(), size / leastShare))
  let share = (size + workers - 1) / workers
  var failure: Errno?
  // Not filled with zeros first, because that would touch each page of a large buffer twice.
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
    let address = UInt(bitPattern: buffer.baseAddress)
    do throws(Errno) {
      let counts = try inParallel(workers, workers: workers) { (worker) throws(Errno) in
        let first = worker * share
        let memory = UnsafeMutableRawBufferPointer(
          start: UnsafeMutableRawPointer(bitPattern: address + UInt(first)), count: min(share, size - first))
        return try fill(memory, from: file, at: start + first)
      }
      // If a share is short, the bytes after it did not exist when it was read.
      for count in counts {
        filled += count
        if count < share { break }
      }
    } catch {
      failure = error
    }
  }
  if let failure { throw failure }
  return bytes
}

/// For less than twice this number of bytes, a second thread costs more than it gains.
private let leastShare = 2 << 20
