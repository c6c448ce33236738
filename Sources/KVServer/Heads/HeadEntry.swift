internal import JSONText

/// A revision of a head: a publish, or a rollback to the content of an earlier revision.
struct HeadEntry: Hashable, Sendable {
  /// The kind of change that made a revision.
  enum Kind: String, Sendable {
    case publish, rollback
  }

  let revision: Int
  /// The id that the client gave the request. A repeated request is recognised by it.
  let id: String
  let kind: Kind
  /// The digest of the manifest's root.
  let manifest: String
  let commit: String?
  let tree: String?
  /// The revision that published the content: this one for a publish, an earlier one for a rollback.
  let from: Int
  /// Whether readers must not go back to an earlier revision.
  let barrier: Bool
  /// The author of the change.
  let by: String
  /// The time of the change, in seconds since 1970.
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

/// The current state of a published branch.
struct Head: Hashable, Sendable {
  /// The newest revisions, newest first, without those below the floor.
  var entries: [HeadEntry]
  /// The number of prunes that have started.
  var epoch: Int
  /// The oldest revision that is kept; 0 if all are kept.
  var floor: Int
  /// The current time of the server, in seconds since 1970.
  var now: Int
  /// The time when the lease of the running prune ends; 0 or a past time if none is running.
  var pruneUntil: Int

  /// The maximum number of revisions in `entries`.
  static let entryLimit = 8

  /// The members of the JSON object.
  var members: [(String, JSONValue)] {
    [
      ("entries", .array(entries.map(\.json))), ("epoch", .count(epoch)), ("floor", .count(floor)),
      ("now", .count(now)), ("prune_until", .count(pruneUntil)),
    ]
  }
}

/// A head in a list of heads.
struct HeadSummary: Hashable, Sendable {
  let name: HeadName
  let revision: Int

  var json: JSONValue {
    .object([
      ("branch", .text(name.branch)), ("revision", .count(revision)), ("store", .text(name.store)),
    ])
  }
}
