@preconcurrency internal import Glibc

/// The variables that the tool reads, once, at its start. An empty one counts as unset.
struct Environment: Sendable {
  var root: String?
  var branch: String?
  var author: String?
  var pager: String?
  var home: String?
  var configurationHome: String?
  var sourceDateEpoch: String?
  var terminal: String?
  var noColor = false
  var forceColor = false

  /// The environment of this process.
  static var current: Environment {
    var environment = Environment()
    environment.root = value("WASMSTORE_ROOT")
    environment.branch = value("WASMSTORE_BRANCH")
    environment.author = value("WASMSTORE_AUTHOR")
    environment.pager = value("WASMSTORE_PAGER") ?? value("PAGER")
    environment.home = value("HOME")
    environment.configurationHome = value("XDG_CONFIG_HOME")
    environment.sourceDateEpoch = value("SOURCE_DATE_EPOCH")
    environment.terminal = value("TERM")
    environment.noColor = value("NO_COLOR") != nil
    environment.forceColor = value("CLICOLOR_FORCE").map { $0 != "0" } ?? false
    return environment
  }

  private static func value(_ name: String) -> String? {
    guard let text = getenv(name), text.pointee != 0 else { return nil }
    return String(cString: text)
  }

  /// Lists the variables for a program that we start, as `NAME=VALUE`, with one more where it is not set.
  static func inherited(withDefault name: String, _ value: String) -> [String] {
    var variables = self.value(name) == nil ? ["\(name)=\(value)"] : []
    var next = environ
    while let variable = next.pointee {
      variables.append(String(cString: variable))
      next += 1
    }
    return variables
  }
}

/// What a run goes by, once options and variables are weighed against each other.
struct Settings: Equatable, Sendable {
  /// The folder of the store; nil where nothing names it, not even a home.
  var root: String?
  var branch: String?
  var author: String?
  var userFile: String?
  var lockTimeout: Duration
  /// Seconds since 1970 that stand in for the clock, so that the same commands make the same commits.
  var fixedTime: Int64?

  /// Weighs options against variables: an option wins, then its variable, then the default.
  ///
  /// What neither names is left to the configuration files, which the store reads.
  static func resolve(flags: CommonOptions, environment: Environment) throws(Failure) -> Settings {
    Settings(
      root: try root(flags: flags, environment: environment),
      branch: flags.branch ?? environment.branch,
      author: flags.author ?? environment.author,
      userFile: userFile(environment),
      lockTimeout: .seconds(flags.lockTimeout ?? 60),
      fixedTime: try fixedTime(environment))
  }

  private static func root(flags: CommonOptions, environment: Environment) throws(Failure) -> String? {
    if let root = flags.root {
      guard !root.isEmpty else { throw .usage("--root is empty") }
      return root
    }
    return environment.root ?? environment.home.map { $0 + "/.wasmstore" }
  }

  private static func userFile(_ environment: Environment) -> String? {
    let folder = environment.configurationHome ?? environment.home.map { $0 + "/.config" }
    return folder.map { $0 + "/wasmstore/config" }
  }

  private static func fixedTime(_ environment: Environment) throws(Failure) -> Int64? {
    guard let text = environment.sourceDateEpoch else { return nil }
    guard let seconds = Int64(text), seconds >= 0 else {
      throw .usage("SOURCE_DATE_EPOCH takes seconds since 1970, not '\(text)'")
    }
    return seconds
  }

  /// Translates the older tool's names of log levels: -1 is quiet, 0 the default, 1 as `-v`, 2 as `-vv`.
  static func verbosity(named name: String) -> Int? {
    switch name {
    case "quiet", "error": -1
    case "app", "warning": 0
    case "info": 1
    case "debug": 2
    default: nil
    }
  }
}

/// How a run shows its results: the options and variables that concern people's eyes.
struct Appearance: Sendable {
  enum Format: Sendable { case text, json }
  enum Progress: Sendable { case automatic, always, never }

  var format = Format.text
  var color = ColorChoice.auto
  var verbosity = 0
  var pager: String?
  var mayPage = true
  var progress = Progress.automatic
  var mayWaitForInput = true

  init(environment: Environment) {
    if environment.terminal == "dumb" { color = .never }
    if environment.forceColor { color = .always }
    if environment.noColor { color = .never }
    pager = environment.pager
  }

  init(flags: CommonOptions, environment: Environment) {
    self.init(environment: environment)
    format = flags.json ? .json : .text
    if let choice = flags.color.flatMap({ ColorChoice(rawValue: $0) }) {
      color = choice == .auto ? color : choice
    }
    verbosity = flags.verbosity.flatMap { Settings.verbosity(named: $0) } ?? flags.verbose
    if flags.quiet { verbosity = -1 }
    mayPage = !flags.noPager
    progress = flags.noProgress || flags.quiet ? .never : flags.progress ? .always : .automatic
    mayWaitForInput = !flags.noInput
  }
}
