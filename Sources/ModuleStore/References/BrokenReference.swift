internal import Identifiers
internal import Git

/// A reference whose file names nothing, as a loss of power may leave it: empty, or full of zeros.
extension StoreSession {
  /// What a reference holds; nil where there is none.
  ///
  /// - Throws: `StoreError.brokenReference`, with the value that it last had.
  func reference(_ name: String) throws(StoreError) -> ReferenceTarget? {
    do {
      return try repository.reference(name)
    } catch {
      guard case .brokenReference = error.code else { throw StoreError(error) }
      throw .brokenReference(name, problem: error.message, last: try lastValue(of: name))
    }
  }

  /// The object that a reference names directly; nil where there is none.
  func objectID(of name: String) throws(StoreError) -> ObjectID? {
    guard case .object(let id) = try reference(name) else { return nil }
    return id
  }

  /// What a reference holds, as the operation record spells it; nil where there is none.
  func current(_ name: String) throws(StoreError) -> String? { try reference(name)?.recorded }

  /// What a reference holds, or held before it broke, as the operation record spells it; nil where nothing tells.
  func currentOrLast(_ name: String) throws(StoreError) -> String? {
    do throws(StoreError) {
      return try current(name)
    } catch {
      guard case .brokenReference(name, _, let last) = error else { throw error }
      return last
    }
  }

  /// Tells whether the file of a reference names nothing.
  func isBroken(_ name: String) throws(StoreError) -> Bool {
    do throws(StoreError) {
      _ = try reference(name)
      return false
    } catch {
      if case .brokenReference = error { return true }
      throw error
    }
  }

  /// Gives broken references the values back that they last had; called under the write lock before they move. Where
  /// nothing tells one, there is no reference any more.
  func mend(_ names: some Sequence<String>) throws(StoreError) {
    for name in names where try isBroken(name) {
      let last = try lastValue(of: name).flatMap { ReferenceTarget(recorded: $0) }
      try withStaleLocksRemoved { () throws(GitError) in try repository.mend(name, to: last) }
    }
  }

  /// The newest value of a reference that the operation record or its reflog knows, in the record's spelling.
  func lastValue(of name: String) throws(StoreError) -> String? {
    try history(of: name).moves.last { move in
      guard let after = move.after, let target = ReferenceTarget(recorded: after) else { return false }
      // A reflog is not synchronised, so its last line may be worth as little as the reference.
      guard case .object(let id) = target else { return true }
      return repository.contains(id)
    }?.after
  }
}

extension ReferenceTarget {
  /// The value as the operation record spells it.
  var recorded: String {
    switch self {
    case .object(let id): id.hex
    case .symbolic(let name): "ref: " + name
    }
  }

  /// Reads a value as the operation record spells it.
  init?(recorded text: String) {
    if text.hasPrefix("ref: ") {
      self = .symbolic(String(text.dropFirst("ref: ".count)))
    } else if let id = ObjectID(hex: text) {
      self = .object(id)
    } else {
      return nil
    }
  }
}
