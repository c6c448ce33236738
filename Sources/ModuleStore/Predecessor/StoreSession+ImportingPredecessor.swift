internal import FileSystem
internal import Git
internal import Glibc
internal import Identifiers
internal import SystemPackage

extension StoreSession {
  /// Imports a store of the older wasmstore, or a backup of one, with its history and branches.
  ///
  /// Everything is read before anything becomes visible here, and the older store is not changed. The import of the
  /// same store always makes the same commits, so it can be imported again after it has grown.
  ///
  /// - Parameter request: The options.
  /// - Returns: The result. If something is damaged, and the options do not allow a partial import, nothing was
  ///   imported.
  /// - Throws: `StoreError.source` if it cannot be read, `.locked` if a process writes to it, `.branchExists` if a
  ///   branch of that name has other contents, `.pathConflict`, `.invalidName`.
  public func importPredecessor(_ request: PredecessorImportRequest) throws(StoreError)
    -> PredecessorImportResult
  {
    let files = try files(of: request)
    defer { files.remove() }
    return try whileNothingIsDeleted(unless: request.isDryRun) { () throws(StoreError) in
      try importPredecessor(from: files, request)
    }
  }

  private func files(of request: PredecessorImportRequest) throws(StoreError) -> PredecessorFiles {
    switch request.source {
    case .archive(let origin): return try PredecessorFiles(origin, in: layout.temporary, work)
    case .folder(let folder):
      let files = try PredecessorFiles(folder: folder)
      try awaitWriters(of: files)
      return files
    }
  }

  /// Waits until no process writes. A lock of a dead process counts as stale after ten minutes, as in the older
  /// wasmstore.
  private func awaitWriters(of files: PredecessorFiles) throws(StoreError) {
    let end = ContinuousClock.now + options.lockTimeout
    while true {
      let newest: Int64?
      do throws(FileError) { newest = try files.newestLock() } catch { throw .source(error) }
      guard let newest, Timestamp.now.seconds - newest / 1_000_000_000 < 600 else { return }
      guard ContinuousClock.now < end else {
        throw .locked(
          what: FilePath(files.name).appending("lock").string,
          seconds: Int(options.lockTimeout.components.seconds))
      }
      try work.check()
      usleep(100_000)
    }
  }

  private func importPredecessor(
    from files: PredecessorFiles, _ request: PredecessorImportRequest
  ) throws(StoreError) -> PredecessorImportResult {
    var survey = try PredecessorSurvey(files, work)
    // If something is missing, a writer or a gc may have been running.
    if !survey.damage.isEmpty, try files.haveReferencesMoved() { survey = try PredecessorSurvey(files, work) }
    let pack = try translated { () throws(GitError) in
      request.isDryRun
        ? nil
        : try PackWriter(
          objects: layout.objects, temporary: layout.temporary, level: 6,
          exists: try objectReader.freshening())
    }
    let modules = try storeModules(of: survey, files, in: pack)
    var result = PredecessorImportResult()
    result.damage = survey.damage
    var blobs: [PredecessorKey: ObjectID] = [:]
    for (key, module) in zip(survey.modules, modules) {
      switch module {
      case .stored(let blob, let size):
        blobs[key] = blob
        result.bytes += size
      case .damaged(let problem): result.damage.append(survey.damage(ofModule: key, problem))
      }
    }
    try describe(survey, files, &result)
    let names = try branchNames(of: survey, request)
    result.branches = zip(survey.heads, names).map { head, name in
      PredecessorImportResult.ImportedBranch(
        formerName: RawPath(head.name), name: name, formerHead: head.commit.hex, head: nil)
    }
    guard let pack, result.damage.isEmpty || request.isPartial else { return result }
    let conversion = try convert(survey, blobs: blobs, in: pack, &result)
    try move(conversion, survey, from: files, &result)
    result.isWritten = true
    return result
  }

  private func describe(
    _ survey: PredecessorSurvey, _ files: PredecessorFiles, _ result: inout PredecessorImportResult
  ) throws(StoreError) {
    result.commits = survey.commits.count
    result.merges = survey.commits.count { $0.commit.parents.count > 1 }
    result.folders = survey.folders.count
    result.modules = survey.modules.count
    result.missingParents = survey.missingParentCount
    result.others = files.others
    let reached = Set(survey.commits.map(\.key) + survey.folders + survey.modules)
    let keys = try files.keys()
    result.unreached = keys.count { !reached.contains($0) }
    if survey.heads.isEmpty, result.damage.isEmpty, !keys.isEmpty {
      result.damage.append(
        PredecessorDamage(
          kind: .reference, name: "refs", problem: "there are objects, but no branch", commit: nil, path: nil)
      )
    }
  }

  private func branchNames(
    of survey: PredecessorSurvey, _ request: PredecessorImportRequest
  ) throws(StoreError) -> [BranchName] {
    var taken: Set<BranchName> = []
    return try survey.heads.map { head throws(StoreError) in
      var name = try PredecessorName.branch(head.name)
      if let prefix = request.prefix { name = try BranchName("\(prefix)/\(name)") }
      guard taken.insert(name).inserted else {
        throw .invalidName(name.name, reason: "two branches would get this name")
      }
      return name
    }
  }

  /// The converted history.
  private struct Conversion {
    var commits: [PredecessorKey: ObjectID] = [:]
    let objects: ObjectSink
  }

  private func convert(
    _ survey: PredecessorSurvey, blobs: [PredecessorKey: ObjectID], in pack: PackWriter,
    _ result: inout PredecessorImportResult
  ) throws(StoreError) -> Conversion {
    let objects = try translated { () throws(GitError) in try ObjectSink(looseObjects, pack: pack) }
    let trees = try PredecessorTrees(survey, blobs: blobs, work) { (bytes) throws(GitError) in
      try objects.write(bytes.span.bytes, kind: .tree)
    }
    for (old, new) in trees.renamed { result.renamed[RawPath(old)] = RawPath(new) }
    // Written only if a commit has no contents.
    var empty: ObjectID?
    var conversion = Conversion(objects: objects)
    for found in survey.commits {
      try work.check()
      var tree = trees.root(found.commit.root) ?? empty
      if tree == nil {
        let nothing = Tree.empty.bytes
        tree = try translated { () throws(GitError) in try objects.write(nothing.span.bytes, kind: .tree) }
        empty = tree
      }
      guard let tree else { continue }
      let converted = ConvertedCommit(
        found.commit, named: found.key, tree: tree,
        parents: found.parents.compactMap { conversion.commits[$0] }, missingParents: found.missingParents,
        missingPaths: try trees.missingPaths(below: found.commit.root))
      if converted.hasOtherAuthor || converted.hasOtherDate { result.changedCommits += 1 }
      conversion.commits[found.key] = try translated { () throws(GitError) in
        try objects.write(converted.bytes.span.bytes, kind: .commit)
      }
    }
    try translated { () throws(GitError) in
      if try objects.finishPack() { try repository.refresh() }
    }
    return conversion
  }

  /// Creates the branches, all or none. An existing branch may move forward to the new commits.
  private func move(
    _ conversion: Conversion, _ survey: PredecessorSurvey, from files: PredecessorFiles,
    _ result: inout PredecessorImportResult
  ) throws(StoreError) {
    var branches: [PredecessorImportResult.ImportedBranch] = []
    for (head, branch) in zip(survey.heads, result.branches) {
      guard let id = conversion.commits[head.commit] else { continue }
      branches.append(
        PredecessorImportResult.ImportedBranch(
          formerName: branch.formerName, name: branch.name, formerHead: branch.formerHead, head: CommitID(id))
      )
    }
    result.branches = branches
    try locks.writing { () throws(StoreError) in
      try migrate()
      let moves = try branches.map { branch throws(StoreError) in try move(of: branch) }.compactMap(\.self)
      try connection.refreshDefaultBranch()
      let head = try headMove(branches)
      guard !moves.isEmpty || head != nil else { return }
      try perform(
        moves, head: head, command: "import --format predecessor \(files.name)", objects: conversion.objects)
    }
    try connection.refreshDefaultBranch()
  }

  private func move(
    of branch: PredecessorImportResult.ImportedBranch
  ) throws(StoreError) -> ReferenceMove? {
    guard let head = branch.head?.object else { return nil }
    try refuseCheckedOut(branch.name)
    guard let present = try objectID(of: branch.name.reference) else {
      try refuseClash(of: branch.name.reference)
      return ReferenceMove(name: branch.name.reference, before: nil, after: head)
    }
    if present == head { return nil }
    let isGrown = try translated { () throws(GitError) in try repository.isReachable(present, from: [head]) }
    guard isGrown else { throw .branchExists(branch.name) }
    return ReferenceMove(name: branch.name.reference, before: present, after: head)
  }

  /// HEAD names the only branch, if it names no branch with a commit.
  private func headMove(
    _ branches: [PredecessorImportResult.ImportedBranch]
  ) throws(StoreError) -> HeadMove? {
    guard !isHeadDetached, branches.count == 1, let only = branches.first?.name, only != defaultBranch,
      try objectID(of: defaultBranch.reference) == nil
    else { return nil }
    return (defaultBranch.reference, only.reference)
  }
}
