internal import JSONText

/// A schema for values in JSON Schema (draft 2020-12).
struct Schema: Sendable {
  let json: JSONValue

  /// Any text.
  static let text = Schema(type: "string")
  static let integer = Schema(type: "integer")
  /// A flag of a query. The name without a value also sets it.
  static let flag = Schema.oneOf("", "true", "1", "false", "0")
  /// Bytes, which a schema cannot describe.
  static let bytes = Schema(json: .object([]))
  /// The hash of a module in a response.
  static let hash = Schema(type: "string", ("pattern", .text("^[0-9a-f]{64}$")))
  /// The id of a commit in a response.
  static let commit = Schema(type: "string", ("pattern", .text("^[0-9a-f]{40}$")))
  /// A path in a response, which begins with a slash.
  static let path = Schema(type: "string", ("pattern", .text("^/")))

  private init(json: JSONValue) { self.json = json }

  private init(type: String, _ members: (String, JSONValue)...) {
    json = .object([("type", .text(type))] + members)
  }

  /// Returns the schema of a text that is one of some words.
  static func oneOf(_ words: String...) -> Schema {
    Schema(type: "string", ("enum", .array(words.map { .text($0) })))
  }

  /// Returns the schema of a text that matches a regular expression (ECMA-262).
  static func matching(_ pattern: String) -> Schema { Schema(type: "string", ("pattern", .text(pattern))) }

  /// Returns the schema of an integer from `least` to `most`.
  static func integer(from least: Int64, to most: Int64? = nil) -> Schema {
    let bounds: [(String, JSONValue)] =
      [("minimum", .number(least))] + (most.map { [("maximum", .number($0))] } ?? [])
    return Schema(json: .object([("type", .text("integer"))] + bounds))
  }

  static func array(of item: Schema) -> Schema { Schema(type: "array", ("items", item.json)) }

  /// Returns the schema of an array of two items.
  static func pair(of item: Schema) -> Schema {
    Schema(type: "array", ("items", item.json), ("minItems", .number(2)), ("maxItems", .number(2)))
  }

  /// Returns the schema of an object whose member names are data.
  static func map(to value: Schema) -> Schema { Schema(type: "object", ("additionalProperties", value.json)) }

  /// Returns the schema of an object that has these members, and may have others.
  static func object(_ members: [(String, Schema)], optional: [(String, Schema)] = []) -> Schema {
    Schema(
      type: "object", ("properties", .object((members + optional).map { ($0.0, $0.1.json) })),
      ("required", .array(members.map { .text($0.0) })))
  }

  /// Returns a reference to a schema in the document's components.
  static func named(_ name: String) -> Schema {
    Schema(json: .object([("$ref", .text("#/components/schemas/\(name)"))]))
  }

  /// The same schema, extended to allow null.
  var orNull: Schema { Schema(json: .object([("anyOf", .array([json, Schema(type: "null").json]))])) }
}
