package import SystemPackage

/// An operation on a file or folder that the system refused.
package struct FileError: Error, Hashable, Sendable {
  /// The operation, such as `open`.
  package let action: String
  /// The file or folder.
  package let path: FilePath
  /// The reason.
  package let reason: Errno

  /// Makes an error from its parts.
  package init(_ action: String, _ path: FilePath, _ reason: Errno) {
    self.action = action
    self.path = path
    self.reason = reason
  }

  /// Whether nothing has that name. After any other error the state of the file is unknown.
  package var isAbsence: Bool { reason == .noSuchFileOrDirectory || reason == .notDirectory }

  /// The failed operation, without the reason.
  package var summary: String { "cannot \(action) \(path)" }
}

extension FileError: CustomStringConvertible {
  /// The failed operation, and the system's text for the reason.
  package var description: String { "\(summary): \(reason)" }
}
