internal import ArgumentParser
internal import StoreJSON
internal import SystemPackage
internal import WorkersKV
internal import Wrangler

/// The options of the publishing target, besides TARGET.
struct TargetOptions: ParsableArguments {
  @Option("head", value: "url", help: "The server of heads, or kv. (default: the target)")
  private var head: String?
  @Option("name", value: "store", help: "The store's name in the target.")
  private var name: String?
  @Option("account", value: "id", help: "The account, if TARGET is a name.")
  private var account: String?
  @Option("namespace", value: "name", help: "The namespace, if TARGET is a name.")
  var namespace: String?
  @Option("nats-context", value: "name", help: "The NATS context for nats:///BUCKET.")
  private var natsContext: String?
  @Option(
    "wrangler", short: "w", value: "file",
    help: "Wrangler settings. (default: wrangler.jsonc or .toml)",
    completion: .file())
  private var wrangler: String?
  @Option("env", value: "name", help: "The environment of wrangler's settings.")
  private var environment: String?
  @Flag("preview", help: "Use wrangler's namespace for previews (preview_id).")
  var isPreview = false

  private static let defaultStore = "default"

  /// The named file of wrangler's settings, otherwise the one found here; nil if there is none.
  func wranglerFile(_ session: Session) throws -> WranglerFile? {
    guard !isPreview || namespace == nil else {
      throw Failure.usage("--namespace and --preview cannot be used together")
    }
    let environment = environment ?? session.settings.wranglerEnvironment
    let file =
      try wrangler.map { name throws(WranglerError) in
        try WranglerFile(FilePath(name), environment: environment)
      } ?? WranglerFile.find(in: ".", environment: environment)
    guard file != nil || !choosesInFile else { throw TargetOptions.noFile }
    return file
  }

  /// The failure if there is no file of wrangler's settings.
  static let noFile = Failure(
    .notFound, "there is no wrangler.toml in this folder", hint: "give --wrangler FILE, or a TARGET")

  /// Whether an option selects a namespace of wrangler's settings: then those override ours.
  private var choosesInFile: Bool { environment != nil || isPreview }

  /// The account: from an option, otherwise from a variable, otherwise from the settings.
  func account(_ settings: TargetSettings, _ file: WranglerFile?, _ session: Session) throws(Failure)
    -> String
  {
    guard let account = account ?? session.settings.kvAccount ?? settings.account ?? file?.account else {
      throw .usage(
        "the account is not known",
        hint: "give --account, or set CLOUDFLARE_ACCOUNT_ID, or account_id in wrangler.toml")
    }
    return account
  }

  /// Determines the publishing target.
  ///
  /// - Parameters:
  ///   - target: A URL, or the NAME of settings `kv.NAME`, or of a binding in wrangler's settings; nil for the only one
  ///     there.
  ///   - session: The session with the store's settings and the variables.
  /// - Returns: The place.
  /// - Throws: `Failure`, `KVError.invalidTarget`, `WranglerError`, `StoreError`.
  func place(_ target: String?, _ session: Session) throws -> PublishPlace {
    let settings: TargetSettings
    let found: PublishPlace.Remote
    if let target, target.contains("://") {
      guard account == nil, namespace == nil, wrangler == nil, !choosesInFile else {
        throw Failure.usage(
          "--account, --namespace, --wrangler, --env and --preview can be used only if TARGET is a name")
      }
      settings = TargetSettings()
      found = try remote(target, settings, session)
    } else {
      settings = try target.map { try TargetSettings(of: $0, session) } ?? TargetSettings()
      if let url = settings.url, account == nil, namespace == nil, !choosesInFile {
        found = try remote(url, settings, session)
      } else {
        found = .workersKV(try namedTarget(target, settings, session))
      }
    }
    return PublishPlace(
      remote: found, store: name ?? settings.store ?? TargetOptions.defaultStore,
      keep: settings.keep, grace: settings.grace,
      token: try session.settings.kvToken ?? settings.tokenFile.map(PublishPlace.token),
      headToken: try session.settings.headToken ?? settings.headTokenFile.map(PublishPlace.token))
  }

  private func remote(
    _ url: String, _ settings: TargetSettings, _ session: Session
  ) throws -> PublishPlace.Remote {
    let head = head ?? settings.head
    guard var target = try NATSTarget(url) else {
      guard natsContext == nil else { throw Failure.usage("--nats-context requires a TARGET nats:///BUCKET") }
      return .workersKV(try KVTarget(url, head: head).served(by: session.settings.kvService))
    }
    guard head == nil else {
      throw Failure.usage("--head cannot be used with a NATS server, which stores the head itself")
    }
    guard natsContext == nil || target.options == nil else {
      throw Failure.usage("--nats-context selects the servers; use nats:///BUCKET as TARGET")
    }
    target.context = natsContext
    return .nats(target)
  }

  /// The target of a namespace that the settings describe by its parts.
  private func namedTarget(
    _ target: String?, _ settings: TargetSettings, _ session: Session
  ) throws -> KVTarget {
    let file = try wranglerFile(session)
    guard target != nil || file != nil || namespace != nil else {
      throw Failure.usage("missing expected argument '<target>'")
    }
    let known = namespace ?? (choosesInFile ? nil : settings.namespace)
    guard let namespace = try known ?? file?.namespace(target, isPreview: isPreview) else {
      let name = target ?? ""
      throw Failure(
        .notFound, "unknown target \(name): kv.\(name).url is not set",
        hint: "run wasmstore config set kv.\(name).url URL, or give a URL")
    }
    // The head of the setting is that of another namespace: its readers would miss what this one has.
    guard let head = head ?? (choosesInFile ? nil : settings.head) else {
      throw Failure.usage(
        choosesInFile
          ? "--env and --preview require --head, with the server of heads of that namespace"
          : "a namespace of Cloudflare requires --head or the setting kv.NAME.head")
    }
    let account = try account(settings, file, session)
    return try KVTarget("workers://\(account)/\(namespace)", head: head)
      .served(by: session.settings.kvService)
  }
}

extension WranglerFile {
  /// The id of the namespace with a binding name in the Worker, or of the only one; nil if there is none with the name.
  ///
  /// - Throws: `WranglerError.missing`.
  fileprivate func namespace(_ binding: String?, isPreview: Bool) throws(WranglerError) -> String? {
    let key = isPreview ? "preview_id" : "id"
    func id(_ namespace: Namespace) -> String? { isPreview ? namespace.previewID : namespace.id }
    guard let binding else {
      guard namespaces.count == 1, let id = id(namespaces[0]) else {
        throw .missing(
          "kv_namespaces with exactly one namespace that has \(isPreview ? "a preview_id" : "an id")",
          path: path.string)
      }
      return id
    }
    guard let found = namespaces.first(where: { $0.binding == binding }) else { return nil }
    guard let id = id(found) else { throw .missing("\(key) of the namespace \(binding)", path: path.string) }
    return id
  }
}
