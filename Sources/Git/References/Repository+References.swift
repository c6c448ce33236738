internal import Clibgit2
public import Identifiers
public import SystemPackage

/// The value of a reference.
public enum ReferenceTarget: Hashable, Sendable {
  case object(ObjectID)
  case symbolic(String)
}

/// A reference and its value.
public struct Reference: Hashable, Sendable {
  /// The full name, such as `refs/heads/main`.
  public let name: String
  /// Its value.
  public let target: ReferenceTarget
}

extension Repository {
  /// The value of a reference; nil if it does not exist.
  ///
  /// - Throws: `GitError` with `.brokenReference` if its file has no valid contents, for example after a power
  ///   failure.
  public func reference(_ name: String) throws(GitError) -> ReferenceTarget? {
    switch try file(of: name) {
    case .value(let target): return target
    case .broken(let reason): throw GitError(.brokenReference(name), "\(name) \(reason)")
    case .missing: break
    }
    do {
      let reference = try Handle<ReferenceKind> { git_reference_lookup(&$0, referenceHandle, name) }
      return target(of: reference.raw)
    } catch  where error.code == .notFound || error.code == .invalidName {
      return nil
    }
  }

  /// The value of a reference's file in a folder, such as that of a linked work tree; nil if it does not exist.
  ///
  /// - Throws: As `reference(_:)`.
  public static func reference(_ name: String, in folder: FilePath) throws(GitError) -> ReferenceTarget? {
    switch try ReferenceFile(name, in: folder) {
    case .value(let target): return target
    case .broken(let reason): throw GitError(.brokenReference(name), "\(name) \(reason)")
    case .missing: return nil
    }
  }

  /// The object that the reference names directly; nil if there is none.
  public func objectID(of name: String) throws(GitError) -> ObjectID? {
    guard case .object(let id) = try reference(name) else { return nil }
    return id
  }

  /// All references whose names begin with `prefix`, sorted by name, except those whose files have no valid contents.
  public func references(withPrefix prefix: String) throws(GitError) -> [Reference] {
    let iterator = try Handle<ReferenceIteratorKind> {
      git_reference_iterator_glob_new(&$0, referenceHandle, prefix + "*")
    }
    var references: [Reference] = []
    while true {
      var raw: OpaquePointer?
      let status = git_reference_next(&raw, iterator.raw)
      if status == GIT_ITEROVER.rawValue { break }
      try check(status)
      let reference = try Handle<ReferenceKind> {
        $0 = raw
        return 0
      }
      if let name = git_reference_name(reference.raw), let target = target(of: reference.raw) {
        references.append(Reference(name: String(cString: name), target: target))
      }
    }
    return references.sorted { $0.name < $1.name }
  }

  /// Returns whether git accepts the name of a reference (git-check-ref-format).
  public static func isValidReferenceName(_ name: String) -> Bool {
    // Names are parsed before any store is opened.
    do { try Library.prepare() } catch { return false }
    var valid: Int32 = 0
    return git_reference_name_is_valid(&valid, name) == 0 && valid == 1
  }

  /// Moves a reference from `expected` to `target`, or creates it if `expected` is nil.
  ///
  /// - Throws: `GitError` with `.modified` or `.exists` if it does not have the expected value, `.locked` while
  ///   another process changes it.
  public func update(
    _ name: String, from expected: ObjectID?, to target: ObjectID, message: String
  ) throws(GitError) {
    try replaceLink(name)
    var new = target.raw
    if let expected {
      var old = expected.raw
      do {
        _ = try Handle<ReferenceKind> {
          git_reference_create_matching(&$0, handle, name, &new, 1, &old, message)
        }
      } catch  where error.code == .notFound {
        // A deleted reference counts as moved.
        throw GitError(.modified, error.message)
      }
    } else {
      _ = try Handle<ReferenceKind> { git_reference_create(&$0, handle, name, &new, 0, message) }
    }
  }

  /// Deletes a reference that still names `expected`.
  public func delete(_ name: String, expected: ObjectID) throws(GitError) {
    try replaceLink(name)
    let reference: Handle<ReferenceKind>
    do {
      reference = try Handle<ReferenceKind> { git_reference_lookup(&$0, handle, name) }
    } catch  where error.code == .notFound {
      throw GitError(.modified, error.message)
    }
    guard case .object(expected) = target(of: reference.raw) else {
      throw GitError(.modified, "\(name) was changed by another process")
    }
    try check(git_reference_delete(reference.raw))
  }

  /// The name of the branch that HEAD names, such as `refs/heads/main`; nil if HEAD is detached.
  public func headReference() throws(GitError) -> String? {
    guard case .symbolic(let name) = try reference("HEAD") else { return nil }
    return name
  }

  /// The commit that a reference or tag object leads to; nil if there is none.
  public func commitID(peeling id: ObjectID) throws(GitError) -> ObjectID? {
    var id = id
    // A chain of tags always ends, because an object cannot name itself.
    while true {
      switch try header(of: id).kind {
      case .commit: return id
      case .tag:
        guard let next = ObjectText(try object(id, kind: .tag)).id("object") else { return nil }
        id = next
      case .tree, .blob: return nil
      }
    }
  }

  /// The message of an annotated tag; nil for a plain one.
  public func tagMessage(_ id: ObjectID) throws(GitError) -> String? {
    guard try header(of: id).kind == .tag else { return nil }
    return ObjectText(try object(id, kind: .tag)).message
  }

  /// The author and the time of a tag object; nil if the object is of another kind or does not contain them.
  public func tagger(_ id: ObjectID) throws(GitError) -> Signature? {
    guard try header(of: id).kind == .tag else { return nil }
    let tagger = ObjectText(try object(id, kind: .tag)).signature("tagger")
    return tagger.name.isEmpty && tagger.mail.isEmpty ? nil : tagger
  }

  /// The target of a tag object; nil if the object is of another kind.
  ///
  /// - Throws: `GitError` with `.damaged` if it has no target.
  public func tagTarget(_ id: ObjectID) throws(GitError) -> ObjectID? {
    guard try header(of: id).kind == .tag else { return nil }
    guard let target = ObjectText(try object(id, kind: .tag)).id("object") else {
      throw GitError(.damaged, "tag \(id) has no object")
    }
    return target
  }

  private func target(of reference: OpaquePointer) -> ReferenceTarget? {
    if let name = git_reference_symbolic_target(reference) { return .symbolic(String(cString: name)) }
    return git_reference_target(reference).map { .object(ObjectID($0.pointee)) }
  }
}
