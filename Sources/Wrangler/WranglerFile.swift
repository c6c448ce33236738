internal import FileSystem
public import SystemPackage

/// The used values of a configuration file of wrangler. Other keys are ignored, because new versions of wrangler add
/// keys.
public struct WranglerFile: Sendable {
  /// A namespace of Workers KV.
  public struct Namespace: Hashable, Sendable {
    /// The name of the binding in the Worker.
    public let binding: String
    /// Its id; nil if wrangler creates it.
    public let id: String?
    /// The id of the namespace that replaces it while the Worker is tried out; nil if there is none.
    public let previewID: String?
  }

  /// The path of the file.
  public let path: FilePath
  /// The Worker's name; nil if there is none.
  public private(set) var name: String?
  /// The account's id; nil if there is none.
  public private(set) var account: String?
  /// The namespaces.
  public private(set) var namespaces: [Namespace] = []
  /// Patterns of the published files of a site; empty for all files.
  public private(set) var included: [String] = []
  /// Patterns of the files of a site that are left out.
  public private(set) var excluded: [String] = []

  /// The file names to search for, in this order.
  public static let names = ["wrangler.jsonc", "wrangler.json", "wrangler.toml"]

  /// Finds the file in a folder; nil if there is none.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - environment: As for a file at a path.
  /// - Returns: Its values.
  /// - Throws: `WranglerError`.
  public static func find(
    in folder: FilePath, environment: String? = nil
  ) throws(WranglerError) -> WranglerFile? {
    for name in names {
      let path = folder == "." ? FilePath(name) : folder.appending(name)
      do throws(FileError) { guard try fileExists(path) else { continue } } catch {
        throw .unreadable(path: path.string, reason: "\(error.reason)")
      }
      return try WranglerFile(path, environment: environment)
    }
    return nil
  }

  /// Reads a file: JSON with comments if the extension is for JSON, otherwise TOML.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - environment: The environment whose Worker is read; nil for the top-level one.
  /// - Throws: `WranglerError`, with `.missing` if the environment does not exist.
  public init(_ path: FilePath, environment: String? = nil) throws(WranglerError) {
    self.path = path
    let text: [UInt8]
    do throws(FileError) {
      guard let bytes = try contents(of: path) else { throw FileError("read", path, .noSuchFileOrDirectory) }
      text = bytes
    } catch {
      throw .unreadable(path: path.string, reason: "\(error.reason)")
    }
    let whole: ConfigurationValue
    do throws(Mistake) {
      whole =
        ["json", "jsonc"].contains(path.extension)
        ? try CommentedJSONReader.read(text) : try TOMLReader.read(text)
    } catch {
      throw .malformed(path: path.string, line: error.line, reason: error.reason)
    }
    let members = try table(whole, "the file")
    try readWorker(members)
    for (key, value) in members where key == "site" {
      for (name, item) in try table(value, key) {
        switch name {
        case "include": included = try texts(item, "site.include")
        case "exclude": excluded = try texts(item, "site.exclude")
        default: break
        }
      }
    }
    if let environment { try enter(environment, of: members) }
  }

  /// Applies an environment's values over the top-level ones: its name and namespaces replace them, and its account if
  /// it sets one.
  private mutating func enter(
    _ environment: String, of members: [(name: String, value: ConfigurationValue)]
  ) throws(WranglerError) {
    let key = "env.\(environment)"
    let environments = try members.last { $0.name == "env" }.map { member throws(WranglerError) in
      try table(member.value, member.name)
    }
    guard let found = environments?.last(where: { $0.name == environment }) else {
      throw .missing(key, path: path.string)
    }
    name = name.map { "\($0)-\(environment)" }
    namespaces = []
    try readWorker(try table(found.value, key), below: key + ".")
  }

  // MARK: Values

  /// Reads the keys that an environment can contain too.
  private mutating func readWorker(
    _ members: [(name: String, value: ConfigurationValue)], below prefix: String = ""
  ) throws(WranglerError) {
    for (name, value) in members {
      let key = prefix + name
      switch name {
      case "name": self.name = try text(value, key)
      // Wrangler 1 wrote an empty value as a placeholder.
      case "account_id":
        let text = try text(value, key)
        if !text.isEmpty { account = text }
      case "kv_namespaces", "kv-namespaces":
        for item in try array(value, key) { namespaces.append(try namespace(item, key)) }
      default: break
      }
    }
  }

  private func namespace(_ value: ConfigurationValue, _ key: String) throws(WranglerError) -> Namespace {
    var binding: String?
    var id: String?
    var previewID: String?
    for (name, item) in try table(value, key) {
      switch name {
      case "binding": binding = try text(item, "\(key).binding")
      case "id": id = try text(item, "\(key).id")
      case "preview_id": previewID = try text(item, "\(key).preview_id")
      default: break
      }
    }
    guard let binding else { throw wrongType(value, key, "a table with a binding") }
    return Namespace(binding: binding, id: id, previewID: previewID)
  }

  private func table(
    _ value: ConfigurationValue, _ key: String
  ) throws(WranglerError) -> [(name: String, value: ConfigurationValue)] {
    guard case .table(let members) = value.kind else { throw wrongType(value, key, "a table") }
    return members
  }

  private func array(_ value: ConfigurationValue, _ key: String) throws(WranglerError) -> [ConfigurationValue]
  {
    guard case .array(let items) = value.kind else { throw wrongType(value, key, "an array") }
    return items
  }

  private func text(_ value: ConfigurationValue, _ key: String) throws(WranglerError) -> String {
    guard case .text(let text) = value.kind else { throw wrongType(value, key, "a string") }
    return text
  }

  private func texts(_ value: ConfigurationValue, _ key: String) throws(WranglerError) -> [String] {
    try array(value, key).map { item throws(WranglerError) in
      guard case .text(let text) = item.kind else { throw wrongType(item, key, "an array of strings") }
      return text
    }
  }

  private func wrongType(_ value: ConfigurationValue, _ key: String, _ expected: String) -> WranglerError {
    .wrongType(key, path: path.string, line: value.line, expected: expected)
  }
}
