internal import Git
internal import Identifiers

extension StoreSession {
  /// The recorded operations, newest first.
  public func operations(limit: Int? = nil) throws(StoreError) -> [Operation] {
    let operations = try finishedOperations().reversed()
    return Array(limit.map { operations.prefix($0) } ?? operations[...])
  }

  /// Undoes an operation: each reference that it moved returns to its earlier value. A reference that already has it is
  /// skipped; a process that dies between two moves leaves such a state.
  ///
  /// Without a name, this is the newest operation that is not an undo and is not undone yet, so that repeated calls go
  /// further back. An undo is itself an operation: undoing it applies the first one again.
  ///
  /// `name`: A number in the listing, 0 for the newest, or an operation's id or a prefix of it.
  ///
  /// - Throws: `StoreError.nothingToUndo`, `.operationNotFound`, `.cannotUndo` if a reference has moved since,
  ///   `.branchProtected`, `.invalidName` if a newer reference prevents the return of an old one.
  public func undo(_ name: String? = nil, dryRun: Bool = false) throws(StoreError) -> Operation {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      let operations = try operations()
      let operation: Operation
      if let name {
        operation = try find(name, in: operations)
      } else {
        operation = try newest(of: operations)
      }
      try takeBack(operation, command: "undo \(operation.id)", dryRun: dryRun)
      return operation
    }
  }

  /// Applies the operation of the newest undo again, unless another operation took place since. Repeated calls apply
  /// operations that were undone before that.
  ///
  /// - Parameter dryRun: Whether nothing is written.
  /// - Returns: The operation that was applied again.
  /// - Throws: `StoreError.nothingToRedo`, and the errors of `undo` except `.nothingToUndo`.
  public func redo(dryRun: Bool = false) throws(StoreError) -> Operation {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      let (undo, operation) = try newestUndo(in: try operations())
      try takeBack(undo, command: "redo \(operation.id)", dryRun: dryRun)
      return operation
    }
  }

  /// Reverses the moves of an operation, as an operation that undoes it.
  private func takeBack(_ operation: Operation, command: String, dryRun: Bool) throws(StoreError) {
    if operation.isBeyondHorizon { throw .beyondHorizon(operation: operation.id) }
    if operation.moves.isEmpty { return try undoSettings(operation, command: command, dryRun: dryRun) }
    var moves: [ReferenceMove] = []
    var head: HeadMove?
    let present = try operation.moves.map { move throws(StoreError) in try currentOrLast(move.name) }
    let hasHappened = zip(operation.moves, present).contains { $0.after == $1 && $0.before != $1 }
    for (move, present) in zip(operation.moves, present) where move.before != present || !hasHappened {
      guard present == move.after else {
        throw .cannotUndo(operation: operation.id, reference: move.name)
      }
      if move.name == "HEAD" {
        if case .symbolic(let now)? = move.after.flatMap({ ReferenceTarget(recorded: $0) }),
          case .symbolic(let back)? = move.before.flatMap({ ReferenceTarget(recorded: $0) })
        {
          head = (now, back)
        }
        continue
      }
      moves.append(
        ReferenceMove(
          name: move.name, before: move.after.flatMap { ObjectID(hex: $0) },
          after: move.before.flatMap { ObjectID(hex: $0) }))
    }
    for move in moves {
      try refuseUndoing(move)
      if let branch = BranchName(reference: move.name) { try refuseCheckedOut(branch) }
    }
    let leaving = Set(moves.filter { $0.after == nil }.map(\.name))
    for move in moves where move.before == nil { try refuseClash(of: move.name, leaving: leaving) }
    guard !dryRun else { return }
    do throws(StoreError) {
      // In reverse order: a renamed branch is restored before its new name is deleted.
      try moveReferences(
        moves.reversed(), head: { () throws(StoreError) in head }, command: command,
        undoes: operation.id, settings: StoreSession.renamingBack(operation, moves)
      ) { () throws(StoreError) in
        if let head, try current("HEAD") != ReferenceTarget.symbolic(head.before).recorded {
          throw .cannotUndo(operation: operation.id, reference: "HEAD")
        }
        for move in moves { try refuseUndoing(move) }
      }
    } catch .branchMoved(let branch) {
      throw .cannotUndo(operation: operation.id, reference: branch.reference)
    }
    if let head, let branch = BranchName(reference: head.after) { connection.noteDefaultBranch(branch) }
  }

  /// Moves a renamed branch's settings back to the old name, or removes them if the old name still has its own; nil if
  /// the operation renamed no branch.
  private static func renamingBack(_ operation: Operation, _ back: [ReferenceMove]) -> BranchSettingsMove? {
    let moves = operation.moves.filter { $0.name != "HEAD" }
    guard moves.count == 2, let going = moves.first(where: { $0.after == nil }),
      let coming = moves.first(where: { $0.before == nil }), going.before == coming.after,
      let old = BranchName(reference: going.name), let new = BranchName(reference: coming.name)
    else { return nil }
    return BranchSettingsMove(from: new, to: back.contains { $0.name == old.reference } ? old : nil)
  }

  private func newest(of operations: [Operation]) throws(StoreError) -> Operation {
    // If an undo was itself undone, its operation is in effect again.
    var undone: Set<String> = []
    for operation in operations {
      if undone.contains(operation.id) { continue }
      if let earlier = operation.undoes {
        undone.insert(earlier)
      } else {
        return operation
      }
    }
    throw .nothingToUndo
  }

  /// The newest undo that is still in effect, and the operation that it undid, which is not an undo itself.
  private func newestUndo(in operations: [Operation]) throws(StoreError) -> (undo: Operation, of: Operation) {
    let known = Dictionary(operations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var undone: Set<String> = []
    for operation in operations {
      if undone.contains(operation.id) { continue }
      // An operation before a newer one is not applied again.
      guard let earlier = operation.undoes.flatMap({ known[$0] }) else { break }
      undone.insert(earlier.id)
      var isUndo = true
      var next = earlier
      while let before = next.undoes.flatMap({ known[$0] }) { (isUndo, next) = (!isUndo, before) }
      if isUndo { return (operation, next) }
    }
    throw .nothingToRedo
  }

  /// The operation with a number in the listing, otherwise with an id or a prefix of it. A number has no leading zero.
  func find(_ text: String, in operations: [Operation]) throws(StoreError) -> Operation {
    if let index = Int(text), operations.indices.contains(index), text == String(index) {
      return operations[index]
    }
    let matching = operations.filter { $0.id.hasPrefix(text.lowercased()) }
    guard text.utf8.count >= 4, let first = matching.first, matching.count == 1 else {
      throw .operationNotFound(text)
    }
    return first
  }

  /// The ids of the operations that were undone by an undo that is still in effect.
  public func undoneOperations() throws(StoreError) -> Set<String> {
    var undone: Set<String> = []
    for operation in try operations() where !undone.contains(operation.id) {
      if let earlier = operation.undoes { undone.insert(earlier) }
    }
    return undone
  }
}
