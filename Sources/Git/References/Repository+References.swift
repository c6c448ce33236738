internal import Clibgit2
public import Identifiers
public import SystemPackage

/// What a reference holds.
public enum ReferenceTarget: Hashable, Sendable {
  case object(ObjectID)
  case symbolic(String)
}

/// A reference and what it holds.
public struct Reference: Hashable, Sendable {
  /// The full name, such as `refs/heads/main`.
  public let name: String
  /// What it points at.
  public let target: ReferenceTarget
}

extension Repository {
  /// What the reference holds; nil where there is none.
  ///
  /// - Throws: `GitError` with `.brokenReference` where its file names nothing, as a loss of power may leave it.
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

  /// What the file of a reference in a folder holds, such as that of a linked work tree; nil where there is none.
  ///
  /// - Throws: As `reference(_:)`.
  public static func reference(_ name: String, in folder: FilePath) throws(GitError) -> ReferenceTarget? {
    switch try ReferenceFile(name, in: folder) {
    case .value(let target): return target
    case .broken(let reason): throw GitError(.brokenReference(name), "\(name) \(reason)")
    case .missing: return nil
    }
  }

  /// The object that the reference names directly; nil where there is none.
  public func objectID(of name: String) throws(GitError) -> ObjectID? {
    guard case .object(let id) = try reference(name) else { return nil }
    return id
  }

  /// All references whose names begin with `prefix`, sorted by name; without those whose files name nothing.
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

  /// Tells whether git accepts the name of a reference (git-check-ref-format).
  public static func isValidReferenceName(_ name: String) -> Bool {
    // Names are read before any store is opened.
    do { try Library.prepare() } catch { return false }
    var valid: Int32 = 0
    return git_reference_name_is_valid(&valid, name) == 0 && valid == 1
  }

  /// Moves a reference from `expected` to `target`, or makes it where nil was expected.
  ///
  /// - Throws: `GitError` with `.modified` or `.exists` when it is no longer what was expected, `.locked`
  ///   while another process changes it.
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
        // A reference that is gone is one that moved.
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
      throw GitError(.modified, "\(name) has moved")
    }
    try check(git_reference_delete(reference.raw))
  }

  /// The name of the branch that HEAD stands for, such as `refs/heads/main`; nil when HEAD is detached.
  public func headReference() throws(GitError) -> String? {
    guard case .symbolic(let name) = try reference("HEAD") else { return nil }
    return name
  }

  /// The commit that a reference or tag object leads to; nil where it leads to none.
  public func commitID(peeling id: ObjectID) throws(GitError) -> ObjectID? {
    var id = id
    // A tag of a tag of a tag ends: an object cannot name itself.
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

  /// Who made a tag object, and when; nil where the object is of another kind or does not say it.
  public func tagger(_ id: ObjectID) throws(GitError) -> Signature? {
    guard try header(of: id).kind == .tag else { return nil }
    let tagger = ObjectText(try object(id, kind: .tag)).signature("tagger")
    return tagger.name.isEmpty && tagger.mail.isEmpty ? nil : tagger
  }

  /// What a tag object names; nil where the object is of another kind.
  ///
  /// - Throws: `GitError` with `.damaged` where it names nothing.
  public func tagTarget(_ id: ObjectID) throws(GitError) -> ObjectID? {
    guard try header(of: id).kind == .tag else { return nil }
    guard let target = ObjectText(try object(id, kind: .tag)).id("object") else {
      throw GitError(.damaged, "tag \(id) names no object")
    }
    return target
  }

  private func target(of reference: OpaquePointer) -> ReferenceTarget? {
    if let name = git_reference_symbolic_target(reference) { return .symbolic(String(cString: name)) }
    return git_reference_target(reference).map { .object(ObjectID($0.pointee)) }
  }
}
