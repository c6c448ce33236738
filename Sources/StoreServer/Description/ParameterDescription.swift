internal import JSONText

/// A parameter of a request: a part of its path, a field of its query, or a header field.
struct ParameterDescription: Sendable {
  enum Location: String, Sendable {
    case path
    case query
    case header
  }

  let location: Location
  let name: String
  let about: String
  var schema = Schema.text
  /// Whether the parameter may occur more than once.
  var isRepeated = false
  /// Whether the parameter is required.
  var isRequired = false

  /// Returns a parameter in the path.
  static func path(_ name: String, _ about: String, _ schema: Schema = .matching("^.+$"))
    -> ParameterDescription
  {
    ParameterDescription(location: .path, name: name, about: about, schema: schema, isRequired: true)
  }

  /// Returns a parameter in the query.
  static func query(
    _ name: String, _ about: String, _ schema: Schema = .text, isRepeated: Bool = false,
    isRequired: Bool = false
  ) -> ParameterDescription {
    ParameterDescription(
      location: .query, name: name, about: about, schema: schema, isRepeated: isRepeated,
      isRequired: isRequired)
  }

  /// Returns a parameter in a header field.
  static func header(_ name: String, _ about: String) -> ParameterDescription {
    ParameterDescription(location: .header, name: name, about: about)
  }

  /// The branch of a request.
  static let branch = header("Wasmstore-Branch", "The branch. The default is the server's default branch.")
  /// The path of a module.
  static let module = path("path", "The path of a module. A slash in it may be written as %2F.")
  /// The path of a module, or a hash.
  static let moduleReference = path("path", "The path of a module, or a full hash.")
  /// The path of a module or directory.
  static let prefix = path("path", "The path of a module or directory.")
  /// The conditions for the module at a path before the path is changed.
  static let conditions = [
    header(
      "If-Match",
      "Hashes in quotation marks. The path must have a module with one of them; * allows any module."),
    header(
      "If-None-Match",
      "Hashes in quotation marks. The path must not have a module with one of them; * allows no module."),
  ]

  var json: JSONValue {
    .object([
      ("name", .text(name)), ("in", .text(location.rawValue)), ("required", .boolean(isRequired)),
      ("description", .text(about)), ("schema", isRepeated ? Schema.array(of: schema).json : schema.json),
    ])
  }
}
