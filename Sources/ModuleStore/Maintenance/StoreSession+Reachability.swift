internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

extension StoreSession {
  /// Determines which objects must be kept.
  ///
  /// - Parameter records: The records of former moves to include.
  /// - Returns: The roots, and the sources that could not be read.
  /// - Throws: `StoreError.system` if a folder or a file cannot be read. Damage is reported among the failures.
  func reachability(_ records: Reachability.Records = .all) throws(StoreError) -> Reachability {
    var reachability = Reachability()
    try addReferences(to: &reachability)
    try reachability.addIndex(in: root, worktree: nil)
    let worktrees = try linkedWorktrees(of: root)
    for worktree in worktrees { try reachability.addWorktree(worktree) }
    if records.contains(.reflogs) {
      try reachability.addReflogs(in: root, worktree: nil)
      for worktree in worktrees {
        try reachability.addReflogs(in: worktree, worktree: worktree.lastComponent?.string)
      }
    }
    if records.contains(.operations) { try addOperations(to: &reachability) }
    do throws(GitError) { reachability.boundary = try repository.boundary() } catch {
      guard error.code == .damaged else { throw StoreError(error) }
      reachability.failures.append(
        Reachability.Failure(source: .reference("shallow"), problem: error.message))
    }
    return reachability
  }

  /// The current object store.
  func objectInventory() throws(StoreError) -> ObjectInventory {
    try translated { () throws(GitError) in try ObjectInventory(objects: layout.objects) }
  }

  private func addReferences(to reachability: inout Reachability) throws(StoreError) {
    var packed: [String: ReferenceTarget] = [:]
    do throws(GitError) {
      for reference in try repository.references(withPrefix: "refs/") {
        packed[reference.name] = reference.target
      }
    } catch {
      try reachability.add(error, from: .reference("packed-refs"))
    }
    // libgit2 does not list a file without valid contents, and such a file hides a packed reference.
    let loose = Set(try looseReferences(in: root) + ["HEAD"])
    for name in loose.union(packed.keys).sorted(by: Reachability.precedes) {
      do throws(GitError) {
        let target = loose.contains(name) ? try repository.reference(name) : packed[name]
        if case .object(let id) = target {
          reachability.roots.append(Reachability.Root(object: id, source: .reference(name)))
        }
      } catch {
        try reachability.add(error, from: .reference(name))
      }
    }
  }

  private func addOperations(to reachability: inout Reachability) throws(StoreError) {
    for operation in try finishedOperations() where !operation.isBeyondHorizon {
      for value in operation.moves.flatMap({ [$0.before, $0.after] }) {
        guard let id = value.flatMap({ ObjectID(hex: $0) }) else { continue }
        reachability.recorded.append(Reachability.Root(object: id, source: .operation(operation.id)))
      }
    }
  }
}

extension Reachability {
  /// Branches come first, then tags, so that they are named before other kept references, and HEAD.
  static func precedes(_ one: String, _ other: String) -> Bool {
    func rank(_ name: String) -> Int {
      name.hasPrefix("refs/heads/") ? 0 : name.hasPrefix("refs/tags/") ? 1 : name == "HEAD" ? 3 : 2
    }
    return (rank(one), one) < (rank(other), other)
  }

  fileprivate mutating func add(_ error: GitError, from source: Source) throws(StoreError) {
    if case .system = error.code { throw StoreError(error) }
    failures.append(Failure(source: source, problem: error.message))
  }

  fileprivate mutating func addIndex(in folder: FilePath, worktree: String?) throws(StoreError) {
    do throws(GitError) {
      for id in try IndexFile.objects(at: folder.appending("index")) {
        roots.append(Root(object: id, source: .index(worktree: worktree)))
      }
    } catch {
      try add(error, from: .index(worktree: worktree))
    }
  }

  /// Adds the HEAD, the index and the own references of a linked work tree.
  fileprivate mutating func addWorktree(_ folder: FilePath) throws(StoreError) {
    let worktree = folder.lastComponent?.string
    for name in ["HEAD"] + (try looseReferences(in: folder)) {
      do throws(GitError) {
        if case .object(let id) = try Repository.reference(name, in: folder) {
          roots.append(Root(object: id, source: .reference(name, worktree: worktree)))
        }
      } catch {
        try add(error, from: .reference(name, worktree: worktree))
      }
    }
    try addIndex(in: folder, worktree: worktree)
  }

  /// Adds the objects in the reflogs below a folder.
  fileprivate mutating func addReflogs(in folder: FilePath, worktree: String?) throws(StoreError) {
    for name in try files(below: folder.appending("logs")) {
      let entries = try translated { () throws(GitError) in
        try ReflogEntry.entries(in: folder.appending("logs").appending(name))
      }
      for entry in entries {
        for id in [entry.old, entry.new] where id != .zero {
          recorded.append(Root(object: id, source: .reflog(name, worktree: worktree)))
        }
      }
    }
  }
}

/// The names of the references that have a file of their own in a folder.
private func looseReferences(in folder: FilePath) throws(StoreError) -> [String] {
  try files(below: folder.appending("refs")).map { "refs/" + $0 }.filter {
    Repository.isValidReferenceName($0)
  }
}

/// The files below a folder, by the names on their path; empty if there is no such folder.
private func files(below folder: FilePath) throws(StoreError) -> [String] {
  var files: [String] = []
  try translated { () throws(FileError) in
    try walk(
      folder,
      unreadable: { (_, error) throws(FileError) in
        if !error.isAbsence { throw error }
      },
      { (entry) throws(FileError) in
        // git has a lock file next to each reference that it moves.
        if entry.kind != .directory, let steps = String(validating: entry.steps, as: UTF8.self),
          !steps.hasSuffix(".lock")
        {
          files.append(steps)
        }
        return true
      })
  }
  return files
}
