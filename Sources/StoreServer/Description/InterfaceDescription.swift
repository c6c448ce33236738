internal import HTTPTypes
internal import JSONText

/// A description of the HTTP interface as an OpenAPI document (3.1).
enum InterfaceDescription {
  /// All operations, including those with HEAD.
  static let operations: [OperationDescription] =
    (modules + history + branches + knowledge + tags + service).flatMap { operation in
      operation.method == .get ? [operation, operation.head] : [operation]
    }

  /// The document.
  static let json: JSONValue = .object([
    ("openapi", .text("3.1.0")),
    (
      "info",
      .object([
        ("title", .text("wasmstore")), ("version", .text("1")),
        (
          "description",
          .text(
            "A store of WebAssembly modules with a history. Empty segments of a path are dropped. "
              + "An error is plain text, or a JSON object if the Accept header has application/json. "
              + "OPTIONS returns 204 with the Allow header for each route. A method that a route does not have returns 405."
          )
        ),
      ])
    ),
    ("servers", .array([.object([("url", .text("/api/v1"))])])),
    ("security", .array([.object([("key", .array([]))]), .object([])])),
    ("paths", .object(paths)),
    (
      "components",
      .object([
        ("schemas", .object(schemas.map { ($0.0, $0.1.json) })),
        (
          "securitySchemes",
          .object([
            (
              "key",
              .object([("type", .text("apiKey")), ("in", .text("header")), ("name", .text("Wasmstore-Auth"))])
            )
          ])
        ),
      ])
    ),
  ])

  private static var paths: [(String, JSONValue)] {
    var paths: [(String, [(String, JSONValue)])] = []
    for operation in operations {
      let entry = (operation.method.rawValue.lowercased(), operation.json)
      if let index = paths.firstIndex(where: { $0.0 == operation.path }) {
        paths[index].1.append(entry)
      } else {
        paths.append((operation.path, [entry]))
      }
    }
    return paths.map { ($0.0, .object($0.1)) }
  }

  /// The schemas that several responses use.
  private static let schemas: [(String, Schema)] = [
    (
      "Error",
      .object([
        (
          "error",
          .object(
            [("code", .text), ("message", .text)],
            optional: [("hint", .text), ("conflicts", .array(of: .object([("path", .text)])))])
        )
      ])
    ),
    ("Commit", .object(commit)),
    (
      "LogEntry",
      .object(commit + [("refs", .array(of: .text))], optional: [("changes", .array(of: .named("Change")))])
    ),
    (
      "Change",
      .object([
        ("path", .text), ("action", .text), ("old", Schema.hash.orNull), ("new", Schema.hash.orNull),
        ("old_size", Schema.integer.orNull), ("new_size", Schema.integer.orNull),
      ])
    ),
    ("Module", .object([("hash", .hash), ("size", .integer), ("kind", Schema.text.orNull)])),
  ]

  private static let commit: [(String, Schema)] = [
    ("hash", .commit), ("parents", .array(of: .commit)), ("author", .text), ("message", .text),
    ("date", .integer), ("time", .text),
  ]
}
