internal import Git
internal import Identifiers

extension StoreSession {
  /// The operations that took place, newest first.
  public func operations(limit: Int? = nil) throws(StoreError) -> [Operation] {
    let operations = try finishedOperations().reversed()
    return Array(limit.map { operations.prefix($0) } ?? operations[...])
  }

  /// Takes an operation back: each reference that it moved returns to where it was. One that is there already, as a
  /// process leaves it that dies between two of its moves, stays.
  ///
  /// Without a name it is the newest operation that is no undo and was not undone yet, so that repeated calls
  /// go further back. An undo is itself an operation: undoing it does the first one again.
  ///
  /// `name`: A number in the listing, 0 the newest, or an operation's id or its beginning.
  ///
  /// - Throws: `StoreError.nothingToUndo`, `.operationNotFound`, `.cannotUndo` where a reference has moved
  ///   since, `.branchProtected`, `.invalidName` where a reference could not come back beside a newer one.
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

  /// Does again what the newest undo took back, unless something else was done since. Repeated calls do again what was
  /// undone before that.
  ///
  /// - Parameter dryRun: Whether nothing is written.
  /// - Returns: The operation that was done again.
  /// - Throws: `StoreError.nothingToRedo`, and what `undo` throws but `.nothingToUndo`.
  public func redo(dryRun: Bool = false) throws(StoreError) -> Operation {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      let (undo, operation) = try newestUndo(in: try operations())
      try takeBack(undo, command: "redo \(operation.id)", dryRun: dryRun)
      return operation
    }
  }

  /// Moves back what an operation moved, as an operation that undoes it.
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
      // Backwards: a renamed branch comes back before its new name goes.
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

  /// Gives a renamed branch's settings back to the old name, or takes them away where that never lost its own; nil
  /// where the operation renamed none.
  private static func renamingBack(_ operation: Operation, _ back: [ReferenceMove]) -> BranchSettingsMove? {
    let moves = operation.moves.filter { $0.name != "HEAD" }
    guard moves.count == 2, let going = moves.first(where: { $0.after == nil }),
      let coming = moves.first(where: { $0.before == nil }), going.before == coming.after,
      let old = BranchName(reference: going.name), let new = BranchName(reference: coming.name)
    else { return nil }
    return BranchSettingsMove(from: new, to: back.contains { $0.name == old.reference } ? old : nil)
  }

  private func newest(of operations: [Operation]) throws(StoreError) -> Operation {
    // An undo that was itself undone has done its operation again.
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

  /// The newest undo that still holds, and what it took back, which is no undo itself.
  private func newestUndo(in operations: [Operation]) throws(StoreError) -> (undo: Operation, of: Operation) {
    let known = Dictionary(operations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var undone: Set<String> = []
    for operation in operations {
      if undone.contains(operation.id) { continue }
      // Behind what was done since, nothing is done again.
      guard let earlier = operation.undoes.flatMap({ known[$0] }) else { break }
      undone.insert(earlier.id)
      var isUndo = true
      var next = earlier
      while let before = next.undoes.flatMap({ known[$0] }) { (isUndo, next) = (!isUndo, before) }
      if isUndo { return (operation, next) }
    }
    throw .nothingToRedo
  }

  /// The operation that a number of the listing names, else an id or its beginning. A number has no leading zero.
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

  /// The ids of the operations whose effect was taken back by an undo that still holds.
  public func undoneOperations() throws(StoreError) -> Set<String> {
    var undone: Set<String> = []
    for operation in try operations() where !undone.contains(operation.id) {
      if let earlier = operation.undoes { undone.insert(earlier) }
    }
    return undone
  }
}
