internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import StoreServer
internal import SystemPackage

/// `auth`: the keys that a server accepts.
struct AuthCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .auth, "Makes, lists and removes the keys of a server.",
    usage: """
      wasmstore auth add NAME [--role ROLE | --methods LIST] [--path PREFIX] [--branch PATTERN]
                         [--expires DATE] [--auth-file FILE] [--dry-run]
      wasmstore auth list [--auth-file FILE]
      wasmstore auth remove NAME [--auth-file FILE] [--dry-run]
      """,
    examples: """
        wasmstore auth add ci --role write --path plugins --auth-file keys
        wasmstore auth list --auth-file keys
        wasmstore auth remove ci --auth-file keys
      """,
    notes: """
      add prints the new key. The key cannot be shown again: FILE has only its SHA-256. Changes that are made \
      with a key have its NAME as author. --branch limits the key to the branches that match PATTERN, such as \
      'release/*'. Without --branch and --path, the key is for the whole store.
      """)

  @Argument("action", help: "What to do: add, list or remove.") var action: Action
  @Argument("name", help: "The key's name: NAME or 'NAME <MAIL>'.") var name: String?
  @Option("role", value: "role", help: "What the key allows: read, write or admin. (default: read)") var role:
    Role?
  @Option(
    "methods", value: "list", help: "The HTTP methods that the key allows, such as GET,HEAD; * for all.")
  var methods: AccessMethods?
  @Option("path", value: "prefix", help: "Limit the key to this module or folder.") var path: String?
  @Option("expires", value: "date", help: "When the key expires.") var expiry: DateExpression?
  @Option(
    "auth-file", value: "file", help: "The file of keys. (default: the setting server.authFile)",
    completion: .file())
  var file: String?
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  /// The actions of `auth`.
  enum Action: String, CaseIterable, ArgumentValue {
    case add, list, remove
  }

  /// The permission of a key, in one word.
  enum Role: String, CaseIterable, ArgumentValue {
    case read, write, admin

    var methods: AccessMethods {
      switch self {
      case .read: .reading
      case .write: .writing
      case .admin: .all
      }
    }
  }

  func run(_ session: Session) throws {
    guard (action == .list) == (name == nil) else {
      throw Failure.usage(
        action == .list ? "auth list takes no NAME" : "auth \(action.rawValue) requires a NAME")
    }
    guard action == .add || !limitsKey else {
      throw Failure.usage("--role, --methods, --path, --branch and --expires can be used only with auth add")
    }
    guard action != .list || !dryRun.dryRun else {
      throw Failure.usage("--dry-run can be used only with auth add and auth remove")
    }
    guard role == nil || methods == nil else {
      throw Failure.usage("--role and --methods cannot be used together")
    }
    switch (action, name) {
    case (.add, let name?): try add(name, session)
    case (.remove, let name?): try remove(name, session)
    case (_, _): try printList(session)
    }
  }

  private var limitsKey: Bool {
    role != nil || methods != nil || path != nil || expiry != nil || common.branch != nil
  }

  private func accessFile(_ session: Session) throws -> AccessFile {
    guard let file = try file ?? session.storeWithoutBranch.setting("server.authFile")?.value else {
      throw Failure.usage(
        "the file of keys is not known",
        hint: "give --auth-file FILE, or set server.authFile with wasmstore config")
    }
    guard !file.isEmpty else { throw Failure.usage("--auth-file is empty") }
    return AccessFile(at: FilePath(file))
  }

  private func add(_ name: String, _ session: Session) throws {
    guard var key = AccessKey(name: name, methods: methods ?? (role ?? .read).methods) else {
      throw Failure.usage("invalid name '\(name)': it does not have the form NAME or NAME <MAIL>")
    }
    key.path = try path.map { text throws(StoreError) in try ModulePath(text) }
    key.branch = common.branch
    key.creation = session.now
    key.expiry = expiry?.timestamp(now: session.now)
    guard !key.isExpired(at: session.now) else {
      throw Failure.usage("--expires must be a time in the future")
    }
    let file = try accessFile(session)
    guard !dryRun.dryRun else {
      try file.checkAdding(key)
      return try session.console.emit(
        done: ActionReport(infinitive: "add key \(name)", past: "", isDryRun: true, members: key.jsonMembers))
    }
    let secret = Secret()
    try file.add(key, secret: secret, timeout: .seconds(common.lockTimeout))
    try session.console.emit(NewKey(key: key, secret: secret))
    session.console.note("added key \(name) to \(file.path); the key cannot be shown again")
  }

  private func remove(_ name: String, _ session: Session) throws {
    let file = try accessFile(session)
    if dryRun.dryRun {
      try file.checkRemoving(name)
    } else {
      try file.remove(name, timeout: .seconds(common.lockTimeout))
    }
    try session.console.emit(
      done: ActionReport(
        infinitive: "remove key \(name)", past: "removed key \(name)", isDryRun: dryRun.dryRun,
        members: [("name", .text(name))]))
  }

  private func printList(_ session: Session) throws {
    let now = session.now
    let lines = try accessFile(session).keys().keys.map { KeyLine(key: $0, isExpired: $0.isExpired(at: now)) }
    try session.console.emit(table: lines, header: ["NAME", "METHODS", "PATH", "BRANCH", "EXPIRES"])
  }
}

extension AccessMethods: ArgumentValue {
  static var expected: String { "methods in upper case, separated by commas, or *" }

  init?(argument: String) {
    do throws(Malformed) { try self.init(argument) } catch { return nil }
  }
}

extension AccessKey {
  /// The members of the key's JSON form, without the secret.
  fileprivate var jsonMembers: [(String, JSONValue)] {
    [
      ("name", .optional(name)), ("methods", .array(methods.names.map { .text($0) })),
      ("path", .optional(path?.description)), ("branch", .optional(branch)),
      ("date", creation.map { .number($0.seconds) } ?? .null), ("time", .optional(creation?.rfc3339)),
      ("expires_date", expiry.map { .number($0.seconds) } ?? .null),
      ("expires_time", .optional(expiry?.rfc3339)),
    ]
  }
}

/// A new key, with its secret.
private struct NewKey: Presentable {
  let key: AccessKey
  let secret: Secret

  func text(_ style: Style) -> String { secret.revealed + "\n" }
  var json: JSONValue {
    .object(key.jsonMembers + [("key", .text(secret.revealed)), ("dry_run", .boolean(false))])
  }
}

/// A key in the output of `auth list`.
private struct KeyLine: TableRow {
  let key: AccessKey
  let isExpired: Bool

  func row(_ style: Style) -> [String] {
    let expiry = key.expiry.map { style.isTerminal ? $0.short : $0.rfc3339 } ?? "never"
    return [
      style.foreign(key.name ?? ""), key.methods.description, key.path?.spelled ?? "/",
      style.foreign(key.branch ?? "*"), isExpired && style.isTerminal ? style.removed("expired") : expiry,
    ]
  }

  var json: JSONValue { .object(key.jsonMembers + [("expired", .boolean(isExpired))]) }
}
