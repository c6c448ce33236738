internal import Compression

extension GitError {
  /// Says in git's terms why bytes could not be deflated or inflated.
  init(_ error: CompressionError) {
    switch error {
    case .damaged, .cutOff: self.init(.damaged, error.description)
    case .level, .noMemory, .noRoom, .library: self.init(.failed, error.description)
    }
  }
}

/// Runs what throws errors of compression, and throws git's.
func translated<Result: ~Copyable>(
  _ body: () throws(CompressionError) -> Result
) throws(GitError) -> Result {
  do throws(CompressionError) { return try body() } catch { throw GitError(error) }
}
