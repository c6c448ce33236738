public import JSONText
public import ModuleStore

extension FsckReport {
  /// The report as an object.
  public var json: JSONValue {
    .object([
      ("checked", .text(depth.rawValue)), ("objects", .count(objects)), ("read_objects", .count(readObjects)),
      ("modules", .optional(modules)), ("invalid_modules", .optional(invalidModules)),
      ("other_files", .optional(otherFiles)), ("commits", .count(commits)),
      ("references", .count(references)),
      ("damage", .array(damage.map(\.json))), ("leftovers", .array(leftovers.map(\.json))),
      ("repaired", .array(repairs.map { .text($0) })),
    ])
  }
}

extension Damage {
  /// The damage and the content that it makes unreadable, as an object.
  fileprivate var json: JSONValue {
    .object([
      ("kind", .text(kind.rawValue)), ("name", .text(name)), ("problem", .text(problem)),
      ("repairable", .boolean(isRepairable)), ("from", .optional(effect?.source)),
      ("commit_count", .optional(effect?.commitCount)), ("path_count", .optional(effect?.pathCount)),
      ("paths", .array((effect?.paths ?? []).map(\.json))),
    ])
  }
}

extension Damage.Path {
  /// The path and the commits that contain it, as an object.
  fileprivate var json: JSONValue {
    .object([("path", path.json), ("commit", .text(commit.hex)), ("commit_count", .count(commitCount))])
  }
}

extension Leftover {
  /// The leftover as an object.
  fileprivate var json: JSONValue {
    .object([("kind", .text(kind.rawValue)), ("name", .text(name)), ("detail", .text(detail))])
  }
}
