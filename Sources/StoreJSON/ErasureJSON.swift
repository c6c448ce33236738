internal import Identifiers
public import JSONText
public import ModuleStore

extension Erasure {
  /// The result of the erasure, as members of an object.
  public var jsonMembers: [(String, JSONValue)] {
    [
      (
        "modules",
        .array(modules.map { .object([("hash", .text($0.digest.hex)), ("size", .count($0.size))]) })
      ),
      (
        "rewritten",
        .object(rewritten.map { ($0.key.hex, .text($0.value.hex)) }.sorted { $0.0 < $1.0 })
      ),
      ("references", .array(references.map(\.json))), ("removed", .count(removedObjects)),
      ("freed_bytes", .number(freedBytes)), ("remaining", .array(remaining.map { .text($0.hex) })),
    ]
  }
}

extension Erasure.MovedReference {
  /// The reference with its old and new target, as an object.
  fileprivate var json: JSONValue {
    .object([("name", .text(name)), ("before", .text(before)), ("after", .optional(after))])
  }
}
