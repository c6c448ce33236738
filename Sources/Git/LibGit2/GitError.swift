internal import Clibgit2
internal import Glibc

/// An error of git: a code for the program and a message for the user.
public struct GitError: Error, Hashable, Sendable {
  /// The kinds of failure that a caller can act on.
  public enum Code: Hashable, Sendable {
    case notFound
    case exists
    case ambiguous
    /// A `.lock` file exists.
    case locked
    /// A folder that is not empty has the name of the reference's file.
    case obstructed
    /// A reference no longer has the expected value.
    case modified
    /// A name violates git's rules.
    case invalidName
    /// The format of the repository is not supported.
    case unsupported(UnsupportedFormat)
    /// The file of a reference has no valid contents. The payload is the reference's name.
    case brokenReference(String)
    /// Bytes in the repository are damaged.
    case damaged
    /// An object does not exist here, and a partial clone need not have it.
    case omitted
    /// The system refused: no space, no permission, an input or output error. The payload is `errno`.
    case system(Int32)
    /// The caller has cancelled the work.
    case cancelled
    case failed
  }

  /// The kind of failure.
  public let code: Code
  /// The message, in lower case, without a full stop.
  public let message: String

  /// Creates an error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// Turns a libgit2 status into a thrown error. It reads and clears libgit2's message immediately, because the message
/// is per thread and a later call would overwrite it.
@discardableResult
func check(_ status: Int32) throws(GitError) -> Int32 {
  guard status < 0 else { return status }
  var systemError = errno
  var message = "libgit2 failed with status \(status)"
  var isSystem = false
  var isDamage = false
  if let last = git_error_last() {
    if let text = last.pointee.message { message = String(cString: text) }
    isSystem = last.pointee.klass == Int32(GIT_ERROR_OS.rawValue)
    // libgit2 clears `errno` after it has added its text to the message.
    if isSystem, let code = systemErrorNumber(in: message) { systemError = code }
    isDamage = [GIT_ERROR_ZLIB, GIT_ERROR_ODB].map { Int32($0.rawValue) }.contains(last.pointee.klass)
  }
  git_error_clear()
  throw GitError(code(of: status, systemError: isSystem ? systemError : nil, damaged: isDamage), message)
}

/// The number of the system's error whose text is at the end of a message; nil if there is none.
private func systemErrorNumber(in message: String) -> Int32? {
  (1...EHWPOISON).first { message.hasSuffix(": " + String(cString: strerror($0))) }
}

private func code(of status: Int32, systemError: Int32?, damaged: Bool) -> GitError.Code {
  // libgit2 reports a file that may not be opened as "locked".
  if systemError == EACCES { return .system(EACCES) }
  return switch git_error_code(status) {
  case GIT_ENOTFOUND: .notFound
  case GIT_EEXISTS: .exists
  case GIT_EAMBIGUOUS: .ambiguous
  case GIT_ELOCKED: .locked
  case GIT_EDIRECTORY: .obstructed
  case GIT_EMODIFIED: .modified
  case GIT_EINVALIDSPEC: .invalidName
  case GIT_EMISMATCH: .damaged
  default:
    if damaged {
      .damaged
    } else if let systemError, systemError != 0 {
      .system(systemError)
    } else {
      .failed
    }
  }
}
