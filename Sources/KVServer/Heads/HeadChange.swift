/// A change of a head, as a client asks for it.
enum HeadChange: Hashable, Sendable {
  case publish(Publish)
  case rollback(Rollback)
  case floor(Floor)

  /// Makes a new revision of new content.
  struct Publish: Hashable, Sendable {
    /// The revision that the client takes for the newest one; 0 for none.
    var expect: Int
    var epoch: Int
    var id: String
    var manifest: String
    var commit: String?
    var tree: String?
    var by: String
    var barrier = false
  }

  /// Makes a new revision of the content of an earlier one.
  struct Rollback: Hashable, Sendable {
    var expect: Int
    var id: String
    /// The revision whose content it gets.
    var to: Int
    var by: String
  }

  /// Raises the floor.
  struct Floor: Hashable, Sendable {
    var expect: Int
    var floor: Int
  }

  /// The newest revision as the client knows it.
  var expect: Int {
    switch self {
    case .publish(let change): change.expect
    case .rollback(let change): change.expect
    case .floor(let change): change.expect
    }
  }

  /// What the client calls it; a change of the floor has no name.
  var id: String? {
    switch self {
    case .publish(let change): change.id
    case .rollback(let change): change.id
    case .floor: nil
    }
  }
}

/// What became of a change of a head, with the head as it stands then.
enum HeadOutcome: Hashable, Sendable {
  /// It was made, now or before. A change of the floor makes no entry.
  case done(Head, HeadEntry?)
  /// It was not made.
  case refused(HeadRefusal, Head)
}

/// Why a head was not changed.
enum HeadRefusal: String, Hashable, Sendable {
  /// Another revision is the newest one.
  case moved
  /// A prune runs, or has begun since the client read the head.
  case pruned
  /// The content of the revision may be gone.
  case belowFloor = "below_floor"
  /// There is no such revision.
  case unknownRevision
  /// The floor is above the newest revision.
  case floorAboveNewest
}

/// The lease of a prune, as a client asks for it.
struct PruneRequest: Hashable, Sendable {
  var epoch: Int
  var id: String
  /// How long the lease lasts from now on; 0 ends it.
  var seconds: Int
}

/// What became of a request for a lease.
enum PruneOutcome: Hashable, Sendable {
  case done(PruneState)
  /// Another prune runs, or the epoch has passed.
  case refused(PruneState)
}

/// What a namespace knows of prunes.
struct PruneState: Hashable, Sendable {
  /// How many have begun.
  var epoch: Int
  /// What the client called the last one that begun; nil where none has.
  var id: String?
  /// When its lease ends, in seconds since 1970; 0 once it has ended.
  var until: Int
}
