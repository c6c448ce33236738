internal import FileSystem
internal import Git
internal import Identifiers
internal import SQLite
internal import SystemPackage

/// The move of a reference from one object to another; nil stands for no reference.
struct ReferenceMove {
  let name: String
  let before: ObjectID?
  let after: ObjectID?
}

/// The full names of the branches that HEAD names before and after.
typealias HeadMove = (before: String, after: String)

extension StoreSession {
  /// Records an operation and moves its references; called under the write lock.
  ///
  /// Each move is a compare-and-swap, because plain git does not take our locks.
  ///
  /// `objects`: Loose objects that the references need and that are not durable yet.
  /// `keeping`: Whether commits that become unreachable are kept for `undo`.
  ///
  /// - Throws: `StoreError.branchMoved` if a branch no longer has the expected value; then nothing has changed.
  @discardableResult
  func perform(
    _ moves: [ReferenceMove], head: HeadMove? = nil, command: String,
    objects: ObjectSink? = nil, keeping: Bool = false, undoes: String? = nil
  ) throws(StoreError) -> Operation {
    let author = try author
    try retireUnfinishedOperation(undoes: undoes)
    var recorded = moves.map { Operation.Move(name: $0.name, before: $0.before?.hex, after: $0.after?.hex) }
    if let head {
      recorded.insert(
        Operation.Move(
          name: "HEAD", before: ReferenceTarget.symbolic(head.before).recorded,
          after: ReferenceTarget.symbolic(head.after).recorded),
        at: StoreSession.place(of: head, among: moves))
    }
    let operation = Operation(
      id: Operation.newID(), time: options.recordClock(), command: command, author: author.name,
      mail: author.mail, moves: recorded, undoes: undoes)
    let update = try objects == nil ? nil : beginUpdate(moves, for: operation, by: author)
    do throws(StoreError) {
      let torn = try record.append(operation) { (line) throws(GitError) in
        let files = [line] + (update.map { [$0.file] } ?? [])
        guard let objects else { return try makeDurable(files) }
        // The catalog is updated next.
        try objects.finish(with: files) { withCatalog { (_) throws(DatabaseError) in } }
      }
      if torn > 0 { work.note(.operationRecordRepaired(torn)) }
      if keeping { try keep(moves, for: operation) }
      if let update {
        try translated { () throws(GitError) in try update.finish() }
      } else {
        try move(moves, head: head, for: operation, by: author)
        if deletesBeforeCreating(moves) { try release(moves, keptFor: operation) }
      }
      // If this fails, the references show the same until plain git moves them.
      try? record.appendDone(operation.id)
    } catch {
      // If the operation took place although the disk failed afterwards, it stays in the record, so that it can be
      // undone. If it did not take place and writing the void line fails too, the next writer writes it.
      if !hasTakenPlace(operation, despite: error) { try? record.appendVoid(operation.id) }
      throw error
    }
    carryRecord()
    return operation
  }

  /// Returns whether the references have their new values, so that the error occurred afterwards.
  private func hasTakenPlace(_ operation: Operation, despite error: StoreError) -> Bool {
    if case .branchMoved = error { return false }
    return operation.moves.allSatisfy { move in (try? current(move.name)) == .some(move.after) }
  }

  /// Starts the move of a single reference if that is faster than with libgit2; otherwise nil.
  private func beginUpdate(
    _ moves: [ReferenceMove], for operation: Operation, by author: Author
  ) throws(StoreError) -> ReferenceUpdate? {
    guard moves.count == 1, let move = moves.first, let before = move.before, let after = move.after else {
      return nil
    }
    let signature = author.signature(at: operation.time)
    return try withStaleLocksRemoved(moving: move.name) { () throws(GitError) in
      try repository.beginUpdate(
        move.name, from: before, to: after, by: signature, message: operation.logMessage)
    }
  }

  /// The number of references that move before HEAD: HEAD names a branch as soon as the branch exists, so that HEAD
  /// never names a deleted branch if the process dies.
  private static func place(of head: HeadMove, among moves: [ReferenceMove]) -> Int {
    moves.firstIndex { $0.name == head.after && $0.after != nil }.map { $0 + 1 } ?? moves.count
  }

  /// Moves all references, or none.
  private func move(
    _ moves: [ReferenceMove], head: HeadMove?, for operation: Operation, by author: Author
  ) throws(StoreError) {
    func setHead(_ name: String) throws(StoreError) {
      let signature = author.signature(at: operation.time)
      try withStaleLocksRemoved { () throws(GitError) in try repository.setHead(name, by: signature) }
    }
    let place = head.map { StoreSession.place(of: $0, among: moves) }
    try translated { () throws(GitError) in try repository.setIdentity(name: author.name, mail: author.mail) }
    var begun: [ReferenceMove] = []
    do throws(StoreError) {
      for (index, move) in moves.enumerated() {
        if let head, index == place { try setHead(head.after) }
        begun.append(move)
        try apply(move, message: operation.logMessage)
      }
      if let head, place == moves.count { try setHead(head.after) }
    } catch {
      guard !hasTakenPlace(operation, despite: error) else { throw error }
      // A reference whose move failed may have moved nevertheless; a reference that another process moved has not.
      if case .branchMoved = error { begun.removeLast() }
      if let head, try current("HEAD") == ReferenceTarget.symbolic(head.after).recorded {
        try setHead(head.before)
      }
      for move in begun.reversed() where try current(move.name) == move.after?.hex {
        try apply(
          ReferenceMove(name: move.name, before: move.after, after: move.before),
          message: Operation.logMark + "back")
      }
      throw error
    }
  }

  /// The operation record.
  var record: OperationRecord {
    OperationRecord(path: layout.operations) { () throws(StoreError) in try carriedRecord() }
  }

  /// Creates a reference to each commit that would become unreachable, so that the operation can be undone.
  private func keep(_ moves: [ReferenceMove], for operation: Operation) throws(StoreError) {
    try translated { () throws(GitError) in
      let moving = Set(moves.map(\.name))
      var starts = moves.compactMap(\.after)
      // Kept references and pins are ignored: they may be deleted before this operation is undone.
      for prefix in ["refs/heads/", "refs/tags/"] {
        for reference in try repository.references(withPrefix: prefix) where !moving.contains(reference.name)
        {
          guard case .object(let id) = reference.target else { continue }
          if let commit = try repository.commitID(peeling: id) { starts.append(commit) }
        }
      }
      for (index, move) in moves.enumerated() {
        guard let before = move.before else { continue }
        let isCommit = try repository.header(of: before).kind == .commit
        // Only its tag names a tag object, and nothing records the value of a branch that is deleted for a moment.
        let isAlwaysKept = !isCommit || index == 0 && deletesBeforeCreating(moves)
        if !isAlwaysKept, try repository.isReachable(before, from: starts) { continue }
        let suffix = index == 0 ? "" : "-\(index)"
        try repository.update(
          StoreSession.keptPrefix + operation.id + suffix, from: nil, to: before,
          message: Operation.logMark + "kept"
        )
      }
    }
  }

  /// Returns whether a branch is deleted before it is created under another name: in between, nothing else names its
  /// commit.
  private func deletesBeforeCreating(_ moves: [ReferenceMove]) -> Bool {
    moves.count > 1 && moves.first?.after == nil
  }

  /// Deletes the reference that was kept while the branch did not exist.
  private func release(_ moves: [ReferenceMove], keptFor operation: Operation) throws(StoreError) {
    guard let before = moves.first?.before, moves.contains(where: { $0.after == before }) else { return }
    try translated { () throws(GitError) in
      guard try repository.objectID(of: StoreSession.keptPrefix + operation.id) == before else { return }
      try repository.delete(StoreSession.keptPrefix + operation.id, expected: before)
    }
  }

  /// The references to commits that only `undo` can reach.
  static let keptPrefix = "refs/wasmstore/kept/"

  private func apply(_ move: ReferenceMove, message: String) throws(StoreError) {
    try withStaleLocksRemoved(moving: move.name) { () throws(GitError) in
      switch (move.before, move.after) {
      case (let before, let after?):
        try repository.update(move.name, from: before, to: after, message: message)
      case (let before?, nil): try repository.delete(move.name, expected: before)
      case (nil, nil): break
      }
    }
  }
}
