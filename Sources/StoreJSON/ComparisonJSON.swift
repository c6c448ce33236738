public import JSONText
public import ModuleStore
public import Wasm

extension InterfaceComparison {
  /// Returns the verdict.
  ///
  /// Two identical modules are a patch even if their interfaces are not completely known.
  public func verdict(of old: InspectedModule, and new: InspectedModule) -> ChangeSeverity {
    old.digest == new.digest ? .patch : verdict
  }

  /// Returns the differences between two modules, as an object.
  public func json(of old: InspectedModule, and new: InspectedModule) -> JSONValue {
    .object([
      ("verdict", .text(verdict(of: old, and: new).rawValue)), ("complete", .boolean(isComplete)),
      ("changes", .array(changes.map(\.json))),
      ("new_features", .array(newFeatures.featureNames.map { .text($0) })),
      ("old", .object(old.jsonNameMembers)), ("new", .object(new.jsonNameMembers)),
    ])
  }
}

extension InterfaceChange {
  /// The change as an object.
  public var json: JSONValue {
    .object([
      ("action", .text(action.rawValue)), ("subject", .text(subject.rawValue)), ("module", .optional(module)),
      ("name", .text(name)), ("old", .optional(old)), ("new", .optional(new)),
      ("severity", .text(severity.rawValue)),
    ])
  }
}

extension Objection {
  /// The reason as an object.
  public var json: JSONValue {
    .object([("subject", .text(subject.rawValue)), ("name", .text(name)), ("text", .text(text))])
  }
}

extension Verdict {
  /// The verdict as members of an object.
  public var jsonMembers: [(String, JSONValue)] {
    let function = error?.functionIndex.map { index in
      JSONValue.object([("index", .count(index)), ("name", .optional(error?.functionName))])
    }
    return [
      ("valid", .boolean(isValid)), ("message", .optional(error?.message)),
      ("offset", .optional(error?.offset)), ("kind", .optional(encoding?.word)),
      ("reason", .optional(error?.kind.word)), ("function", function ?? .null),
      ("features", isValid ? .array(features.featureNames.map { .text($0) }) : .null),
      ("format", .optional(format?.noun)), ("hint", .optional(format?.advice)),
    ]
  }
}

extension Encoding {
  /// The word for the kind of module in JSON.
  fileprivate var word: String {
    switch self {
    case .core: "core"
    case .component: "component"
    }
  }
}

extension Wasm.ValidationError.Kind {
  /// The word for the kind of error in JSON.
  fileprivate var word: String {
    switch self {
    case .unexpectedEnd: "unexpected_end"
    case .malformed: "malformed"
    case .invalid: "invalid"
    case .unsupported: "unsupported"
    case .limit: "limit"
    }
  }
}
