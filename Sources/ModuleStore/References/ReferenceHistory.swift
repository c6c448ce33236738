internal import Identifiers
internal import Git

/// A move of a reference, by wasmstore or by plain git.
struct RecordedMove: Hashable {
  /// When it was; nil where neither the record nor the reflog tells.
  var time: Timestamp?
  /// What the reference held before, as the operation record spells it; nil where it was not there.
  let before: String?
  /// What it held after.
  let after: String?
  /// Who moved it and how; nil where nothing tells.
  var cause: Cause?

  /// Who moved a reference, and how.
  struct Cause: Hashable {
    let maker: Author
    /// What wasmstore's command did, or plain git's message.
    let command: String
    let isByWasmstore: Bool
  }
}

/// The moves of one reference, put together from the operation record and the reflog.
///
/// The record knows the moves by wasmstore, durably, and those of a reference that was deleted. The reflog knows those
/// by plain git, with the time at which they happened. Both have the moves by wasmstore, which the reflog marks.
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
        // What the reflog lacks in between was recorded only.
        moves += rest[place...].reversed()
        rest = rest[..<place]
      } else if recorded.isEmpty {
        // Somebody deleted the record.
        moves.append(move)
      }
    }
    moves += rest.reversed()
    moves.reverse()
  }

  /// Adds the moves that nothing told of: where a move begins elsewhere than the one before it ended.
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
  /// Takes over a line of a reflog.
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
  /// Whether wasmstore made the move. Of such a move only the record tells whether it came to be.
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
