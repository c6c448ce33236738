internal import Identifiers
public import JSONText
public import ModuleStore
internal import Wasm

extension RawPath {
  /// The path, quoted if it is not valid UTF-8.
  public var json: JSONValue { .text(text) }

  /// The text of `json`.
  var text: String { String(validating: bytes, as: UTF8.self) ?? spelled }
}

extension EntryKind {
  /// The word for the kind; null if it is unknown.
  public var json: JSONValue { self == .unknown ? .null : .text(rawValue) }
}

extension Module {
  /// The members for a module in all objects.
  public var jsonMembers: [(String, JSONValue)] {
    [
      ("hash", .text(digest.hex)), ("size", .count(size)), ("kind", kind.json),
      ("path", .optional(path?.description)),
    ]
  }
}

extension AddedModule {
  /// The module and the outcome of adding it, as members of an object.
  public var jsonMembers: [(String, JSONValue)] {
    [
      ("hash", .text(digest.hex)), ("path", .text(path.description)), ("size", .count(size)),
      ("outcome", .text(outcome.rawValue)),
    ] + (problem.map { [("problem", .text($0))] } ?? [])
  }
}

extension InspectedModule {
  /// The members that identify the module in responses about it.
  public var jsonNameMembers: [(String, JSONValue)] {
    [("name", .text(name)), ("hash", .text(digest.hex)), ("size", .count(size)), ("kind", kind.json)]
  }

  /// The module with all its known properties, as an object.
  public var json: JSONValue {
    .object(
      [
        ("module", .text(name)), ("hash", .text(digest.hex)), ("size", .count(size)), ("kind", kind.json),
        ("problem", .optional(problem)), ("paths", .array(paths.map { .text($0.description) })),
      ] + (description?.jsonMembers ?? ModuleDescription.memberNames.map { ($0, .null) }))
  }
}

extension ListEntry {
  /// The entry as members of an object.
  ///
  /// Values that were not requested are omitted.
  public var jsonMembers: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [
      ("hash", .optional(digest?.hex)), ("path", path.json), ("size", .optional(size)), ("kind", kind.json),
    ]
    if let changed { members += changed.jsonMembers }
    if let commit { members.append(("commit", .text(commit.hex))) }
    if let problem { members.append(("problem", .text(problem))) }
    return members
  }

  /// The entry as an object.
  public var json: JSONValue { .object(jsonMembers) }
}

extension FoundModule {
  /// The module as an object.
  public var json: JSONValue {
    var members = entry.jsonMembers
    if let commit { members.append(("commit", .text(commit.hex))) }
    if let hits {
      members.append(
        (
          "matches",
          .array(hits.map { .object([("name", .text($0.name)), ("subject", .text($0.subject.rawValue))]) })
        ))
    }
    return .object(members)
  }
}
