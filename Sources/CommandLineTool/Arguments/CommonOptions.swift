internal import ArgumentParser

/// The options of every command.
struct CommonOptions: ParsableArguments {
  @Option(
    "root", value: "dir", help: "The store's directory. [env: WASMSTORE_ROOT]",
    completion: .directory)
  var root: String?

  @Option(
    "branch", value: "name", help: "The branch; otherwise the default branch. [env: WASMSTORE_BRANCH]",
    completion: .custom(StoreCompletion.branches))
  var branch: String?

  @Option(
    "author", value: "author", help: "The author of commits: NAME or 'NAME <MAIL>'. [env: WASMSTORE_AUTHOR]")
  var author: String?

  @Flag("verbose", short: "v", help: "Print more on standard error; twice for details.") var verbose: Int

  @Option("verbosity", value: "level", help: "How much to print on standard error.")
  var verbosity: Verbosity?

  @Flag("quiet", short: "q", help: "Print only results and errors.")
  var quiet = false

  @Option("color", value: "when", help: "When to use colour. [env: NO_COLOR, CLICOLOR_FORCE]")
  var color = ColorChoice.auto

  @Flag("json", help: "Print results and errors as JSON.")
  var json = false

  @Flag("no-pager", help: "Never start a pager. [env: WASMSTORE_PAGER, PAGER]")
  var noPager = false

  @Flag("progress", help: "Show progress even without a terminal; with --json, as lines of JSON.")
  var progress = false

  @Flag("no-progress", help: "Never show progress.")
  var noProgress = false

  @Flag("no-input", help: "Never ask a question, and never read from a terminal.")
  var noInput = false

  @Option(
    "lock-timeout", value: "secs", in: 0..., help: "How many seconds to wait for another process's lock.")
  var lockTimeout = 60
}

/// When to use colours.
enum ColorChoice: String, CaseIterable, ArgumentValue {
  case auto, always, never
}

/// How much to print, by the names of the older tool's log levels.
enum Verbosity: String, CaseIterable, ArgumentValue {
  case quiet, error, warning, info, debug

  init?(argument: String) {
    // The older tool had a different name for its default.
    self.init(rawValue: argument == "app" ? "warning" : argument)
  }

  /// -1 prints only errors, 0 is the default, 1 is `-v`, 2 is `-vv`.
  var level: Int {
    switch self {
    case .quiet, .error: -1
    case .warning: 0
    case .info: 1
    case .debug: 2
    }
  }
}
