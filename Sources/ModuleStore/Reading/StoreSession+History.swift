internal import Catalog
internal import Git
public import Identifiers

/// One version of a path.
public struct Version: Hashable, Sendable {
  /// Its number, from 0 for the oldest; it does not change while the branch only moves forward.
  public let number: Int
  /// The module.
  public let digest: ModuleDigest
  /// The commit that added it.
  public let commit: CommitID
  /// The time of the commit.
  public let time: Timestamp
  /// Whether it is the current module at the path.
  public let isCurrent: Bool
}

/// A request for a log.
public struct LogRequest: Sendable {
  /// The revision to begin at; nil for the branch's head.
  public var revision: String?
  /// A revision whose history is left out; nil for none.
  public var excluded: String?
  /// A file or directory; only commits that change it are returned.
  public var path: ModulePath?
  /// The maximum number of commits.
  public var limit: Int?
  /// The number of commits to skip first.
  public var skip = 0
  /// Whether the oldest comes first.
  public var isReversed = false
  /// Whether to include each commit's changes.
  public var showsChanges = false
  /// The filter of commits.
  public var filter = HistoryFilter()
  /// Whether to follow only the first parent of each commit, so that a merge is one change.
  public var isFirstParent = false
  /// Whether commits must come after their children, at the cost of reading the whole history first.
  public var isTopological = false

  /// Creates a request for the whole history of the branch.
  public init() {}
}

/// One commit of a log.
public struct LogEntry: Sendable {
  /// The commit.
  public let commit: Commit
  /// The branches and tags that point to it.
  public let references: [String]
  /// Its changes compared with its first parent; nil unless they were requested.
  public var changes: [Change]?
}

extension StoreSession {
  /// The versions of a path along the branch's first parents, oldest first.
  ///
  /// `repeating`: Whether a module that returned is listed again.
  ///
  /// - Throws: `StoreError.moduleNotFound` if the path never contained a module.
  public func versions(of path: ModulePath, repeating: Bool = false) throws(StoreError) -> [Version] {
    guard let head = try head() else {
      throw .moduleNotFound(reference: path.description, branch: branch, lastAt: nil)
    }
    let changes = try changes(of: path, upTo: head.object)
    let current = try entry(at: path, in: head).flatMap { $0.mode == .file ? $0.id : nil }
    var versions: [Version] = []
    // A module that returned keeps its first number.
    var numbers: [ModuleDigest: Int] = [:]
    for (index, change) in changes.enumerated() {
      guard let object = change.object, EntryMode(bits: change.mode) == .file,
        let digest = try facts(ofBlob: object).digest
      else { continue }
      let commit = CommitID(change.commit)
      guard numbers[digest] == nil || repeating else { continue }
      let number = numbers[digest] ?? numbers.count
      numbers[digest] = number
      let isCurrent = repeating ? index == changes.count - 1 && object == current : object == current
      versions.append(
        Version(
          number: number, digest: digest, commit: commit, time: try self.commit(commit).time,
          isCurrent: isCurrent))
    }
    guard !versions.isEmpty else {
      throw .moduleNotFound(reference: path.description, branch: branch, lastAt: nil)
    }
    return versions
  }

  /// One version of a path; a negative number counts from the newest, -1.
  ///
  /// - Throws: `StoreError.versionNotFound`, `.moduleNotFound`.
  public func version(_ number: Int, of path: ModulePath) throws(StoreError) -> (
    version: Version, module: Module
  ) {
    let versions = try versions(of: path)
    let index = number < 0 ? versions.count + number : number
    guard versions.indices.contains(index) else {
      throw .versionNotFound(number: number, path: path, count: versions.count)
    }
    let version = versions[index]
    guard let entry = try entry(at: path, in: version.commit) else {
      throw .versionNotFound(number: number, path: path, count: versions.count)
    }
    return (version, try module(entry, at: path, commit: version.commit))
  }

  /// The commits that changed a path, or all commits of the branch, newest first.
  ///
  /// - Parameters:
  ///   - path: The file or directory; nil for the whole branch.
  ///   - limit: The maximum number of commits.
  ///   - filter: The filter of commits.
  ///   - isFirstParent: Whether a merge counts as one change.
  /// - Returns: The commits.
  /// - Throws: `StoreError.moduleNotFound` if the path never existed.
  public func audit(
    _ path: ModulePath? = nil, limit: Int? = nil, filter: HistoryFilter = HistoryFilter(),
    isFirstParent: Bool = false
  ) throws(StoreError) -> [Commit] {
    var request = LogRequest()
    request.path = path
    request.isFirstParent = isFirstParent
    var commits: [Commit] = []
    var isKnown = path == nil
    try log(request) { (entry) throws(StoreError) in
      isKnown = true
      guard filter.wants(by: entry.commit.author, at: entry.commit.time) else { return true }
      if let limit, commits.count >= limit { return false }
      commits.append(entry.commit)
      return true
    }
    if let path, !isKnown { throw .moduleNotFound(reference: path.description, branch: branch, lastAt: nil) }
    return commits
  }

  /// Passes the commits of a history to `body`, newest first, until it returns false.
  ///
  /// - Throws: `StoreError.noCommits`, and the errors of the revision.
  public func log(
    _ request: LogRequest, _ body: (LogEntry) throws(StoreError) -> Bool
  ) throws(StoreError) {
    let start = try existingCommit(request.revision)
    let excluded = try request.excluded.map { text throws(StoreError) in try ancestors(of: try resolve(text))
    }
    let names = try referenceNames()
    var remainingToSkip = request.skip
    var remaining = request.limit ?? .max
    var selected: [ObjectID] = []
    var failure: StoreError?
    func visit(_ id: ObjectID) throws(GitError) -> Bool {
      do throws(StoreError) {
        return try body(try logEntry(id, names: names, request: request))
      } catch {
        failure = error
        return false
      }
    }
    guard remaining > 0 else { return }
    try translated { () throws(GitError) in
      try walk(from: start.object, excluding: excluded ?? [], request) { (id) throws(GitError) in
        if !request.filter.wantsAll {
          let commit = Commit(try repository.commit(id))
          guard request.filter.wants(by: commit.author, at: commit.time) else { return true }
        }
        if let path = request.path, try !changes(id, path, onlyFirst: request.isFirstParent) { return true }
        if remainingToSkip > 0 {
          remainingToSkip -= 1
          return true
        }
        remaining -= 1
        if request.isReversed {
          selected.append(id)
        } else if try !visit(id) {
          return false
        }
        return remaining > 0
      }
      for id in selected.reversed() where failure == nil {
        guard try visit(id) else { break }
      }
    }
    if let failure { throw failure }
  }

  /// Visits the commits of a log.
  private func walk(
    from start: ObjectID, excluding excluded: Set<ObjectID>, _ request: LogRequest,
    _ body: (ObjectID) throws(GitError) -> Bool
  ) throws(GitError) {
    guard request.isFirstParent else {
      return try repository.walk(
        from: [start], excluding: excluded, order: request.isTopological ? .topological : .time, body)
    }
    try repository.walkFirstParents(from: start) { (step) throws(GitError) in
      guard !excluded.contains(step.id) else { return false }
      return try body(step.id)
    }
  }

  /// A commit and all commits of its history.
  private func ancestors(of commit: CommitID) throws(StoreError) -> Set<ObjectID> {
    var found: Set<ObjectID> = []
    try translated { () throws(GitError) in
      try repository.walk(from: [commit.object]) { (id) throws(GitError) in
        found.insert(id)
        return true
      }
    }
    return found
  }

  /// Returns whether a commit changed a path: whether no parent has the same entry there, as in git's log.
  ///
  /// - Parameters:
  ///   - id: The commit.
  ///   - path: A file or directory.
  ///   - onlyFirst: Whether only its first parent is compared.
  /// - Returns: Whether it did.
  /// - Throws: `GitError` if it cannot be read.
  private func changes(_ id: ObjectID, _ path: ModulePath, onlyFirst: Bool) throws(GitError) -> Bool {
    let commit = try repository.commit(id)
    let entry = try repository.entry(at: path.names, in: commit.tree)
    if commit.parents.isEmpty { return entry != nil }
    for parent in commit.parents.prefix(onlyFirst ? 1 : commit.parents.count) {
      if try repository.entry(at: path.names, in: repository.link(parent).tree) == entry { return false }
    }
    return true
  }

  private func logEntry(
    _ id: ObjectID, names: [ObjectID: [String]], request: LogRequest
  ) throws(StoreError) -> LogEntry {
    let commit = try commit(CommitID(id))
    return LogEntry(
      commit: commit, references: names[id] ?? [],
      changes: request.showsChanges ? try changes(in: commit.id) : nil)
  }

  private func referenceNames() throws(StoreError) -> [ObjectID: [String]] {
    var names: [ObjectID: [String]] = [:]
    for branch in try branches() {
      if let head = branch.head { names[head.object, default: []].append(branch.name.name) }
    }
    for tag in try tags() { names[tag.commit.object, default: []].append("tag: \(tag.name)") }
    return names
  }

  /// The changes of a commit compared with its first parent.
  public func changes(in commit: CommitID) throws(StoreError) -> [Change] {
    let commit = try self.commit(commit)
    let parent = try commit.parents.first.map { id throws(StoreError) in try self.commit(id) }
    return try changes(from: parent?.tree, to: commit.tree)
  }

  /// The paths that differ between two revisions.
  ///
  /// `old`: The first revision; nil for the head's first parent, or for no files if it has none.
  /// `new`: The second revision; nil for the branch's head.
  /// `path`: A file or directory to which the comparison is limited.
  public func diff(
    from old: String? = nil, to new: String? = nil, below path: ModulePath? = nil
  ) throws(StoreError) -> [Change] {
    let end = try existingCommit(new)
    let start: CommitID?
    if let old { start = try resolve(old) } else { start = try commit(end).parents.first }
    let startTree = try start.map { id throws(StoreError) in try commit(id).tree }
    return try changes(from: startTree, to: try commit(end).tree, below: path)
  }
}
