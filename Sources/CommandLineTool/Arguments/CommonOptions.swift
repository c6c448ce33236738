internal import ArgumentParser

/// The options that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The store's directory. [env: WASMSTORE_ROOT]", valueName: "dir"),
    completion: .directory)
  var root: String?

  @Option(
    help: ArgumentHelp(
      "The branch to work on, else the default branch. [env: WASMSTORE_BRANCH]", valueName: "name"),
    completion: .custom(StoreCompletion.branches))
  var branch: String?

  @Option(
    help: ArgumentHelp(
      "Who makes the commits: NAME or 'NAME <MAIL>'. [env: WASMSTORE_AUTHOR]", valueName: "author"))
  var author: String?

  @Flag(name: .shortAndLong, help: "Say more on standard error; twice for details.")
  var verbose: Int

  @Option(
    help: ArgumentHelp("How much to say: quiet, error, warning, info or debug.", valueName: "level"),
    completion: .list(["quiet", "error", "warning", "info", "debug"]))
  var verbosity: String?

  @Flag(name: .shortAndLong, help: "Say nothing but the result and errors.")
  var quiet = false

  @Option(
    help: ArgumentHelp("Colour: auto, always or never. [env: NO_COLOR, CLICOLOR_FORCE]", valueName: "when"),
    completion: .list(["auto", "always", "never"]))
  var color: String?

  @Flag(help: "Print results and errors as JSON.")
  var json = false

  @Flag(help: "Never start a pager. [env: WASMSTORE_PAGER, PAGER]")
  var noPager = false

  @Flag(help: "Show progress even without a terminal; with --json as lines of JSON.")
  var progress = false

  @Flag(help: "Never show progress.")
  var noProgress = false

  @Flag(help: "Never ask or wait for a person.")
  var noInput = false

  @Option(help: ArgumentHelp("How long to wait for another process's lock (default: 60).", valueName: "secs"))
  var lockTimeout: Int?

  mutating func validate() throws {
    if let color, ColorChoice(rawValue: color) == nil {
      throw ValidationError("--color takes auto, always or never, not '\(color)'")
    }
    if let verbosity, Settings.verbosity(named: verbosity) == nil {
      throw ValidationError("--verbosity takes quiet, error, warning, info or debug, not '\(verbosity)'")
    }
    if let lockTimeout, lockTimeout < 0 {
      throw ValidationError("--lock-timeout takes a number of seconds, not '\(lockTimeout)'")
    }
  }
}

/// When to colour.
enum ColorChoice: String, Sendable {
  case auto, always, never
}
