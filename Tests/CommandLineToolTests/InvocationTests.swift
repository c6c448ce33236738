import Testing

@testable import CommandLineTool

extension Invocation {
  /// The options and operands as ArgumentParser would read them.
  var arguments: [String] {
    let options = options.map { "--\($0.name)" + ($0.value.map { "=" + $0 } ?? "") }
    return operands.isEmpty ? options : options + ["--"] + operands
  }
}

/// The parsing of arguments.
@Suite struct InvocationTests {
  @Test(arguments: [
    (["list"], CommandName.list, []),
    (["find", "a.wasm"], .find, ["--", "a.wasm"]),
    // Common options before or after the command, as one word or two.
    (["--root", "r", "find", "a"], .find, ["--root=r", "--", "a"]),
    (["find", "a", "--root=r"], .find, ["--root=r", "--", "a"]),
    (["-v", "-q", "list", "-v"], .list, ["--verbose", "--quiet", "--verbose"]),
    (["-vqv", "list"], .list, ["--verbose", "--quiet", "--verbose"]),
    // Values may begin with a dash, be empty, or contain an equals sign.
    (["find", "a", "-o", "-"], .find, ["--output=-", "--", "a"]),
    (["find", "a", "-o-"], .find, ["--output=-", "--", "a"]),
    (["add", "a", "-m", "--json"], .add, ["--message=--json", "--", "a"]),
    (["merge", "b", "--pick", "/a=b=ours"], .merge, ["--pick=/a=b=ours", "--", "b"]),
    (["audit", "-n5"], .audit, ["--max-count=5"]),
    (["log", "-n", "5", "main"], .log, ["--max-count=5", "--", "main"]),
    // Words after `--` are not options, and a number with a minus is one only if such an option exists.
    (["find", "--", "--root"], .find, ["--", "--root"]),
    (["--", "find", "-x"], .find, ["--", "-x"]),
    (["add", "-", "x"], .add, ["--", "-", "x"]),
    (["version", "-1", "/a"], .version, ["--", "-1", "/a"]),
    (["list", "-0"], .list, ["--null"]),
    (["list", "-0l"], .list, ["--null", "--long"]),
  ])
  func `spells out`(words: [String], command: CommandName, arguments: [String]) throws {
    let invocation = try Invocation(words)
    #expect(invocation.command == command)
    #expect(invocation.arguments == arguments)
    #expect(invocation.request == .run)
  }

  @Test(arguments: [
    // The older tool's commands first: `snap` was unambiguous there and stays so.
    ("snap", CommandName.snapshot), ("f", nil), ("fin", .find), ("fi", nil), ("fil", .filename),
    ("ha", .hash),
    ("r", nil), ("rol", .rollback), ("rem", .remove), ("res", .restore), ("version", .version),
    ("versions", .versions), ("vers", nil), ("set", .set), ("se", nil), ("s", nil), ("l", nil), ("li", .list),
    ("lo", .log), ("m", .merge), ("h", .hash), ("a", nil), ("ad", .add), ("au", .audit),
    ("aut", .auth), ("auth", .auth), ("br", .branch),
    // Then all commands.
    ("st", .status), ("t", .tag), ("di", .diff), ("u", .undo), ("conf", .config), ("compl", .completions),
    ("comp", nil),
    // `co` and `c` were ambiguous between commit and contains, and newer names do not change that.
    ("co", nil), ("com", .commit), ("con", .contains),
  ])
  func `finds a command by prefix`(word: String, command: CommandName?) throws {
    if let command {
      #expect(try CommandName(word: word) == command)
    } else {
      #expect(throws: Failure.self) { try CommandName(word: word) }
    }
  }

  @Test(arguments: [
    (["branch", "x", "--del"], ["--delete", "--", "x"]),
    (["branch", "--l"], ["--list"]),
    (["log", "--re"], ["--reverse"]),
    (["log", "--max=3"], ["--max-count=3"]),
    (["list", "--ro", "r"], ["--root=r"]),
    (["--auth", "me", "list"], ["--author=me"]),
    (["remove", "--dry", "a"], ["--dry-run", "--", "a"]),
    // A full name has precedence over a longer one.
    (["--verbose", "list"], ["--verbose"]),
  ])
  func `finds an option by prefix`(words: [String], arguments: [String]) throws {
    #expect(try Invocation(words).arguments == arguments)
  }

  @Test(arguments: [
    (["rolback"], "unknown command 'rolback': did you mean 'rollback'?"),
    (["lsit"], "unknown command 'lsit': did you mean 'list'?"),
    (["frobnicate"], "unknown command 'frobnicate'"),
    (["re"], "ambiguous command 're': remove, restore"),
    (["nats"], "unknown command 'nats'"),
    (["find", "--frce"], "unknown option '--frce' of find: did you mean '--force'?"),
    (["--frce", "find"], "unknown option '--frce'"),
    (["find", "-x"], "unknown option '-x' of find"),
    (["log", "--p"], "ambiguous option '--p': --plain, --pager"),
    (["list", "--verb"], "ambiguous option '--verb': --verbose, --verbosity"),
    (["list", "--root"], "option '--root' requires a value"),
    (["list", "--root="], "option '--root' requires a value"),
    (["list", "--root", ""], "option '--root' requires a value"),
    (["list", "--json=yes"], "option '--json' takes no value"),
    (["help", "a", "b"], "help takes only one command"),
    (["help", "rolback"], "unknown command 'rolback': did you mean 'rollback'?"),
  ])
  func `refuses`(words: [String], message: String) {
    let failure = #expect(throws: Failure.self) { try Invocation(words) }
    #expect(failure?.message == message)
    #expect(failure?.code.status == 2)
  }

  @Test(arguments: [
    ([], Invocation.Request.run, nil),
    (["-h"], .shortHelp, nil),
    (["--help"], .fullHelp, nil),
    (["help"], .fullHelp, nil),
    (["help", "snap"], .fullHelp, CommandName.snapshot),
    (["find", "-h"], .shortHelp, .find),
    (["find", "--help=plain"], .fullHelp, .find),
    (["find", "a", "--hel"], .fullHelp, .find),
    (["--version"], .version, nil),
    (["find", "--version"], .version, .find),
    (["---completion", "find", "--", "positional@0"], .passThrough, nil),
    (["--experimental-dump-help"], .passThrough, nil),
    // The value of an option is not a request for help.
    (["add", "-m", "--help", "a"], .run, .add),
  ])
  func `understands questions`(words: [String], request: Invocation.Request, command: CommandName?) throws {
    let invocation = try Invocation(words)
    #expect(invocation.request == request)
    #expect(invocation.command == command)
  }

  @Test func `an empty line is told from one with options alone`() throws {
    #expect(try Invocation([]).isEmpty)
    #expect(try !Invocation(["--json"]).isEmpty)
  }
}
