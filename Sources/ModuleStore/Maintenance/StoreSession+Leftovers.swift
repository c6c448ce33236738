internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers
internal import SQLite
internal import SystemPackage

extension StoreSession {
  /// Deletes the catalog's rows of objects that no longer exist.
  func forget(_ deleted: ObjectIDSet, former: Reachability.Reached) {
    guard !deleted.isEmpty else { return }
    let commits = (former.current.commits + former.former.commits).map(\.id)
    withCatalog { (catalog) throws(DatabaseError) in
      guard catalog.isWritable else { return }
      try catalog.forget(commits: commits.filter { deleted.contains($0) }, blobs: deleted)
    }
  }

  /// Removes unfinished files that no process has open.
  ///
  /// - Parameters:
  ///   - files: The files, or folders with such files.
  ///   - limit: The time of the newest file that may be removed, in nanoseconds since 1970.
  /// - Throws: `StoreError.system` if a folder cannot be read or a file cannot be removed.
  func remove(leftovers files: [FilePath], olderThan limit: Int64) throws(StoreError) {
    try translated { () throws(FileError) in
      var open: OpenFiles?
      for path in files {
        guard let status = try FileStatus(path, followingLinks: false), status.modified < limit else {
          continue
        }
        if open == nil { open = try OpenFiles() }
        if try open?.containAny(in: path) == false { try clearTree(path) }
      }
    }
  }

  /// Removes unfinished files of plain git that no process has open.
  func removeGitLeftovers(olderThan limit: Int64) throws(StoreError) {
    try remove(leftovers: gitLeftovers(), olderThan: limit)
  }

  /// Our own unfinished files.
  func ownLeftovers() throws(StoreError) -> [FilePath] {
    let (temporary, objects) = (layout.temporary, layout.objects)
    return try translated { () throws(FileError) in
      var files = try names(in: temporary).map { temporary.appending($0) }
      for name in try names(in: objects) where name == "pack" || isHexadecimal(name, count: 2...2) {
        let folder = objects.appending(name)
        files += try names(in: folder).filter { $0.hasPrefix(".tmp-") }.map { folder.appending($0) }
      }
      return files
    }
  }

  /// The unfinished files of plain git.
  func gitLeftovers() throws(StoreError) -> [FilePath] {
    let objects = layout.objects
    return try translated { () throws(FileError) in
      var files: [FilePath] = []
      for name in try names(in: objects) {
        let folder = objects.appending(name)
        if name.hasPrefix("tmp_") || name.hasPrefix("incoming-") {
          files.append(folder)
        } else if name == "pack" || isHexadecimal(name, count: 2...2) {
          files += try names(in: folder).filter { $0.hasPrefix("tmp_") }.map { folder.appending($0) }
        }
      }
      return files
    }
  }

  /// Removes the raw copies of modules that no branch or tag has now. They are recreated when they are requested.
  func boundRawCopies() throws(StoreError) {
    let folder = layout.modules
    let parts = try translated { () throws(FileError) in try names(in: folder) }
    guard !parts.isEmpty else { return }
    let current = try currentDigests()
    try translated { () throws(FileError) in
      for part in parts {
        for name in try names(in: folder.appending(part)) {
          guard let digest = ModuleDigest(hex: name), !current.contains(digest) else { continue }
          try removeFile(folder.appending(part).appending(name))
        }
        try removeEmptyFolder(folder.appending(part))
      }
    }
  }

  /// The modules on branches and tags.
  private func currentDigests() throws(StoreError) -> Set<ModuleDigest> {
    var blobs: Set<ObjectID> = []
    var seen: Set<ObjectID> = []
    try translated { () throws(GitError) in
      for reference in try repository.references(withPrefix: "refs/") {
        guard case .object(let id) = reference.target, let commit = try repository.commitID(peeling: id)
        else { continue }
        let tree = try repository.commit(commit).tree
        guard seen.insert(tree).inserted else { continue }
        try repository.walkFiles(below: tree) { (file) throws(GitError) in
          blobs.insert(file.id)
          return true
        }
      }
    }
    var digests: Set<ModuleDigest> = []
    try forEachFacts(ofBlobs: blobs) { _, facts in
      if let digest = facts.digest { digests.insert(digest) }
      return true
    }
    return digests
  }
}
