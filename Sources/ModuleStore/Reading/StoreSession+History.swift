internal import Catalog
internal import Git
public import Identifiers

/// One version of a path.
public struct Version: Hashable, Sendable {
  /// Its number, 0 the oldest; it keeps its meaning while the branch only goes forward.
  public let number: Int
  /// The module.
  public let digest: ModuleDigest
  /// The commit that brought it.
  public let commit: CommitID
  /// When that was.
  public let time: Timestamp
  /// Whether the path holds it now.
  public let isCurrent: Bool
}

/// What a log is to show.
public struct LogRequest: Sendable {
  /// Where to begin; nil for the branch's head.
  public var revision: String?
  /// A revision whose history is left out; nil where none is.
  public var excluded: String?
  /// A file or directory whose changes alone are wanted.
  public var path: ModulePath?
  /// The most commits to show.
  public var limit: Int?
  /// How many commits to pass over first.
  public var skip = 0
  /// Whether the oldest comes first.
  public var isReversed = false
  /// Whether each commit's changes are wanted.
  public var showsChanges = false
  /// Which commits are wanted.
  public var filter = HistoryFilter()
  /// Whether only the first parent of each commit is followed, so that a merge is one change.
  public var isFirstParent = false
  /// Whether no commit may come before its children, at the cost of reading the whole history first.
  public var isTopological = false

  /// Asks for the whole history of the branch.
  public init() {}
}

/// One commit of a log.
public struct LogEntry: Sendable {
  /// The commit.
  public let commit: Commit
  /// The branches and tags that stand at it.
  public let references: [String]
  /// Its changes against its first parent; nil unless they were asked for.
  public var changes: [Change]?
}

extension StoreSession {
  /// The versions of a path along the branch's first parents, oldest first.
  ///
  /// `repeating`: Whether a module that came back is listed again.
  ///
  /// - Throws: `StoreError.moduleNotFound` where the path never held a module.
  public func versions(of path: ModulePath, repeating: Bool = false) throws(StoreError) -> [Version] {
    guard let head = try head() else {
      throw .moduleNotFound(reference: path.description, branch: branch, lastAt: nil)
    }
    let changes = try changes(of: path, upTo: head.object)
    let current = try entry(at: path, in: head).flatMap { $0.mode == .file ? $0.id : nil }
    var versions: [Version] = []
    // A module that came back keeps the number that it had first.
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
  ///   - limit: The most commits to answer.
  ///   - filter: Which commits are wanted.
  ///   - isFirstParent: Whether a merge is one change.
  /// - Returns: The commits.
  /// - Throws: `StoreError.moduleNotFound` where the path was never there.
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

  /// Passes the commits of a history to `body`, newest first, until it answers false.
  ///
  /// - Throws: `StoreError.noCommits`, and what the revision throws.
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

  /// Visits the commits that a log goes through.
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

  /// A commit and all that its history has.
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

  /// Tells whether a commit changed a path: whether none of its parents has the same there, as git's log
  /// decides it.
  ///
  /// - Parameters:
  ///   - id: The commit.
  ///   - path: A file or directory.
  ///   - onlyFirst: Whether its first parent alone counts.
  /// - Returns: Whether it did.
  /// - Throws: `GitError` where it cannot be read.
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

  /// What a commit changed against its first parent.
  public func changes(in commit: CommitID) throws(StoreError) -> [Change] {
    let commit = try self.commit(commit)
    let parent = try commit.parents.first.map { id throws(StoreError) in try self.commit(id) }
    return try changes(from: parent?.tree, to: commit.tree)
  }

  /// The paths in which two revisions differ.
  ///
  /// `old`: The first revision; nil for the head's first parent, or for nothing where it has none.
  /// `new`: The second revision; nil for the branch's head.
  /// `path`: A file or directory to look at alone.
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
