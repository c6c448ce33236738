internal import FileSystem
internal import Git
internal import Glibc
internal import Identifiers
internal import SystemPackage

/// What becomes of an operation whose process died after it was recorded (Documentation/formats.md, "Operation record").
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

  /// Takes back an operation that will not take place any more: whoever recorded it is gone. Called under the write
  /// lock before the next one is recorded.
  ///
  /// `undoes`: The operation that the next one undoes, which sees to its references itself.
  func retireUnfinishedOperation(undoes: String?) throws(StoreError) {
    guard let last = try record.unfinished() else { return }
    let happened = try last.moves.map { move throws(StoreError) in try hasHappened(move, in: last) }
    for (move, hasHappened) in zip(last.moves, happened) where !hasHappened {
      removeLock(leftBy: move)
      // The reflog of a reference that never came: what needs its name as a folder, or is one for it, could have none.
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

  /// Tells whether a reference has moved; where the first of an operation has not, a process is at it just now, or died.
  private func hasHappened(_ move: Operation.Move, in operation: Operation) throws(StoreError) -> Bool {
    if move.before == move.after { return true }
    do {
      guard try repository.reference(move.name)?.recorded == move.before else { return true }
    } catch {
      // A reference that broke stands nowhere, so not where it was before.
      if case .brokenReference = error.code { return true }
      throw StoreError(error)
    }
    // It is there again if plain git, a forced push say, has moved it back, and then its reflog says so.
    guard move.name != "HEAD" else { return false }
    return try translated { () throws(GitError) in try repository.reflog(of: move.name) }.contains { entry in
      !entry.isByWasmstore && entry.signature.seconds >= operation.time.seconds
        && RecordedMove(entry).before == move.after
    }
  }

  /// Makes a branch again that went and has not come back under its other name. That it is still kept tells this from
  /// a branch that was deleted by plain git since.
  ///
  /// - Returns: Whether that was so.
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

  /// Removes the lock file of a move that never took place. It holds what the move was to write, so it is not git's,
  /// and whoever made it is gone, or would have the write lock.
  private func removeLock(leftBy move: Operation.Move) {
    let lock = root.appending(move.name + ".lock")
    // One that cannot be read stays where it is, as one of git's would.
    guard let after = move.after, let bytes = try? contents(of: lock), bytes == Array((after + "\n").utf8),
      unlink(lock.string) == 0
    else { return }
    work.note(.staleLockRemoved(lock.string))
  }
}
