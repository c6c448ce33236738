internal import Identifiers
public import JSONText
public import ModuleStore

extension CollectionReport {
  /// The objects that were removed, or that would be removed, as an object.
  public var json: JSONValue {
    .object([
      ("removed", .count(removedObjects)), ("waiting", .count(waitingObjects)),
      ("freed_bytes", .number(freedBytes)), ("squashed", squashed?.json ?? .null),
      ("holders", .array(holders.map { .text($0) })), ("modules", .array(modules.map(\.json))),
    ])
  }
}

extension SquashedHistory {
  /// The squashed history as an object. `rewritten` maps each old commit to its new one.
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
  /// The module and its last path and commit, as an object.
  fileprivate var json: JSONValue {
    .object([
      ("hash", .text(digest.hex)), ("size", .count(size)), ("path", last?.path.json ?? .null),
      ("commit", .optional(last?.commit.hex)),
    ])
  }
}
