internal import HTTPServing
internal import ModuleStore

extension Authority {
  /// The part that it may see of what is at and below a path.
  ///
  /// - Throws: `HTTPFailure` with 403 where it may see none of it.
  func existingPart(of prefix: ModulePath?) throws(HTTPFailure) -> ModulePath? {
    if let part = visiblePart(of: prefix) { return part.prefix }
    if let prefix { try require(prefix) }
    return nil
  }

  /// Tells whether it may see a path of a tree.
  func maySee(_ path: RawPath) -> Bool {
    guard let own = key?.path else { return true }
    let prefix = Array(own.description.utf8)
    return path.bytes.starts(with: prefix)
      && (path.bytes.count == prefix.count || path.bytes[prefix.count] == 0x2f)
  }
}

extension StoreSession {
  /// Refuses a revision to whom may see some branches only, unless this branch leads to it.
  ///
  /// - Throws: `StoreError.unknownRevision`, as for one that is not there.
  func requireVisible(_ revision: String?, _ authority: Authority) throws(StoreError) {
    guard let revision, authority.key?.branch != nil else { return }
    let commit = try resolve(revision)
    guard try isAncestor(commit, of: existingHead()) else { throw .unknownRevision(revision) }
  }
}

extension LogEntry {
  /// The entry with the changes that may be seen.
  func visible(to authority: Authority) -> LogEntry {
    var entry = self
    entry.changes = changes?.filter { authority.maySee($0.path) }
    return entry
  }
}

extension InspectedModule {
  /// The module with the paths that may be seen.
  func visible(to authority: Authority) -> InspectedModule {
    var module = self
    module.paths = paths.filter { authority.maySee($0) }
    return module
  }
}
