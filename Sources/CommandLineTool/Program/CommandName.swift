/// The name of a command, as typed after `wasmstore`.
enum CommandName: String, CaseIterable, Sendable {
  case add, find, filename, hash, contains, list, remove, set, validate
  case inspect, search
  case branch, tag, merge, snapshot, restore, rollback, undo
  case versions, version, audit, commit, log, diff
  case compare
  case canRun = "can-run"
  case status, config, completions, help
  case selfTest = "self-test"

  /// The commands of the older tool, some of which are still to come. Their prefixes win over those of newer
  /// commands, so that what its scripts abbreviate keeps its meaning as commands are added.
  static let predecessors = [
    "add", "audit", "backup", "branch", "commit", "contains", "export", "filename", "find", "gc", "hash",
    "list",
    "log", "merge", "remove", "restore", "rollback", "server", "set", "snapshot", "version", "versions",
    "watch",
  ]

  /// Finds the command that a word names, in full or by an unambiguous prefix.
  init(word: String) throws(Failure) {
    let names = Self.allCases.map(\.rawValue)
    switch Prefix.match(word, first: Self.predecessors, then: names) {
    case .one(let name):
      guard let command = CommandName(rawValue: name) else {
        throw .usage("unknown command '\(word)'")
      }
      self = command
    case .several(let candidates):
      throw .usage("ambiguous command '\(word)': \(candidates.joined(separator: ", "))")
    case .none:
      throw .usage("unknown command '\(word)'" + Suggestion.text(for: word, among: names))
    }
  }
}

/// The spelling of an option, as far as the arguments have to be understood before they are parsed.
struct OptionName: Sendable {
  let long: String
  let short: Character?
  let takesValue: Bool

  static func flag(_ long: String, _ short: Character? = nil) -> OptionName {
    OptionName(long: long, short: short, takesValue: false)
  }

  static func value(_ long: String, _ short: Character? = nil) -> OptionName {
    OptionName(long: long, short: short, takesValue: true)
  }

  /// The options that every command takes, before or after the command's name.
  static let common: [OptionName] = [
    .value("root"), .value("branch"), .value("author"), .flag("verbose", "v"), .value("verbosity"),
    .flag("quiet", "q"), .value("color"), .flag("json"), .flag("no-pager"), .flag("progress"),
    .flag("no-progress"),
    .flag("no-input"), .value("lock-timeout"), .flag("help", "h"), .flag("version"),
  ]

  /// The long options that the older tool had on every command.
  static let predecessorsCommon = [
    "root", "branch", "author", "verbose", "verbosity", "quiet", "color", "help",
  ]
}

extension CommandName {
  /// The options of this command beside the common ones. A test holds this table against the declarations.
  var options: [OptionName] {
    switch self {
    case .add:
      [
        .flag("recursive", "r"), .value("to"), .value("message", "m"), .value("features"),
        .flag("no-validate"), .flag("if-absent"), .flag("dry-run"),
      ]
    case .find, .version: [.value("output", "o"), .flag("force")]
    case .hash, .snapshot: [.flag("short")]
    case .contains: [.flag("exit-code")]
    case .list: [.value("rev"), .flag("long", "l"), .flag("null", "0"), .value("sort")]
    case .inspect: [.value("section")]
    case .search:
      [
        .value("import"), .value("export"), .value("feature"), .value("producer"), .value("kind"),
        .value("larger"), .value("smaller"), .value("rev"), .flag("all"), .flag("null", "0"),
      ]
    case .remove: [.flag("ignore-missing"), .value("message", "m"), .flag("dry-run")]
    case .set: [.value("expect"), .value("message", "m"), .flag("dry-run")]
    case .branch:
      [
        .flag("delete"), .flag("list"), .flag("rename"), .flag("protect"), .flag("unprotect"),
        .flag("default"),
        .flag("force"), .value("from"), .flag("dry-run"),
      ]
    case .tag: [.flag("delete"), .value("message", "m"), .flag("dry-run")]
    case .merge:
      [
        .flag("ours"), .flag("theirs"), .value("pick"), .flag("ff-only"), .value("message", "m"),
        .flag("dry-run"),
      ]
    case .restore: [.value("message", "m"), .flag("dry-run")]
    case .rollback: [.value("steps"), .value("message", "m"), .flag("dry-run")]
    case .undo: [.flag("list"), .flag("dry-run")]
    case .versions: [.flag("all")]
    case .audit: [.value("max-count", "n"), .value("since")]
    case .log:
      [
        .flag("plain"), .value("pager"), .value("max-count", "n"), .value("skip"), .flag("reverse"),
        .flag("oneline"), .flag("graph"), .flag("stat"),
      ]
    case .config: [.flag("show-origin")]
    case .validate: [.value("batch"), .value("features")]
    case .compare: [.value("require")]
    case .selfTest: [.value("ca-file"), .value("host"), .value("port")]
    case .canRun, .filename, .commit, .diff, .status, .completions, .help: []
    }
  }

  /// Whether the operands that it takes any number of must be at least one. A test holds this against the declarations.
  var needsRepeatedOperand: Bool {
    switch self {
    case .add, .remove, .canRun: true
    default: false
    }
  }

  /// The long options that the older tool had on this command.
  var predecessorsOptions: [String] {
    switch self {
    case .branch: ["delete", "list"]
    case .log: ["plain", "pager", "max-count", "skip", "reverse"]
    default: []
    }
  }
}
