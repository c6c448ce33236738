package import SystemPackage

/// Says what the system refused to do with a file or folder.
package struct FileError: Error, Hashable, Sendable {
  /// What was to be done, such as `open`.
  package let action: String
  /// The file or folder.
  package let path: FilePath
  /// Why that was refused.
  package let reason: Errno

  /// Makes an error from its parts.
  package init(_ action: String, _ path: FilePath, _ reason: Errno) {
    self.action = action
    self.path = path
    self.reason = reason
  }

  /// Whether there is nothing of that name. Every other reason leaves open what is there.
  package var isAbsence: Bool { reason == .noSuchFileOrDirectory || reason == .notDirectory }

  /// What could not be done, without the reason.
  package var summary: String { "cannot \(action) \(path)" }
}

extension FileError: CustomStringConvertible {
  /// What could not be done, and the system's words for the reason.
  package var description: String { "\(summary): \(reason)" }
}
