public import JSONText
public import ModuleStore

extension Diagnosis {
  /// The finding as an object.
  public var json: JSONValue {
    .object([
      ("subject", .text(subject.rawValue)), ("verdict", .text(verdict.rawValue)), ("finding", .text(finding)),
      ("advice", .optional(advice)),
    ])
  }
}
