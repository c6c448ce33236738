package import FileSystem
internal import SystemPackage

extension GitError {
  /// Converts an error of the file system to git's error.
  package init(_ error: FileError) { self.init(.system(error.reason.rawValue), error.description) }
}

/// Runs code that throws file errors, and throws git's errors instead.
@discardableResult
func translated<Result: ~Copyable>(
  _ body: () throws(FileError) -> Result
) throws(GitError) -> Result {
  do throws(FileError) { return try body() } catch { throw GitError(error) }
}

/// Makes files durable, several at a time, and throws git's errors.
package func makeDurable(_ files: [WrittenFile]) throws(GitError) {
  try translated { () throws(FileError) in try synchronize(files) }
}

extension TemporaryFile {
  /// Creates the lock file `PATH.lock`, which git's programs use to agree on who changes the file at `path`.
  ///
  /// - Throws: `locked` if it exists already.
  init(locking path: FilePath) throws(GitError) {
    do throws(FileError) {
      try self.init(making: FilePath(path.string + ".lock"), permissions: 0o666)
    } catch {
      throw error.reason == .fileExists ? GitError(.locked, error.path.string) : GitError(error)
    }
  }
}

extension OpenFile {
  /// Reads `count` bytes at `offset`.
  ///
  /// - Throws: `damaged` if the file is too short.
  func bytes(at offset: Int, count: Int) throws(GitError) -> [UInt8] {
    let bytes = try translated { () throws(FileError) in try self.bytes(at: offset, upTo: count) }
    guard bytes.count == count else { throw GitError(.damaged, "\(path) is truncated") }
    return bytes
  }
}
