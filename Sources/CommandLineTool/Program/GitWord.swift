/// Words of git and of the shell that this program does not have, with their equivalents.
enum GitWord {
  /// The equivalents of commands.
  static var commands: [String: String] {
    [
      "ls": "wasmstore list", "ls-files": "wasmstore list", "ls-tree": "wasmstore list --rev REV",
      "rm": "wasmstore remove PATH", "delete": "wasmstore remove PATH",
      "mv": "wasmstore set HASH PATH, then wasmstore remove OLDPATH",
      "cp": "wasmstore set HASH PATH", "cat": "wasmstore find PATH", "get": "wasmstore find PATH",
      "show": "wasmstore inspect PATH for a module, wasmstore commit REV for a commit",
      "cat-file": "wasmstore find PATH", "init": "not needed: wasmstore add creates the store",
      "clone": "git clone --mirror ROOT, or wasmstore backup FILE and restore-backup FILE",
      "checkout": "wasmstore --branch NAME COMMAND, WASMSTORE_BRANCH, or wasmstore export -o DIR",
      "switch": "wasmstore --branch NAME COMMAND, or WASMSTORE_BRANCH",
      "push": "git --git-dir ROOT push", "pull": "git --git-dir ROOT fetch, then wasmstore merge",
      "fetch": "git --git-dir ROOT fetch", "remote": "git --git-dir ROOT remote",
      "reflog": "wasmstore undo --list, or wasmstore audit --moves", "blame": "wasmstore audit PATH",
      "annotate": "wasmstore audit PATH", "reset": "wasmstore restore REV", "revert": "wasmstore rollback",
      "stash": "not needed: there is no work tree",
      "rev-parse": "wasmstore snapshot, or wasmstore hash PATH", "info": "wasmstore status",
      "describe": "wasmstore snapshot", "prune": "wasmstore gc", "archive": "wasmstore export",
      "rebase": "wasmstore merge", "cherry-pick": "wasmstore restore REV PATH",
    ]
  }

  /// The full names of options that have a letter in git.
  static func option(_ letter: Character, of command: CommandName) -> String? {
    switch (command, letter) {
    case (.branch, "d"), (.branch, "D"), (.tag, "d"): "--delete"
    case (.branch, "m"), (.branch, "M"): "--rename"
    case (.branch, "l"): "--list"
    case (.branch, "f"): "--force"
    case (.log, "p"): "--stat"
    case (.gc, "n"), (.remove, "n"), (.merge, "n"): "--dry-run"
    default: nil
    }
  }
}
