internal import FileSystem
internal import Git
internal import Identifiers
internal import SQLite
internal import SystemPackage

/// A reference that goes from one object to another; nil stands for no reference.
struct ReferenceMove {
  let name: String
  let before: ObjectID?
  let after: ObjectID?
}

/// What HEAD names before and after: full names of branches.
typealias HeadMove = (before: String, after: String)

extension StoreSession {
  /// Records an operation and moves its references; called under the write lock.
  ///
  /// Each move is a compare-and-swap, because plain git takes no lock of ours.
  ///
  /// `objects`: Loose objects that the references need and that are not durable yet.
  /// `keeping`: Whether commits that nothing names any more are kept for `undo`.
  ///
  /// - Throws: `StoreError.branchMoved` when a branch is no longer where the move expects it; nothing has
  ///   then changed.
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
        // What was done is noted in the catalog next.
        try objects.finish(with: files) { withCatalog { (_) throws(DatabaseError) in } }
      }
      if torn > 0 { work.note(.operationRecordRepaired(torn)) }
      if keeping { try keep(moves, for: operation) }
      if let update {
        try translated { () throws(GitError) in try update.finish() }
      } else {
        try move(moves, head: head, for: operation, by: author)
        if isPassage(moves) { try release(moves, keptFor: operation) }
      }
      // Where this fails, the references say the same until plain git moves them.
      try? record.appendDone(operation.id)
    } catch {
      // What took place although the disk failed afterwards stays in the record, so that it can be undone. Where
      // it did not and this fails too, the next writer does it.
      if !hasTakenPlace(operation, despite: error) { try? record.appendVoid(operation.id) }
      throw error
    }
    return operation
  }

  /// Tells whether the references are where the operation was to take them, so that the error came afterwards.
  private func hasTakenPlace(_ operation: Operation, despite error: StoreError) -> Bool {
    if case .branchMoved = error { return false }
    return operation.moves.allSatisfy { move in (try? current(move.name)) == .some(move.after) }
  }

  /// Begins the move of a single reference where that is quicker than to leave it to libgit2; else nil.
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

  /// How many references move before HEAD: it names a branch as soon as that is there, so that it never names one
  /// that is gone if the process dies.
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
      // One that failed may have moved all the same; one that somebody else moved has not.
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

  /// The record of operations.
  var record: OperationRecord { OperationRecord(path: layout.operations) }

  /// Gives a name to each commit that would otherwise be lost, so that the operation can be undone.
  private func keep(_ moves: [ReferenceMove], for operation: Operation) throws(StoreError) {
    try translated { () throws(GitError) in
      let moving = Set(moves.map(\.name))
      var starts = moves.compactMap(\.after)
      // Not what is kept or pinned for a while: it may go before this operation is undone.
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
        // A tag object is named by nothing but its tag, and nothing says of a passing branch where it was.
        let isAlwaysKept = !isCommit || index == 0 && isPassage(moves)
        if !isAlwaysKept, try repository.isReachable(before, from: starts) { continue }
        let suffix = index == 0 ? "" : "-\(index)"
        try repository.update(
          StoreSession.keptPrefix + operation.id + suffix, from: nil, to: before,
          message: Operation.logMark + "kept"
        )
      }
    }
  }

  /// Tells whether a branch goes before it comes back under another name: nothing else names it in between.
  private func isPassage(_ moves: [ReferenceMove]) -> Bool { moves.count > 1 && moves.first?.after == nil }

  /// Drops what was kept while the branch was gone.
  private func release(_ moves: [ReferenceMove], keptFor operation: Operation) throws(StoreError) {
    guard let before = moves.first?.before, moves.contains(where: { $0.after == before }) else { return }
    try translated { () throws(GitError) in
      guard try repository.objectID(of: StoreSession.keptPrefix + operation.id) == before else { return }
      try repository.delete(StoreSession.keptPrefix + operation.id, expected: before)
    }
  }

  /// Where commits stand that only `undo` can reach.
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
