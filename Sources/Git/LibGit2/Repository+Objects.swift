internal import Clibgit2
public import Identifiers

/// The kinds of git object.
public enum ObjectKind: Int32, Hashable, Sendable {
  case commit = 1
  case tree = 2
  case blob = 3
  case tag = 4
}

extension Repository {
  /// Returns whether the object is stored.
  public func contains(_ id: ObjectID) -> Bool {
    var raw = id.raw
    return git_odb_exists(database, &raw) == 1
  }

  /// Reads the kind and size of an object without its bytes.
  public func header(of id: ObjectID) throws(GitError) -> (kind: ObjectKind, size: Int) {
    var size = 0
    var type = GIT_OBJECT_INVALID
    var raw = id.raw
    _ = try reading(id) { () throws(GitError) in
      try check(git_odb_read_header(&size, &type, database, &raw))
    }
    guard let kind = ObjectKind(rawValue: type.rawValue) else {
      throw GitError(.damaged, "object \(id) has an unknown type")
    }
    return (kind, size)
  }

  /// Reads a whole object into memory.
  ///
  /// - Throws: `GitError` with `.notFound`, or `.damaged` if it is of another kind.
  public func object(_ id: ObjectID, kind: ObjectKind) throws(GitError) -> [UInt8] {
    var raw = id.raw
    let object = try reading(id) { () throws(GitError) in
      try Handle<DatabaseObjectKind> { git_odb_read(&$0, database, &raw) }
    }
    guard git_odb_object_type(object.raw).rawValue == kind.rawValue else {
      throw GitError(.damaged, "object \(id) is not a \(kind)")
    }
    let bytes = UnsafeRawBufferPointer(
      start: git_odb_object_data(object.raw), count: git_odb_object_size(object.raw))
    return Array(bytes)
  }

  /// Runs `body`, which reads an object. After a failure it runs `body` once more, because another process may have
  /// repacked the packs that this one has open. In a partial clone, a missing object was omitted from the clone.
  ///
  /// - Throws: `GitError` with `.omitted` instead of `.notFound` in a partial clone.
  func reading<Result: ~Copyable>(
    _ id: ObjectID, _ body: () throws(GitError) -> Result
  ) throws(GitError) -> Result {
    do throws(GitError) { return try body() } catch {
      if error.code == .cancelled { throw error }
    }
    try forgetObjects()
    do throws(GitError) { return try body() } catch {
      guard error.code == .notFound, isPartialClone else { throw error }
      throw GitError(.omitted, "\(id)")
    }
  }

  /// Reads a tree.
  public func tree(_ id: ObjectID) throws(GitError) -> Tree {
    if let tree = recentTrees.tree(id) { return tree }
    let tree = Tree(bytes: try object(id, kind: .tree))
    recentTrees.insert(tree, for: id)
    return tree
  }

  /// Keeps the bytes of a tree that is going to be written, so that it need not be read.
  public func remember(tree bytes: [UInt8], as id: ObjectID) {
    recentTrees.insert(Tree(bytes: bytes), for: id)
  }

  /// Lists the packs on disk again, because another process may have replaced them.
  public func refresh() throws(GitError) { try check(git_odb_refresh(database)) }

  /// Returns whether at most one object's id begins with these 4 to 40 hexadecimal digits.
  public func isUnambiguous(_ prefix: HexadecimalPrefix) throws(GitError) -> Bool {
    try lookUp(prefix).isUnambiguous
  }

  /// The commits whose ids begin with 4 to 40 hexadecimal digits. A full id may also be that of a tag, which stands
  /// for its commit.
  public func commit(matching prefix: HexadecimalPrefix) throws(GitError) -> PrefixMatch<ObjectID> {
    let (found, isUnambiguous) = try lookUp(prefix)
    let objects = try isUnambiguous ? [found].compactMap { $0 } : self.objects(matching: prefix)
    var commits: [ObjectID] = []
    for object in objects {
      let kind = try header(of: object).kind
      if kind == .commit {
        commits.append(object)
      } else if kind == .tag, prefix.count == 2 * ObjectID.byteCount,
        let commit = try commitID(peeling: object)
      {
        commits.append(commit)
      }
    }
    return PrefixMatch(commits)
  }

  /// The only object whose id begins with a prefix; nil if there is none; or the fact that there are several.
  private func lookUp(_ prefix: HexadecimalPrefix) throws(GitError) -> (found: ObjectID?, isUnambiguous: Bool)
  {
    let digits = prefix.description
    var short = git_oid()
    try check(git_oid_fromstrn(&short, digits, digits.utf8.count))
    var found = git_oid()
    let status = git_odb_exists_prefix(&found, database, &short, digits.utf8.count)
    switch git_error_code(status) {
    case GIT_ENOTFOUND: return (nil, true)
    case GIT_EAMBIGUOUS: return (nil, false)
    default:
      try check(status)
      return (ObjectID(found), true)
    }
  }

  /// The objects whose ids begin with a prefix, in no particular order.
  private func objects(matching prefix: HexadecimalPrefix) throws(GitError) -> [ObjectID] {
    let search = PrefixSearch(prefix: prefix)
    try check(
      git_odb_foreach(
        database,
        { id, payload in
          guard let id, let payload else { return 0 }
          Unmanaged<PrefixSearch>.fromOpaque(payload).takeUnretainedValue().consider(ObjectID(id.pointee))
          return 0
        }, Unmanaged.passUnretained(search).toOpaque()))
    return Array(search.found)
  }
}

/// Collects ids with a C callback, which cannot capture.
private final class PrefixSearch {
  let prefix: HexadecimalPrefix
  var found: Set<ObjectID> = []

  init(prefix: HexadecimalPrefix) { self.prefix = prefix }

  func consider(_ id: ObjectID) {
    if prefix.matches(id) { found.insert(id) }
  }
}
