import SystemPackage
import ArgumentParser
import ModuleStore
import SystemPackage
import Testing

@testable import CommandLineTool

extension Variable: ExpressibleByStringLiteral {
  /// Creates a variable with a text as its value.
  public init(stringLiteral text: String) { self.init("VARIABLE", bytes: text.utf8) }
}

/// The precedence of options, variables and defaults.
@Suite struct SettingsTests {
  private static let home = environment { $0.home = "/users/me" }

  private static func environment(_ change: (inout Environment) -> Void) -> Environment {
    var environment = Environment()
    change(&environment)
    return environment
  }

  private static func resolve(_ arguments: [String], _ environment: Environment) throws -> Settings {
    try Settings.resolve(flags: flags(arguments), environment: environment)
  }

  private static func flags(_ arguments: [String]) throws -> CommonOptions {
    try ArgumentReader.read(CommonOptions.self, options: Invocation(arguments).options)
  }

  @Test(arguments: [
    ([], home, "/users/me/.wasmstore"),
    ([], environment { $0.root = "from/variable" }, "from/variable"),
    (["--root=from/option"], environment { $0.root = "from/variable" }, "from/option"),
    (["--root=from/option"], Environment(), "from/option"),
  ])
  func `finds the root`(arguments: [String], environment: Environment, root: String) throws {
    #expect(try Self.resolve(arguments, environment).root == root)
  }

  @Test func `has no root where nothing names one`() throws {
    #expect(try Self.resolve([], Environment()).root == nil)
  }

  @Test(arguments: [
    ([], home, nil, nil),
    ([], environment { ($0.home, $0.branch, $0.author) = ("/h", "b", "a") }, "b", "a"),
    (
      ["--branch=x", "--author=y"], environment { ($0.home, $0.branch, $0.author) = ("/h", "b", "a") }, "x",
      "y"
    ),
    (["--branch=x"], environment { ($0.home, $0.author) = ("/h", "a") }, "x", "a"),
  ])
  func `an option goes before its variable`(
    arguments: [String], environment: Environment, branch: String?, author: String?
  ) throws {
    let settings = try Self.resolve(arguments, environment)
    #expect(settings.branch == branch)
    #expect(settings.author == author)
  }

  @Test(arguments: [
    (home, "/users/me/.config/wasmstore/config"),
    (environment { ($0.home, $0.configurationHome) = ("/users/me", "/etc/me") }, "/etc/me/wasmstore/config"),
  ])
  func `finds the user's file`(environment: Environment, file: String) throws {
    #expect(try Self.resolve([], environment).userFile == file)
  }

  private static let malformed = Variable("NAME", bytes: [0x62, 0xff, 0x64])

  @Test(arguments: [
    environment { $0.root = malformed }, environment { $0.home = malformed },
    environment { ($0.home, $0.branch) = ("/h", malformed) },
    environment { ($0.home, $0.author) = ("/h", malformed) },
    environment { ($0.home, $0.configurationHome) = ("/h", malformed) },
    environment { ($0.home, $0.sourceDateEpoch) = ("/h", malformed) },
  ])
  func `refuses a variable that is no text`(environment: Environment) {
    let failure = #expect(throws: Failure.self) { try Self.resolve([], environment) }
    #expect(failure?.message == #"invalid NAME "b\377d": it is not valid UTF-8"#)
    #expect(failure?.code.status == 2)
  }

  @Test func `does not look at a variable that an option goes before`() throws {
    let environment = Self.environment {
      ($0.root, $0.branch, $0.author) = (Self.malformed, Self.malformed, Self.malformed)
    }
    let settings = try Self.resolve(["--root=r", "--branch=b", "--author=a"], environment)
    #expect(settings.root == "r")
  }

  private static func git(_ variables: [String: String]) -> GitVariables { GitVariables { variables[$0] } }

  @Test(
    arguments: [
      ([:], ["/etc/gitconfig", "/h/.config/git/config", "/h/.gitconfig"], []),
      (["GIT_CONFIG_NOSYSTEM": "1"], ["/h/.config/git/config", "/h/.gitconfig"], []),
      (
        ["GIT_CONFIG_NOSYSTEM": "off", "GIT_CONFIG_SYSTEM": "/s", "GIT_CONFIG_GLOBAL": "/g"], ["/s", "/g"], []
      ),
      (["GIT_CONFIG_NOSYSTEM": "true", "GIT_CONFIG_SYSTEM": "/s", "GIT_CONFIG_GLOBAL": ""], [], []),
      (
        [
          "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "", "GIT_CONFIG_COUNT": "3",
          "GIT_CONFIG_KEY_0": "a.b",
          "GIT_CONFIG_VALUE_0": "x", "GIT_CONFIG_KEY_1": "SAFE.directory", "GIT_CONFIG_VALUE_1": "*",
          "GIT_CONFIG_KEY_2": "safe.directory", "GIT_CONFIG_VALUE_2": "",
          "GIT_CONFIG_KEY_3": "safe.directory",
        ], [], ["*", ""]
      ),
    ] as [([String: String], [String], [String])])
  func `finds git's protected configuration`(
    variables: [String: String], files: [String], directories: [String]
  ) throws {
    var environment = Environment()
    environment.home = "/h"
    environment.git = Self.git(variables)
    let configuration = try Self.resolve([], environment).protectedConfiguration
    #expect(configuration.files.map(\.string) == files)
    #expect(configuration.safeDirectories == directories)
  }

  @Test(arguments: [
    (["GIT_CONFIG_COUNT": "x"], "GIT_CONFIG_COUNT must be a number, not 'x'"),
    (["GIT_CONFIG_COUNT": "1"], "GIT_CONFIG_KEY_0 is not set"),
    (["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "a.b"], "GIT_CONFIG_VALUE_0 is not set"),
    (["GIT_CONFIG_COUNT": "999999999999"], "GIT_CONFIG_KEY_0 is not set"),
  ])
  func `refuses what git refuses`(variables: [String: String], message: String) {
    var environment = Environment()
    environment.git = Self.git(variables)
    #expect(throws: Failure.usage(message)) { try Self.resolve([], environment) }
  }

  @Test(arguments: [("1700000000", 1_700_000_000), ("0", 0)])
  func `SOURCE_DATE_EPOCH stops the clock`(text: String, seconds: Int64) throws {
    let environment = Self.environment {
      ($0.home, $0.sourceDateEpoch) = ("/h", Variable("SOURCE_DATE_EPOCH", bytes: text.utf8))
    }
    let settings = try Self.resolve([], environment)
    #expect(settings.fixedTime == seconds)
    #expect(settings.clock().seconds == seconds)
  }

  @Test(arguments: ["", "x", "-1", "1.5"])
  func `refuses a SOURCE_DATE_EPOCH that is no time`(text: String) {
    let environment = Self.environment {
      ($0.home, $0.sourceDateEpoch) = ("/h", Variable("SOURCE_DATE_EPOCH", bytes: text.utf8))
    }
    let failure = #expect(throws: Failure.self) { try Self.resolve([], environment) }
    #expect(failure?.message == "SOURCE_DATE_EPOCH must be a number of seconds since 1970, not '\(text)'")
  }

  @Test(arguments: [
    ([], Environment(), ColorChoice.auto),
    ([], environment { $0.noColor = true }, .never),
    ([], environment { $0.forceColor = true }, .always),
    ([], environment { ($0.noColor, $0.forceColor) = (true, true) }, .never),
    ([], environment { $0.isDumbTerminal = true }, .never),
    ([], environment { ($0.isDumbTerminal, $0.forceColor) = (true, true) }, .always),
    (["--color=always"], environment { $0.noColor = true }, .always),
    (["--color=never"], environment { $0.forceColor = true }, .never),
    (["--color=auto"], environment { $0.noColor = true }, .never),
  ])
  func `weighs the wishes for colour`(arguments: [String], environment: Environment, color: ColorChoice)
    throws
  {
    let appearance = Appearance(flags: try Self.flags(arguments), environment: environment)
    #expect(appearance.color == color)
  }

  @Test(arguments: [
    ([], 0), (["-v"], 1), (["-vv"], 2), (["-v", "-v"], 2), (["--verbosity=debug"], 2),
    (["--verbosity=info"], 1),
    (["--verbosity=error"], -1), (["-q"], -1), (["-v", "-q"], -1),
  ])
  func `weighs how much to say`(arguments: [String], verbosity: Int) throws {
    let appearance = Appearance(flags: try Self.flags(arguments), environment: Environment())
    #expect(appearance.verbosity == verbosity)
  }

  @Test(arguments: [
    ("--color=red", "--color must be auto, always or never, not 'red'"),
    ("--verbosity=loud", "--verbosity must be quiet, error, warning, info or debug, not 'loud'"),
    ("--lock-timeout=-1", "--lock-timeout must be a number from 0, not '-1'"),
  ])
  func `refuses`(argument: String, message: String) {
    let failure = #expect(throws: Failure.self) { try Self.flags([argument]) }
    #expect(failure?.message == message)
  }
}
