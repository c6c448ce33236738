internal import Catalog
internal import Git
internal import Identifiers
internal import Wasm

/// The orders of a listing.
public enum ListSort: String, Hashable, Sendable, CaseIterable {
  /// By path, with components in byte order.
  case path
  /// The largest first.
  case size
  /// The most recently changed first.
  case date
}

/// A request for a listing.
public struct ListRequest: Sendable {
  /// A path whose entries are listed, or a pattern with `*`, `?`, `[…]` or `**`; nil for all.
  public var pattern: String?
  /// The revision to list; nil for the branch's head.
  public var revision: String?
  /// The order.
  public var sort = ListSort.path
  /// Whether to list entries that are not modules too.
  public var showsAll = false
  /// Whether to include the last change of each entry.
  public var showsChanges = false
  /// Whether to include the interface of each module.
  public var showsInterfaces = false

  /// Creates a request for all modules of the branch.
  public init() {}
}

extension StoreSession {
  /// Lists the entries of a branch or revision.
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
    var files = try files(of: commit, below: filter)
    if let filter { files.removeAll { !filter.matches($0.path) } }
    let (facts, descriptions) = try facts(of: files, request.showsInterfaces ? .description : .summary)
    var entries: [ListEntry] = []
    entries.reserveCapacity(files.count)
    for file in files {
      var entry = try listEntry(file, facts[file.id])
      entry.description = descriptions[file.id]
      if request.showsAll || entry.digest != nil { entries.append(entry) }
    }
    if request.showsChanges || request.sort == .date { try fillChanges(&entries, upTo: commit) }
    switch request.sort {
    case .path: break
    case .size: return sorted(entries) { $0.size ?? 0 }
    case .date: return sorted(entries) { $0.changed ?? Timestamp(seconds: .min) }
    }
    return entries
  }

  /// The entries with the greatest keys first; entries with equal keys are sorted by path.
  private func sorted<Key: Comparable>(_ entries: [ListEntry], by key: (ListEntry) -> Key) -> [ListEntry] {
    entries.map { (key: key($0), path: $0.path.spelled, entry: $0) }
      .sorted { ($0.key, $1.path) > ($1.key, $0.path) }.map(\.entry)
  }

  /// The files of a commit, ordered by their path components; only those below a filter's fixed part. Their paths have
  /// a leading slash.
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
      let path: [UInt8] = prefix.flatMap { [0x2f] + $0 }
      guard start.mode == .directory else { return [TreeFile(path: path, mode: start.mode, id: start.id)] }
      try repository.walkFiles(below: start.id, prefix: path + [0x2f]) { (file) throws(GitError) in
        files.append(file)
        return true
      }
      return files
    }
  }

  /// The facts about the blobs of the files in a tree.
  private func facts(
    of files: [TreeFile], _ detail: FactsDetail
  ) throws(StoreError) -> (facts: [ObjectID: ModuleFacts], descriptions: [ObjectID: ModuleDescription]) {
    var blobs: Set<ObjectID> = Set(minimumCapacity: files.count)
    for file in files where file.mode == .file { blobs.insert(file.id) }
    var known: [ObjectID: ModuleFacts] = Dictionary(minimumCapacity: blobs.count)
    var descriptions: [ObjectID: ModuleDescription] = [:]
    try forEachFacts(ofBlobs: blobs, detail) { blob, facts in
      known[blob] = facts
      guard detail == .description, facts.digest != nil, facts.problem == nil else { return true }
      // The catalog may have a description in an earlier encoding.
      descriptions[blob] = facts.description.flatMap { ModuleDescription(encoded: $0) }
      return descriptions[blob] != nil
    }
    return (known, descriptions)
  }

  /// The entry of a file; the facts are included if it may be a module.
  func listEntry(_ file: TreeFile, _ facts: ModuleFacts?) throws(StoreError) -> ListEntry {
    guard file.mode == .file, let facts else {
      var size: Int?
      if file.mode != .submodule {
        size = try translated { () throws(GitError) in try repository.header(of: file.id).size }
      }
      return ListEntry(
        path: RawPath(file.path), digest: nil, size: size, kind: EntryKind(file.mode), problem: nil)
    }
    guard ModulePath.isPath(file.path) else {
      return ListEntry(path: RawPath(file.path), digest: nil, size: facts.size, kind: .oddName, problem: nil)
    }
    return ListEntry(
      path: RawPath(file.path),
      digest: file.mode == .file ? facts.digest : nil,
      size: facts.size, kind: EntryKind(facts.kind) ?? .file, problem: facts.problem)
  }

  /// Adds the last change to each entry with a path.
  private func fillChanges(_ entries: inout [ListEntry], upTo head: CommitID) throws(StoreError) {
    let named = entries.indices.filter { index in
      entries[index].digest != nil || ModulePath.isPath(entries[index].path.bytes)
    }
    let paths = named.map { Array(entries[$0].path.bytes.dropFirst()) }
    var times: [CommitID: Timestamp] = [:]
    for (index, commit) in zip(named, try lastCommits(changing: paths, upTo: head.object)) {
      guard let commit else { continue }
      if times[commit] == nil { times[commit] = try self.commit(commit).time }
      entries[index].commit = commit
      entries[index].changed = times[commit]
    }
  }
}
