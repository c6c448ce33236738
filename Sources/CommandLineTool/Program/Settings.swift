@preconcurrency internal import Glibc
internal import ModuleStore
internal import SystemPackage

/// A variable of the environment.
struct Variable: Sendable {
  let name: String
  fileprivate let bytes: [UInt8]

  /// A variable with a value.
  init(_ name: String, bytes: some Sequence<UInt8>) {
    self.name = name
    self.bytes = Array(bytes)
  }

  /// Reads a variable of this process; nil if it is unset or empty.
  init?(_ name: String) {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    self.name = name
    bytes = (0..<strlen(value)).map { UInt8(bitPattern: value[$0]) }
  }

  /// The value, which must be UTF-8: the replacement of other bytes in a text would name another file.
  var text: String {
    get throws(Failure) {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .usage("invalid \(name) \(spelled(bytes)): it is not valid UTF-8")
      }
      return text
    }
  }
}

/// The variables of the tool, which are read once, at its start. An empty one counts as unset.
struct Environment: Sendable {
  var root: Variable?
  var branch: Variable?
  var author: Variable?
  var host: Variable?
  var port: Variable?
  var keys: Variable?
  var kvToken: Variable?
  var headToken: Variable?
  var longestRetryWait: Variable?
  var kvAccount: Variable?
  var kvService: Variable?
  var wranglerEnvironment: Variable?
  var certificate: Variable?
  var pager: Variable?
  var home: Variable?
  var configurationHome: Variable?
  var cacheHome: Variable?
  var stateHome: Variable?
  var sourceDateEpoch: Variable?
  var isDumbTerminal = false
  var noColor = false
  var forceColor = false
  /// The variables by which git's programs decide whose repositories may be used.
  var git = GitVariables()
  /// The variables with the credentials for a NATS server, by name.
  var nats: [String: Variable] = [:]

  private static let natsNames = [
    "NATS_CONTEXT", "NATS_CREDS", "NATS_NKEY", "NATS_USER", "NATS_PASSWORD", "NATS_CA", "NATS_CERT",
    "NATS_KEY",
  ]

  /// The environment of this process.
  static var current: Environment {
    var environment = Environment()
    environment.root = Variable("WASMSTORE_ROOT")
    environment.branch = Variable("WASMSTORE_BRANCH")
    environment.author = Variable("WASMSTORE_AUTHOR")
    environment.host = Variable("WASMSTORE_HOST")
    environment.port = Variable("WASMSTORE_PORT")
    environment.keys = Variable("WASMSTORE_AUTH")
    // The second names are those of wrangler 1.
    environment.kvToken = Variable("CLOUDFLARE_API_TOKEN") ?? Variable("CF_API_TOKEN")
    environment.kvAccount = Variable("CLOUDFLARE_ACCOUNT_ID") ?? Variable("CF_ACCOUNT_ID")
    environment.kvService = Variable("CLOUDFLARE_API_BASE_URL")
    environment.wranglerEnvironment = Variable("CLOUDFLARE_ENV")
    environment.headToken = Variable("WASMSTORE_HEAD_TOKEN")
    environment.longestRetryWait = Variable("WASMSTORE_TEST_RETRY_WAIT")
    environment.certificate = Variable("WASMSTORE_TLS")
    environment.pager = Variable("WASMSTORE_PAGER") ?? Variable("PAGER")
    environment.home = Variable("HOME")
    environment.configurationHome = Variable("XDG_CONFIG_HOME")
    environment.cacheHome = Variable("XDG_CACHE_HOME")
    environment.stateHome = Variable("XDG_STATE_HOME")
    environment.sourceDateEpoch = Variable("SOURCE_DATE_EPOCH")
    environment.isDumbTerminal = Variable("TERM")?.bytes == Array("dumb".utf8)
    environment.noColor = Variable("NO_COLOR") != nil
    environment.forceColor = Variable("CLICOLOR_FORCE").map { $0.bytes != [0x30] } ?? false
    for name in natsNames { environment.nats[name] = Variable(name) }
    environment.git = GitVariables { getenv($0).map { String(cString: $0) } }
    return environment
  }

  /// Sets a variable of this process if it is unset, for programs that it starts.
  static func setDefault(_ name: String, _ value: String) { setenv(name, value, 0) }

  /// The present variables, for a program that is started.
  static let variables = { @Sendable in environ }
}

/// The settings of a run, determined from options and variables.
struct Settings: Equatable, Sendable {
  /// The folder of the store; nil if nothing names it, not even a home.
  var root: String?
  var branch: String?
  var author: String?
  /// The address on which a server listens.
  var host: String?
  var port: String?
  /// The keys of a server.
  var keys: String?
  /// The token for Workers KV.
  var kvToken: String?
  /// The token for the service of the heads.
  var headToken: String?
  /// The maximum wait before a retry, in seconds: for tests of failures.
  var longestRetryWait: Double?
  /// The account at Cloudflare.
  var kvAccount: String?
  /// The URL of a service that replaces Cloudflare's.
  var kvService: String?
  /// The environment of wrangler's file.
  var wranglerEnvironment: String?
  /// The credentials for a NATS server.
  var nats = NATSLogin()
  /// The files of a server's private key and certificate.
  var certificate: String?
  var userFile: String?
  /// The folder of the user's caches; nil if nothing names one.
  var cacheFolder: String?
  /// The folder of the user's state between runs; nil if nothing names one.
  var stateFolder: String?
  var protectedConfiguration: ProtectedConfiguration
  var lockTimeout: Duration
  /// A time that replaces the clock, in seconds since 1970, so that the same commands create the same commits.
  var fixedTime: Int64?

  /// Determines the settings: an option has precedence, then its variable, then the default.
  ///
  /// The store reads all other settings from the configuration files.
  static func resolve(flags: CommonOptions, environment: Environment) throws(Failure) -> Settings {
    Settings(
      root: try root(flags: flags, environment: environment),
      branch: try text(flags.branch, else: environment.branch),
      author: try text(flags.author, else: environment.author),
      host: try environment.host?.text,
      port: try environment.port?.text,
      keys: try environment.keys?.text,
      kvToken: try environment.kvToken?.text,
      headToken: try environment.headToken?.text,
      longestRetryWait: try (environment.longestRetryWait?.text).flatMap { Double($0) },
      kvAccount: try environment.kvAccount?.text,
      kvService: try environment.kvService?.text,
      wranglerEnvironment: try environment.wranglerEnvironment?.text,
      nats: try natsLogin(environment),
      certificate: try environment.certificate?.text,
      userFile: try userFile(environment),
      cacheFolder: try folder(environment.cacheHome, else: ".cache", environment),
      stateFolder: try folder(environment.stateHome, else: ".local/state", environment),
      protectedConfiguration: try environment.git.protectedConfiguration(environment),
      lockTimeout: .seconds(flags.lockTimeout),
      fixedTime: try fixedTime(environment))
  }

  private static func text(_ option: String?, else variable: Variable?) throws(Failure) -> String? {
    if let option { return option }
    return try variable?.text
  }

  private static func root(flags: CommonOptions, environment: Environment) throws(Failure) -> String? {
    if let root = flags.root {
      guard !root.isEmpty else { throw .usage("--root is empty") }
      return root
    }
    if let root = try environment.root?.text { return root }
    return try (environment.home?.text).map { $0 + "/.wasmstore" }
  }

  private static func userFile(_ environment: Environment) throws(Failure) -> String? {
    try settingsFolder(environment).map { $0 + "/wasmstore/config" }
  }

  /// The folder of the settings of the user's programs.
  private static func settingsFolder(_ environment: Environment) throws(Failure) -> String? {
    if let folder = try environment.configurationHome?.text { return folder }
    return try (environment.home?.text).map { $0 + "/.config" }
  }

  private static func natsLogin(_ environment: Environment) throws(Failure) -> NATSLogin {
    try NATSLogin(
      home: try environment.home?.text, settingsFolder: try settingsFolder(environment)
    ) { (name) throws(Failure) in try environment.nats[name]?.text }
  }

  /// The program's folder in one of the user's folders, which a variable names or which is in the home.
  private static func folder(
    _ variable: Variable?, else name: String, _ environment: Environment
  ) throws(Failure) -> String? {
    if let folder = try variable?.text { return folder + "/wasmstore" }
    return try (environment.home?.text).map { "\($0)/\(name)/wasmstore" }
  }

  /// The port on which a server listens.
  ///
  /// - Throws: `Failure` if it is not a valid port number.
  var portNumber: UInt16? {
    get throws(Failure) {
      guard let port else { return nil }
      guard let number = UInt16(port) else { throw .usage("WASMSTORE_PORT must be a port, not '\(port)'") }
      return number
    }
  }

  private static func fixedTime(_ environment: Environment) throws(Failure) -> Int64? {
    guard let text = try environment.sourceDateEpoch?.text else { return nil }
    guard let seconds = Int64(text), seconds >= 0 else {
      throw .usage("SOURCE_DATE_EPOCH must be a number of seconds since 1970, not '\(text)'")
    }
    return seconds
  }
}

/// The options and variables that control how a run displays its results.
struct Appearance: Sendable {
  enum Format: Sendable { case text, json }
  enum Progress: Sendable { case automatic, always, never }

  var format = Format.text
  var color = ColorChoice.auto
  var verbosity = 0
  var pager: Variable?
  var mayPage = true
  var progress = Progress.automatic
  var mayWaitForInput = true

  init(environment: Environment) {
    if environment.isDumbTerminal { color = .never }
    if environment.forceColor { color = .always }
    if environment.noColor { color = .never }
    pager = environment.pager
  }

  init(flags: CommonOptions, environment: Environment) {
    self.init(environment: environment)
    format = flags.json ? .json : .text
    if flags.color != .auto { color = flags.color }
    verbosity = flags.verbosity?.level ?? flags.verbose
    if flags.quiet { verbosity = -1 }
    mayPage = !flags.noPager
    progress = flags.noProgress || flags.quiet ? .never : flags.progress ? .always : .automatic
    mayWaitForInput = !flags.noInput
  }
}
