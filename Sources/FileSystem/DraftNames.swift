package import SystemPackage

/// The names of the drafts of one file or folder: unfinished versions in the same folder, each with a random number
/// in its name.
///
/// A process that writes a draft keeps it locked (`flock`). An unlocked draft was left by a process that died.
package struct DraftNames: Sendable {
  private let folder: FilePath
  private let prefix: String
  private let suffix: String

  /// Takes the beginning and the end of the names.
  package init(in folder: FilePath, prefix: String, suffix: String = "") {
    (self.folder, self.prefix, self.suffix) = (folder, prefix, suffix)
  }

  /// A name that is not in use.
  package func fresh() -> FilePath {
    folder.appending(prefix + String(UInt64.random(in: 1 << 60 ... .max), radix: 16) + suffix)
  }

  /// Removes drafts that dead processes left.
  ///
  /// - Parameter limit: The latest time of a draft to remove, in nanoseconds since 1970: a newer draft may not be
  ///   locked yet.
  /// - Throws: Why the folder cannot be listed, or a draft cannot be removed.
  package func removeAbandoned(olderThan limit: Int64) throws(FileError) {
    for name in try names(in: folder) where isDraft(name) {
      let path = folder.appending(name)
      // Other kinds of files are not opened: that could block for ever, or follow a link.
      guard let status = try FileStatus(path, followingLinks: false), status.modified < limit,
        status.kind == .directory || status.kind == .file,
        let lock = try AdvisoryLock(present: path), try lock.attempt(.exclusive)
      else { continue }
      try removeTree(path)
    }
  }

  private func isDraft(_ name: String) -> Bool {
    let digits = 16
    guard name.utf8.count == prefix.utf8.count + digits + suffix.utf8.count, name.hasPrefix(prefix),
      name.hasSuffix(suffix)
    else { return false }
    return name.utf8.dropFirst(prefix.utf8.count).prefix(digits).allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
    }
  }
}
