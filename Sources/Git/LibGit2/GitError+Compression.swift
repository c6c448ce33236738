internal import Compression

extension GitError {
  /// Converts an error of compression to git's error.
  init(_ error: CompressionError) {
    switch error {
    case .damaged, .cutOff: self.init(.damaged, error.description)
    case .level, .noMemory, .noRoom, .library: self.init(.failed, error.description)
    }
  }
}

/// Runs code that throws compression errors, and throws git's errors instead.
func translated<Result: ~Copyable>(
  _ body: () throws(CompressionError) -> Result
) throws(GitError) -> Result {
  do throws(CompressionError) { return try body() } catch { throw GitError(error) }
}
