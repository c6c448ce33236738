/// The name of a command, as typed after `wasmstore`.
enum CommandName: String, CaseIterable, Sendable {
  case add, find, filename, hash, contains, list, remove, set, validate
  case inspect, search
  case branch, tag, merge, snapshot, restore, rollback, undo, redo
  case versions, version, audit, commit, log, diff
  case compare
  case watch, export, `import`
  case server, kv, edge
  case kvSync = "kv-sync"
  case kvServer = "kv-server"
  case canRun = "can-run"
  case policy, hooks, erase
  case status, doctor, fsck, gc, backup, config, auth, completions, help
  case restoreBackup = "restore-backup"
  case selfTest = "self-test"

  /// The commands of the older tool, some of which do not exist yet. Their prefixes have precedence over those of newer
  /// commands, so that abbreviations in its scripts keep their meaning when commands are added.
  static let predecessors = [
    "add", "audit", "backup", "branch", "commit", "contains", "export", "filename", "find", "gc", "hash",
    "list",
    "log", "merge", "remove", "restore", "rollback", "server", "set", "snapshot", "version", "versions",
    "watch",
  ]

  /// Finds the command for a word: its full name or an unambiguous prefix.
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
      if let answer = GitWord.commands[word] { throw .usage("unknown command '\(word)'", hint: answer) }
      throw .usage("unknown command '\(word)'" + Suggestion.text(for: word, among: names))
    }
  }
}

extension CommandName {
  /// The long options of this command in the older tool.
  var predecessorsOptions: [String] {
    switch self {
    case .branch: ["delete", "list"]
    case .log: ["plain", "pager", "max-count", "skip", "reverse"]
    default: []
    }
  }
}
