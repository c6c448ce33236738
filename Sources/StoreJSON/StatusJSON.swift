internal import Identifiers
public import JSONText
public import ModuleStore

extension StoreStatus {
  /// The status as members of an object.
  public var jsonMembers: [(String, JSONValue)] {
    [
      ("format", .optional(formatVersion)), ("branch", .text(branch.name)),
      ("default_branch", .text(defaultBranch.name)), ("head", .optional(head?.hex)),
      ("commits", .count(commits)), ("paths", .count(paths)), ("branches", .count(branches)),
      ("tags", .count(tags)), ("catalog", catalog?.json ?? .null),
      ("stale_locks", .array(staleLocks.map { .text($0) })), ("locked", .boolean(isBeingWritten)),
      ("loose_objects", looseObjects.json), ("packs", packs.json), ("raw_copies", rawCopies.json),
      ("temporaries", temporaries.json), ("missing", .array(missing.map { .text($0.rawValue) })),
    ]
  }
}

extension StoreStatus.Usage {
  fileprivate var json: JSONValue { .object([("files", .count(files)), ("bytes", .number(bytes))]) }
}

extension CatalogStatus {
  fileprivate var json: JSONValue {
    .object([
      ("path", .text(path)), ("modules", .count(modules)), ("commits", .count(revisions)),
      ("bytes", .number(bytes)),
    ])
  }
}

extension Setting {
  /// The setting as an object.
  public var json: JSONValue {
    .object([("key", .text(key)), ("value", .text(value)), ("origin", .text(origin))])
  }
}

extension Progress {
  /// The progress of a long operation, as an object.
  public var json: JSONValue {
    .object([
      ("progress", .text(phase.rawValue)), ("done", .count(done)), ("total", .optional(total)),
      ("bytes", .number(bytes)),
    ])
  }
}
