internal import Identifiers
public import JSONText
public import ModuleStore

extension Timestamp {
  /// The two members for a time in all objects: seconds since 1970, and RFC 3339.
  public var jsonMembers: [(String, JSONValue)] { [("date", .number(seconds)), ("time", .text(rfc3339))] }
}

extension ModuleStore.Commit {
  /// The members for a commit: those of the older tool, and the date also in RFC 3339.
  public var jsonMembers: [(String, JSONValue)] {
    [
      ("hash", .text(id.hex)), ("parents", .array(parents.map { .text($0.hex) })),
      ("author", .text(author.name)), ("message", .text(message)),
    ] + time.jsonMembers
  }
}

extension Author {
  /// The mail address as a member of an object; null if it is not known.
  public var mailMember: (String, JSONValue) { ("mail", mail.isEmpty ? .null : .text(mail)) }
}

extension LogEntry {
  /// The commit with its references, and with its changes if they were requested, as an object.
  public var json: JSONValue { .object(jsonMembers) }

  /// The members of `json`.
  public var jsonMembers: [(String, JSONValue)] {
    commit.jsonMembers + [("refs", .array(references.map { .text($0) }))]
      + (changes.map { [("changes", .array($0.map(\.json)))] } ?? [])
  }
}

extension Change {
  /// The change as an object.
  public var json: JSONValue {
    .object([
      ("path", path.json), ("action", .text(kind.rawValue)), ("old", .optional(old?.hex)),
      ("new", .optional(new?.hex)), ("old_size", .optional(oldSize)), ("new_size", .optional(newSize)),
    ])
  }
}

extension MergeConflict {
  /// The conflict as an object.
  public var json: JSONValue {
    .object([
      ("path", path.json), ("base", .optional(base?.hex)), ("ours", .optional(ours?.hex)),
      ("theirs", .optional(theirs?.hex)),
    ])
  }
}

extension ModuleStore.Version {
  /// The version as an object.
  public var json: JSONValue {
    .object(
      [
        ("version", .count(number)), ("hash", .text(digest.hex)), ("commit", .text(commit.hex)),
        ("current", .boolean(isCurrent)),
      ] + time.jsonMembers)
  }
}
