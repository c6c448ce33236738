internal import Identifiers
internal import Git

/// A move of a reference, by wasmstore or by plain git.
struct RecordedMove: Hashable {
  /// The time; nil if it is neither in the record nor in the reflog.
  var time: Timestamp?
  /// The old value, in the format of the operation record; nil if the reference did not exist.
  let before: String?
  /// The new value.
  let after: String?
  /// The author and the command; nil if unknown.
  var cause: Cause?

  /// The author and the command of a move.
  struct Cause: Hashable {
    let maker: Author
    /// The command of wasmstore, or plain git's message.
    let command: String
    let isByWasmstore: Bool
  }
}

/// The moves of one reference, merged from the operation record and the reflog.
///
/// The record has the moves by wasmstore, durably, even for a deleted reference. The reflog has the moves by plain
/// git, with their times. Both have the moves by wasmstore, which are marked in the reflog.
struct ReferenceHistory {
  /// The moves, oldest first.
  private(set) var moves: [RecordedMove] = []

  /// `recorded`: The moves of the operation record, oldest first.
  /// `log`: The reflog, oldest first.
  init(recorded: [RecordedMove], log: [ReflogEntry]) {
    var rest = recorded[...]
    for entry in log.reversed() {
      let move = RecordedMove(entry)
      guard entry.isByWasmstore else {
        moves.append(move)
        continue
      }
      if let place = rest.lastIndex(where: { $0.before == move.before && $0.after == move.after }) {
        // Moves in between that the reflog does not have are only in the record.
        moves += rest[place...].reversed()
        rest = rest[..<place]
      } else if recorded.isEmpty {
        // The record was deleted.
        moves.append(move)
      }
    }
    moves += rest.reversed()
    moves.reverse()
  }

  /// Adds unknown moves: a move that starts at another value than the end of the one before it.
  mutating func closeGaps(upTo current: String?) {
    var complete: [RecordedMove] = []
    for move in moves {
      if let last = complete.last, last.after != move.before {
        complete.append(RecordedMove(time: nil, before: last.after, after: move.before))
      }
      complete.append(move)
    }
    if let last = complete.last, last.after != current {
      complete.append(RecordedMove(time: nil, before: last.after, after: current))
    }
    moves = complete
  }
}

extension RecordedMove {
  /// Adds a line of a reflog.
  init(_ entry: ReflogEntry) {
    time = Timestamp(seconds: entry.signature.seconds)
    before = entry.old == .zero ? nil : entry.old.hex
    after = entry.new == .zero ? nil : entry.new.hex
    let command = entry.isByWasmstore ? entry.message.dropFirst(Operation.logMark.count) : entry.message[...]
    cause = Cause(
      maker: Author(entry.signature), command: String(command), isByWasmstore: entry.isByWasmstore)
  }
}

extension ReflogEntry {
  /// Whether wasmstore made the move. Only the record tells whether such a move took place.
  var isByWasmstore: Bool { message.hasPrefix(Operation.logMark) }
}

extension StoreSession {
  /// The moves of a reference, by wasmstore and by plain git, oldest first.
  func history(of name: String) throws(StoreError) -> ReferenceHistory {
    var recorded: [RecordedMove] = []
    for operation in try finishedOperations() {
      for move in operation.moves where move.name == name {
        let cause = RecordedMove.Cause(
          maker: Author(name: operation.author, mail: operation.mail ?? ""), command: operation.command,
          isByWasmstore: true)
        recorded.append(
          RecordedMove(time: operation.time, before: move.before, after: move.after, cause: cause))
      }
    }
    // The reflog of HEAD has the moves of the branch that it names.
    let log = try name == "HEAD" ? [] : translated { () throws(GitError) in try repository.reflog(of: name) }
    return ReferenceHistory(recorded: recorded, log: log)
  }
}
