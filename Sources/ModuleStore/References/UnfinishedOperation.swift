internal import FileSystem
internal import Git
internal import Glibc
internal import Identifiers
internal import SystemPackage

/// The handling of an operation whose process died after it was recorded (Documentation/formats.md, "Operation
/// record").
extension StoreSession {
  /// The operations that took place, oldest first.
  func finishedOperations() throws(StoreError) -> [Operation] {
    var unfinished: String?
    if let last = try record.unfinished() {
      let move = last.moves.first
      let hasHappened =
        if let move { try hasHappened(move, in: last) } else { try hasChangedSettings(last) }
      if !hasHappened { unfinished = last.id }
    }
    return try record.operations().filter { $0.id != unfinished }
  }

  /// Voids an operation that will never take place, because its process is gone. Called under the write lock before
  /// the next one is recorded.
  ///
  /// `undoes`: The operation that the next one undoes, which handles its references itself.
  func retireUnfinishedOperation(undoes: String?) throws(StoreError) {
    guard let last = try record.unfinished() else { return }
    let happened = try last.moves.map { move throws(StoreError) in try hasHappened(move, in: last) }
    for (move, hasHappened) in zip(last.moves, happened) where !hasHappened {
      removeLock(leftBy: move)
      // The reflog of a reference that was never created: a name that conflicts with an existing one could have no
      // reflog.
      if move.before == nil, Repository.isValidReferenceName(move.name) {
        unlink(root.appending("logs").appending(move.name).string)
      }
    }
    let isDone: Bool
    if let first = happened.first { isDone = first } else { isDone = try hasChangedSettings(last) }
    if isDone {
      guard last.id != undoes, try bringBack(last) else { return }
    }
    try record.appendVoid(last.id)
  }

  /// Returns whether a reference has moved. If the first reference of an operation has not, the operation is running
  /// or its process died.
  private func hasHappened(_ move: Operation.Move, in operation: Operation) throws(StoreError) -> Bool {
    if move.before == move.after { return true }
    do {
      guard try repository.reference(move.name)?.recorded == move.before else { return true }
    } catch {
      // A broken reference has no value, so it does not have the old value.
      if case .brokenReference = error.code { return true }
      throw StoreError(error)
    }
    // It has the old value again if plain git has moved it back, for example with a forced push, and then its reflog
    // says so.
    guard move.name != "HEAD" else { return false }
    return try translated { () throws(GitError) in try repository.reflog(of: move.name) }.contains { entry in
      !entry.isByWasmstore && entry.signature.seconds >= operation.time.seconds
        && RecordedMove(entry).before == move.after
    }
  }

  /// Recreates a branch that was deleted and has not been created under its other name. The kept reference
  /// distinguishes this from a branch that plain git has deleted since.
  ///
  /// - Returns: Whether there was such a branch.
  private func bringBack(_ operation: Operation) throws(StoreError) -> Bool {
    guard operation.moves.count > 1, let going = operation.moves.first, going.after == nil,
      let before = going.before.flatMap({ ObjectID(hex: $0) }),
      try current(StoreSession.keptPrefix + operation.id) == going.before, try current(going.name) == nil
    else { return false }
    for move in operation.moves.dropFirst() where try hasHappened(move, in: operation) { return false }
    try withStaleLocksRemoved { () throws(GitError) in
      try repository.update(going.name, from: nil, to: before, message: Operation.logMark + "back")
    }
    return true
  }

  /// Removes the lock file of a move that never took place. It contains the value that the move was going to write,
  /// so it is not git's, and its process is gone, because otherwise it would hold the write lock.
  private func removeLock(leftBy move: Operation.Move) {
    let lock = root.appending(move.name + ".lock")
    // A file that cannot be read is kept, as a file of git would be.
    guard let after = move.after, let bytes = try? contents(of: lock), bytes == Array((after + "\n").utf8),
      unlink(lock.string) == 0
    else { return }
    work.note(.staleLockRemoved(lock.string))
  }
}
