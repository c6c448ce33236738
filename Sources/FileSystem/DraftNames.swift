package import SystemPackage

/// The names of the drafts of one file or folder: unfinished versions beside it, each with a random number in its name.
///
/// Whoever writes a draft keeps it locked (`flock`). One whose lock is free was left by a process that died.
package struct DraftNames: Sendable {
  private let folder: FilePath
  private let prefix: String
  private let suffix: String

  /// Takes what the names begin and end with.
  package init(in folder: FilePath, prefix: String, suffix: String = "") {
    (self.folder, self.prefix, self.suffix) = (folder, prefix, suffix)
  }

  /// A name that nothing has.
  package func fresh() -> FilePath {
    folder.appending(prefix + String(UInt64.random(in: 1 << 60 ... .max), radix: 16) + suffix)
  }

  /// Removes what processes left that died.
  ///
  /// - Parameter limit: The time of the newest that may go, in nanoseconds since 1970: one that is new may not be locked
  ///   yet.
  /// - Throws: Why the folder cannot be listed, or a draft not removed.
  package func removeAbandoned(olderThan limit: Int64) throws(FileError) {
    for name in try names(in: folder) where isDraft(name) {
      let path = folder.appending(name)
      // Nothing else is opened: that could wait for ever, or lead elsewhere.
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
