internal import Catalog
internal import Git

/// The orders of a listing.
public enum ListSort: String, Hashable, Sendable, CaseIterable {
  /// By path, the steps in byte order.
  case path
  /// The largest first.
  case size
  /// The most recently changed first.
  case date
}

/// What a listing is to show.
public struct ListRequest: Sendable {
  /// A path whose entries are wanted, or a pattern with `*`, `?`, `[…]` or `**`; nil for all.
  public var pattern: String?
  /// The revision to list; nil for the branch's head.
  public var revision: String?
  /// The order.
  public var sort = ListSort.path
  /// Whether entries that are no modules are shown too.
  public var showsAll = false
  /// Whether each entry says when it last changed.
  public var showsChanges = false

  /// Asks for all modules of the branch.
  public init() {}
}

extension Store {
  /// Lists what stands in a branch or revision.
  ///
  /// - Throws: `StoreError.branchNotFound`, `.unknownRevision`, `.invalidPath`.
  public func list(_ request: ListRequest) throws(StoreError) -> [ListEntry] {
    let commit: CommitID
    if let revision = request.revision {
      commit = try resolve(revision)
    } else {
      guard let head = try head() else { return [] }
      commit = head
    }
    let filter = try request.pattern.map { text throws(StoreError) in try PathFilter(text) }
    let files = try files(of: commit, below: filter).filter { filter?.matches($0.path) ?? true }
    let facts = try facts(of: files)
    var entries: [ListEntry] = []
    var paths: [ModulePath?] = []
    for file in files {
      let entry = try listEntry(file, facts[file.id])
      guard request.showsAll || entry.digest != nil else { continue }
      entries.append(entry)
      if request.showsChanges || request.sort == .date { paths.append(ModulePath(names: file.path)) }
    }
    if !paths.isEmpty { try fillChanges(&entries, at: paths, head: commit) }
    switch request.sort {
    case .path: break
    case .size: entries.sort { ($0.size ?? 0, $1.path) > ($1.size ?? 0, $0.path) }
    case .date:
      let never = Timestamp(seconds: .min)
      entries.sort { ($0.changed ?? never, $1.path) > ($1.changed ?? never, $0.path) }
    }
    return entries
  }

  /// The files of a commit, in the order of their steps; only those below a filter's fixed part.
  func files(of commit: CommitID, below filter: PathFilter?) throws(StoreError) -> [TreeFile] {
    try translated { () throws(GitError) in
      var files: [TreeFile] = []
      let root = try repository.link(commit.object).tree
      var start = TreeEntry(name: [], mode: .directory, id: root)
      let prefix = filter?.prefix ?? []
      if !prefix.isEmpty {
        guard let entry = try repository.entry(at: prefix, in: root) else { return [] }
        start = entry
      }
      guard start.mode == .directory else { return [TreeFile(path: prefix, mode: start.mode, id: start.id)] }
      try repository.walkFiles(below: start.id, at: prefix) { (file) throws(GitError) in
        files.append(file)
        return true
      }
      return files
    }
  }

  /// What the blobs are that stand in a tree as files.
  private func facts(of files: [TreeFile]) throws(StoreError) -> [ObjectID: BlobFacts] {
    let blobs = Set(files.lazy.filter { $0.mode == .file || $0.mode == .groupWritableFile }.map(\.id))
    var known: [ObjectID: BlobFacts] = Dictionary(minimumCapacity: blobs.count)
    try forEachFacts(ofBlobs: blobs) { facts in
      if let blob = ObjectID(bytes: facts.blob) { known[blob] = facts }
      return true
    }
    return known
  }

  /// The line of a file; those that may be modules carry their facts.
  func listEntry(_ file: TreeFile, _ facts: BlobFacts?) throws(StoreError) -> ListEntry {
    let path = spelled(file.path)
    let bytes = [0x2f] + Array(file.path.joined(separator: [0x2f]))
    guard file.mode != .submodule else {
      return ListEntry(path: path, pathBytes: bytes, digest: nil, size: nil, kind: .submodule, problem: nil)
    }
    guard file.mode == .file || file.mode == .groupWritableFile, let facts else {
      let size = try translated { () throws(GitError) in try repository.header(of: file.id).size }
      return ListEntry(
        path: path, pathBytes: bytes, digest: nil, size: size, kind: EntryKind(file.mode), problem: nil)
    }
    guard ModulePath(names: file.path) != nil else {
      return ListEntry(
        path: path, pathBytes: bytes, digest: nil, size: facts.size, kind: .oddName, problem: nil)
    }
    return ListEntry(
      path: path, pathBytes: bytes,
      digest: file.mode == .file ? facts.digest.map { ModuleDigest(bytes: $0) } : nil,
      size: facts.size, kind: EntryKind(facts.kind) ?? .file, problem: facts.problem)
  }

  private func fillChanges(
    _ entries: inout [ListEntry], at paths: [ModulePath?], head: CommitID
  ) throws(StoreError) {
    let changes = try lastChanges(of: paths.compactMap { $0 }, upTo: head.object)
    var times: [CommitID: Timestamp] = [:]
    var next = changes.makeIterator()
    for (index, path) in paths.enumerated() where path != nil {
      guard let change = next.next() ?? nil, let id = ObjectID(bytes: change.commit) else { continue }
      let commit = CommitID(id)
      let time: Timestamp
      if let known = times[commit] { time = known } else { time = try self.commit(commit).time }
      times[commit] = time
      entries[index].commit = commit
      entries[index].changed = time
    }
  }
}
