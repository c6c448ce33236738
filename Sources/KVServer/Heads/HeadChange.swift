/// A change of a head that a client requests.
enum HeadChange: Hashable, Sendable {
  case publish(Publish)
  case rollback(Rollback)
  case floor(Floor)

  /// Creates a new revision with new content.
  struct Publish: Hashable, Sendable {
    /// The revision that the client expects to be the newest one; 0 for none.
    var expect: Int
    var epoch: Int
    var id: String
    var manifest: String
    var commit: String?
    var tree: String?
    var by: String
    var barrier = false
  }

  /// Creates a new revision with the content of an earlier one.
  struct Rollback: Hashable, Sendable {
    var expect: Int
    var id: String
    /// The revision whose content the new one gets.
    var to: Int
    var by: String
  }

  /// Raises the floor.
  struct Floor: Hashable, Sendable {
    var expect: Int
    var floor: Int
  }

  /// The newest revision that the client knows.
  var expect: Int {
    switch self {
    case .publish(let change): change.expect
    case .rollback(let change): change.expect
    case .floor(let change): change.expect
    }
  }

  /// The id that the client gave the change; nil for a change of the floor.
  var id: String? {
    switch self {
    case .publish(let change): change.id
    case .rollback(let change): change.id
    case .floor: nil
    }
  }
}

/// The result of a change of a head, with the current head.
enum HeadOutcome: Hashable, Sendable {
  /// The change was made, now or by an earlier request with the same id. A change of the floor has no entry.
  case done(Head, HeadEntry?)
  /// The change was refused.
  case refused(HeadRefusal, Head)
}

/// The reason why a head was not changed.
enum HeadRefusal: String, Hashable, Sendable {
  /// The newest revision is not the expected one.
  case moved
  /// A prune is running, or has started since the client read the head.
  case pruned
  /// The revision is below the floor, so its content may be deleted.
  case belowFloor = "below_floor"
  /// The revision does not exist.
  case unknownRevision
  /// The floor is above the newest revision.
  case floorAboveNewest
}

/// The lease for a prune that a client requests.
struct PruneRequest: Hashable, Sendable {
  var epoch: Int
  var id: String
  /// The length of the lease in seconds from now; 0 ends the lease.
  var seconds: Int
}

/// The result of a request for a lease.
enum PruneOutcome: Hashable, Sendable {
  case done(PruneState)
  /// Another prune is running, or the epoch is not the current one.
  case refused(PruneState)
}

/// The state of prunes in a namespace.
struct PruneState: Hashable, Sendable {
  /// The number of prunes that have started.
  var epoch: Int
  /// The id that the client gave the last prune; nil if there was none.
  var id: String?
  /// The time when the lease of the last prune ends, in seconds since 1970; 0 if it was ended.
  var until: Int
}
