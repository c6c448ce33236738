internal import JSONText

/// A revision of a head: what was published, or that an earlier revision holds again.
struct HeadEntry: Hashable, Sendable {
  /// Why a revision is there.
  enum Kind: String, Sendable {
    case publish, rollback
  }

  let revision: Int
  /// What the client calls the request, so that one that is sent again is known.
  let id: String
  let kind: Kind
  /// The digest of the manifest's root.
  let manifest: String
  let commit: String?
  let tree: String?
  /// The revision that published the content: its own for a publish, that of the content for a rollback.
  let from: Int
  /// Whether no reader goes to an earlier revision from here.
  let barrier: Bool
  /// Who did it.
  let by: String
  /// When, in seconds since 1970.
  let at: Int

  var json: JSONValue {
    .object([
      ("at", .count(at)), ("barrier", .boolean(barrier)), ("by", .text(by)), ("commit", .optional(commit)),
      ("from", .count(from)), ("id", .text(id)), ("kind", .text(kind.rawValue)),
      ("manifest", .text(manifest)), ("revision", .count(revision)), ("tree", .optional(tree)),
    ])
  }
}

/// The name of a head.
struct HeadName: Hashable, Sendable {
  let store: String
  let branch: String
}

/// Where a branch that is published stands.
struct Head: Hashable, Sendable {
  /// The newest revisions, the newest first, none below the floor.
  var entries: [HeadEntry]
  /// How many times a prune has begun.
  var epoch: Int
  /// The oldest revision that is kept; 0 as long as all are.
  var floor: Int
  /// The present moment, in seconds since 1970.
  var now: Int
  /// When the lease of the prune ends that runs; 0 or past where none does.
  var pruneUntil: Int

  /// The most revisions that are told.
  static let entryLimit = 8

  /// The members of its JSON form.
  var members: [(String, JSONValue)] {
    [
      ("entries", .array(entries.map(\.json))), ("epoch", .count(epoch)), ("floor", .count(floor)),
      ("now", .count(now)), ("prune_until", .count(pruneUntil)),
    ]
  }
}

/// A head as a list shows it.
struct HeadSummary: Hashable, Sendable {
  let name: HeadName
  let revision: Int

  var json: JSONValue {
    .object([
      ("branch", .text(name.branch)), ("revision", .count(revision)), ("store", .text(name.store)),
    ])
  }
}
