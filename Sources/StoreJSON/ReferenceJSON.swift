internal import Identifiers
public import JSONText
public import ModuleStore

extension Branch {
  /// The branch as an object.
  public var json: JSONValue {
    .object([
      ("name", .text(name.name)), ("head", .optional(head?.hex)), ("current", .boolean(isCurrent)),
      ("default", .boolean(isDefault)), ("protected", .boolean(isProtected)),
      ("protection", .text("\(protection)")),
    ])
  }
}

extension Tag {
  /// The tag as an object.
  public var json: JSONValue {
    .object([("name", .text(name.name)), ("commit", .text(commit.hex)), ("message", .optional(message))])
  }
}

extension BranchMove {
  /// The move as members of an object.
  public var jsonMembers: [(String, JSONValue)] {
    [
      ("before", .optional(before?.hex)), ("after", .optional(after?.hex)),
      ("author", .optional(maker?.name)), maker?.mailMember ?? ("mail", .null),
      ("command", .optional(command)),
      ("by", command == nil ? .null : .text(isByWasmstore ? "wasmstore" : "git")),
    ] + (time?.jsonMembers ?? [("date", .null), ("time", .null)])
  }
}

extension ModuleStore.Operation {
  /// The operation as members of an object.
  public var jsonMembers: [(String, JSONValue)] {
    [
      ("id", .text(id)), ("command", .text(command)), ("author", .text(author)), ("mail", .optional(mail)),
      ("undoes", .optional(undoes)), ("references", .array(moves.map(\.json))),
      ("settings", .array(settings.map(\.json))),
    ] + time.jsonMembers
  }
}

extension ModuleStore.Operation.SettingChange {
  /// The setting with its old and new value, as an object.
  fileprivate var json: JSONValue {
    .object([("key", .text(key)), ("before", .optional(before)), ("after", .optional(after))])
  }
}

extension PolicyViolation {
  /// The path, the rule, and the reason for the violation, as an object.
  public var json: JSONValue {
    .object([
      ("path", path.json), ("rule", .text(rule)), ("reason", .text(reason)), ("setting", .text(setting)),
    ])
  }
}

extension ModuleStore.Operation.Move {
  /// The reference with its old and new target, as an object.
  fileprivate var json: JSONValue {
    .object([("name", .text(name)), ("before", .optional(before)), ("after", .optional(after))])
  }
}
