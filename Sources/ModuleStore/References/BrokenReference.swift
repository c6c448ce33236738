internal import Identifiers
internal import Git

/// A reference whose file has no valid contents, for example after a power failure: it is empty, or full of zeros.
extension StoreSession {
  /// The value of a reference; nil if it does not exist.
  ///
  /// - Throws: `StoreError.brokenReference`, with its last value.
  func reference(_ name: String) throws(StoreError) -> ReferenceTarget? {
    do {
      return try repository.reference(name)
    } catch {
      guard case .brokenReference = error.code else { throw StoreError(error) }
      throw .brokenReference(name, problem: error.message, last: try lastValue(of: name))
    }
  }

  /// The object that a reference names directly; nil if there is none.
  func objectID(of name: String) throws(StoreError) -> ObjectID? {
    guard case .object(let id) = try reference(name) else { return nil }
    return id
  }

  /// The value of a reference in the format of the operation record; nil if it does not exist.
  func current(_ name: String) throws(StoreError) -> String? { try reference(name)?.recorded }

  /// The value of a reference, or its last value if it is broken, in the format of the operation record; nil if
  /// unknown.
  func currentOrLast(_ name: String) throws(StoreError) -> String? {
    do throws(StoreError) {
      return try current(name)
    } catch {
      guard case .brokenReference(name, _, let last) = error else { throw error }
      return last
    }
  }

  /// Returns whether the file of a reference has no valid contents.
  func isBroken(_ name: String) throws(StoreError) -> Bool {
    do throws(StoreError) {
      _ = try reference(name)
      return false
    } catch {
      if case .brokenReference = error { return true }
      throw error
    }
  }

  /// Restores the last values of broken references; called under the write lock before they move. If the last value
  /// is unknown, the reference is removed.
  func mend(_ names: some Sequence<String>) throws(StoreError) {
    for name in names where try isBroken(name) {
      let last = try lastValue(of: name).flatMap { ReferenceTarget(recorded: $0) }
      try withStaleLocksRemoved { () throws(GitError) in try repository.mend(name, to: last) }
    }
  }

  /// The newest value of a reference in the operation record or in its reflog, in the record's format.
  func lastValue(of name: String) throws(StoreError) -> String? {
    try history(of: name).moves.last { move in
      guard let after = move.after, let target = ReferenceTarget(recorded: after) else { return false }
      // A reflog is not synchronised, so its last line may be as damaged as the reference.
      guard case .object(let id) = target else { return true }
      return repository.contains(id)
    }?.after
  }
}

extension ReferenceTarget {
  /// The value in the format of the operation record.
  var recorded: String {
    switch self {
    case .object(let id): id.hex
    case .symbolic(let name): "ref: " + name
    }
  }

  /// Parses a value in the format of the operation record.
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
