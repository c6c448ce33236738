internal import FileSystem
public import SystemPackage

/// What is asked for of a file of wrangler's settings. Other keys do not matter: wrangler gets new ones all the time.
public struct WranglerFile: Sendable {
  /// A namespace of Workers KV.
  public struct Namespace: Hashable, Sendable {
    /// The name by which the Worker has it.
    public let binding: String
    /// Its id; nil where wrangler makes it.
    public let id: String?
    /// The id of the one that takes its place while the Worker is tried out; nil where there is none.
    public let previewID: String?
  }

  /// Where it stands.
  public let path: FilePath
  /// The Worker's name; nil where there is none.
  public private(set) var name: String?
  /// The account's id; nil where there is none.
  public private(set) var account: String?
  /// The namespaces.
  public private(set) var namespaces: [Namespace] = []
  /// Patterns of the files of a site that are published; none for all.
  public private(set) var included: [String] = []
  /// Patterns of the files of a site that are left out.
  public private(set) var excluded: [String] = []

  /// The names that are looked for, the first of them first.
  public static let names = ["wrangler.jsonc", "wrangler.json", "wrangler.toml"]

  /// Finds the file in a folder; nil where there is none.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - environment: As for one that is named.
  /// - Returns: What it says.
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

  /// Reads a file: JSON with comments where its name ends so, else TOML.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - environment: The environment whose Worker is asked for; nil for the one outside of all.
  /// - Throws: `WranglerError`, with `.missing` where the environment is not there.
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

  /// Takes what an environment says in the place of what stands outside: it has a name and namespaces of its own, and the
  /// account unless it says another one.
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

  /// Reads what an environment can say too.
  private mutating func readWorker(
    _ members: [(name: String, value: ConfigurationValue)], below prefix: String = ""
  ) throws(WranglerError) {
    for (name, value) in members {
      let key = prefix + name
      switch name {
      case "name": self.name = try text(value, key)
      // Wrangler 1 wrote an empty one for people to fill in.
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
    guard case .text(let text) = value.kind else { throw wrongType(value, key, "a text") }
    return text
  }

  private func texts(_ value: ConfigurationValue, _ key: String) throws(WranglerError) -> [String] {
    try array(value, key).map { item throws(WranglerError) in
      guard case .text(let text) = item.kind else { throw wrongType(item, key, "an array of texts") }
      return text
    }
  }

  private func wrongType(_ value: ConfigurationValue, _ key: String, _ expected: String) -> WranglerError {
    .wrongType(key, path: path.string, line: value.line, expected: expected)
  }
}
