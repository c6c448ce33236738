internal import Identifiers
public import JSONText
public import ModuleStore

extension CollectionReport {
  /// What was removed, or would be, as an object.
  public var json: JSONValue {
    .object([
      ("removed", .count(removedObjects)), ("waiting", .count(waitingObjects)),
      ("freed_bytes", .number(freedBytes)), ("squashed", squashed?.json ?? .null),
      ("holders", .array(holders.map { .text($0) })), ("modules", .array(modules.map(\.json))),
    ])
  }
}

extension SquashedHistory {
  /// The history that became shorter, as an object; `rewritten` says which commit stands for which.
  fileprivate var json: JSONValue {
    .object([
      ("branch", .text(branch.name)), ("commits", .count(commitCount)), ("oldest", .text(oldest.rfc3339)),
      ("before", .text(before.hex)), ("after", .optional(after?.hex)),
      (
        "rewritten",
        .object(rewritten.map { ($0.key.hex, .text($0.value.hex)) }.sorted { $0.0 < $1.0 })
      ),
    ])
  }
}

extension CollectedModule {
  /// The module and where it was last, as an object.
  fileprivate var json: JSONValue {
    .object([
      ("hash", .text(digest.hex)), ("size", .count(size)), ("path", last?.path.json ?? .null),
      ("commit", .optional(last?.commit.hex)),
    ])
  }
}
