import ArgumentParser
import ModuleStore
import Testing

@testable import CommandLineTool

/// Options against variables against defaults.
@Suite struct SettingsTests {
  private static let home = environment { $0.home = "/users/me" }

  private static func environment(_ change: (inout Environment) -> Void) -> Environment {
    var environment = Environment()
    change(&environment)
    return environment
  }

  private static func resolve(_ arguments: [String], _ environment: Environment) throws -> Settings {
    try Settings.resolve(flags: CommonOptions.parse(arguments), environment: environment)
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

  @Test(arguments: [("1700000000", 1_700_000_000), ("0", 0)])
  func `SOURCE_DATE_EPOCH stops the clock`(text: String, seconds: Int64) throws {
    let environment = Self.environment { ($0.home, $0.sourceDateEpoch) = ("/h", text) }
    let settings = try Self.resolve([], environment)
    #expect(settings.fixedTime == seconds)
    #expect(settings.clock().seconds == seconds)
  }

  @Test(arguments: ["", "x", "-1", "1.5"])
  func `refuses a SOURCE_DATE_EPOCH that is no time`(text: String) {
    let environment = Self.environment { ($0.home, $0.sourceDateEpoch) = ("/h", text) }
    let failure = #expect(throws: Failure.self) { try Self.resolve([], environment) }
    #expect(failure?.message == "SOURCE_DATE_EPOCH takes seconds since 1970, not '\(text)'")
  }

  @Test(arguments: [
    ([], Environment(), ColorChoice.auto),
    ([], environment { $0.noColor = true }, .never),
    ([], environment { $0.forceColor = true }, .always),
    ([], environment { ($0.noColor, $0.forceColor) = (true, true) }, .never),
    ([], environment { $0.terminal = "dumb" }, .never),
    ([], environment { ($0.terminal, $0.forceColor) = ("dumb", true) }, .always),
    ([], environment { $0.terminal = "xterm" }, .auto),
    (["--color=always"], environment { $0.noColor = true }, .always),
    (["--color=never"], environment { $0.forceColor = true }, .never),
    (["--color=auto"], environment { $0.noColor = true }, .never),
  ])
  func `weighs the wishes for colour`(arguments: [String], environment: Environment, color: ColorChoice)
    throws
  {
    let appearance = Appearance(flags: try CommonOptions.parse(arguments), environment: environment)
    #expect(appearance.color == color)
  }

  @Test(arguments: [
    ([], 0), (["-v"], 1), (["-vv"], 2), (["-v", "-v"], 2), (["--verbosity=debug"], 2),
    (["--verbosity=info"], 1),
    (["--verbosity=error"], -1), (["-q"], -1), (["-v", "-q"], -1),
  ])
  func `weighs how much to say`(arguments: [String], verbosity: Int) throws {
    let appearance = Appearance(flags: try CommonOptions.parse(arguments), environment: Environment())
    #expect(appearance.verbosity == verbosity)
  }

  @Test(arguments: [
    ("--color=red", "--color takes auto, always or never, not 'red'"),
    ("--verbosity=loud", "--verbosity takes quiet, error, warning, info or debug, not 'loud'"),
    ("--lock-timeout=-1", "--lock-timeout takes a number of seconds, not '-1'"),
  ])
  func `refuses`(argument: String, message: String) {
    let error = #expect(throws: (any Error).self) { try CommonOptions.parse([argument]) }
    #expect(error.map { CommonOptions.message(for: $0) } == message)
  }
}
