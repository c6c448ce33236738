internal import HTTPServing
internal import ModuleStore

extension AccessRights {
  /// Returns the path of the part at and below a path that the request may see; nil for all.
  ///
  /// - Throws: `HTTPFailure` with 403 if it may see none of it.
  func requireVisiblePart(of prefix: ModulePath?) throws(HTTPFailure) -> ModulePath? {
    if let part = visiblePart(of: prefix) { return part.prefix }
    if let prefix { try require(prefix) }
    return nil
  }

  /// Returns whether the request may see a path of a tree.
  func maySee(_ path: RawPath) -> Bool {
    guard let own = key?.path else { return true }
    let prefix = Array(own.description.utf8)
    return path.bytes.starts(with: prefix)
      && (path.bytes.count == prefix.count || path.bytes[prefix.count] == 0x2f)
  }
}

extension StoreSession {
  /// Checks that a request may see a revision: if its key allows only some branches, the commit must be reachable from
  /// this branch.
  ///
  /// - Throws: `StoreError.unknownRevision`, the same error as for a revision that does not exist.
  func requireVisible(_ revision: String?, _ rights: AccessRights) throws(StoreError) {
    guard let revision, rights.key?.branch != nil else { return }
    let commit = try resolve(revision)
    guard try isAncestor(commit, of: existingHead()) else { throw .unknownRevision(revision) }
  }
}

extension LogEntry {
  /// Returns the entry with only the changes that a request may see.
  func visible(to rights: AccessRights) -> LogEntry {
    var entry = self
    entry.changes = changes?.filter { rights.maySee($0.path) }
    return entry
  }
}

extension InspectedModule {
  /// Returns the module with only the paths that a request may see.
  func visible(to rights: AccessRights) -> InspectedModule {
    var module = self
    module.paths = paths.filter { rights.maySee($0) }
    return module
  }
}
