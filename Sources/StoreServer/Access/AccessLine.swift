internal import HTTPServing
internal import JSONText
internal import ModuleStore

/// A line of a file of keys.
///
/// Its format is in Documentation/formats.md, "File of keys".
enum AccessLine {
  /// A key.
  case key(AccessKeys.Entry)
  /// An empty line or a comment, which is preserved.
  case other([UInt8])

  /// The error for a line that is neither.
  struct Malformed: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// Reads a line without its newline.
  init(_ bytes: [UInt8]) throws(Malformed) {
    guard let first = bytes.first, first != UInt8(ascii: "#") else {
      self = .other(bytes)
      return
    }
    guard let object = JSONValue(parsing: bytes), case .object(let members) = object else {
      throw Malformed("the line is not a JSON object")
    }
    for (name, _) in members where !AccessLine.members.contains(name) {
      // The member may limit the key, so it must not be ignored.
      throw Malformed("the member \(name) is unknown")
    }
    guard Set(members.map(\.0)).count == members.count else { throw Malformed("a member is there twice") }
    guard let digest = object["sha256"]?.text.flatMap({ SecretDigest(hex: $0) }) else {
      throw Malformed("sha256 is not 64 hexadecimal digits in lower case")
    }
    guard let name = object["name"]?.text,
      var key = AccessKey(name: name, methods: try AccessLine.methods(object["methods"]))
    else { throw Malformed("name does not have the form NAME or NAME <MAIL>") }
    key.path = try AccessLine.path(object["path"])
    key.branch = try AccessLine.branch(object["branch"])
    key.expiry = try AccessLine.moment(object["expires"], "expires")
    key.creation = try AccessLine.moment(object["created"], "created")
    self = .key(AccessKeys.Entry(digest: digest, key: key))
  }

  private static let members: Set<String> = [
    "sha256", "name", "methods", "path", "branch", "expires", "created",
  ]

  private static func methods(_ value: JSONValue?) throws(Malformed) -> AccessMethods {
    guard case .array(let values)? = value, !values.isEmpty else { throw Malformed("methods is not a list") }
    let names = values.map { $0.text ?? "" }
    do throws(AccessMethods.Malformed) {
      return try AccessMethods(names.joined(separator: ","))
    } catch {
      throw Malformed("methods: \(error.reason)")
    }
  }

  private static func path(_ value: JSONValue?) throws(Malformed) -> ModulePath? {
    guard let value else { return nil }
    guard let text = value.text else { throw Malformed("path is not a string") }
    do throws(StoreError) {
      return try ModulePath(text)
    } catch {
      throw Malformed("path is not a valid path")
    }
  }

  private static func branch(_ value: JSONValue?) throws(Malformed) -> String? {
    guard let value else { return nil }
    guard let text = value.text, !text.isEmpty else { throw Malformed("branch is not a pattern") }
    return text
  }

  private static func moment(_ value: JSONValue?, _ name: String) throws(Malformed) -> Timestamp? {
    guard let value else { return nil }
    guard let text = value.text, let date = DateExpression(text)?.timestamp(now: Timestamp(seconds: 0)),
      date.rfc3339 == text
    else { throw Malformed("\(name) is not a time such as 2027-01-01T00:00:00Z") }
    return date
  }

  /// The line without its newline.
  var bytes: [UInt8] {
    switch self {
    case .other(let bytes): return bytes
    case .key(let entry):
      let key = entry.key
      var members: [(String, JSONValue)] = [
        ("sha256", .text(entry.digest.hex)), ("name", .optional(key.name)),
        ("methods", .array(key.methods.names.map { .text($0) })),
      ]
      if let path = key.path { members.append(("path", .text(path.description))) }
      if let branch = key.branch { members.append(("branch", .text(branch))) }
      if let expiry = key.expiry { members.append(("expires", .text(expiry.rfc3339))) }
      if let creation = key.creation { members.append(("created", .text(creation.rfc3339))) }
      return Array(JSONValue.object(members).serialized.utf8)
    }
  }
}
