import ArgumentParser
import Testing

@testable import CommandLineTool

/// The arguments that a command reads from its invocation, compared with ArgumentParser.
@Suite struct ArgumentReaderTests {
  @Test(arguments: [
    "add app.wasm", "add app.wasm lib/app.wasm -m why --if-absent --dry-run",
    "add -r build x --to plugins -vv",
    "add - a.wasm --features wasm3,-simd --json --root /r --branch b --author me --lock-timeout 5",
    "find a.wasm -o- --force", "filename abcdef0", "hash a.wasm --short", "contains a --exit-code -q",
    "list", "list plugins --rev v1 -l0 --sort date", "list -- -x", "remove a b --ignore-missing",
    "set 00ff a.wasm --expect \(String(repeating: "1f", count: 32)) -m text", "validate a b --features all",
    "inspect ./a.wasm --section name",
    "can-run wasip1 a b", "merge other --ours --pick /a=theirs --pick b=ours",
    "snapshot --short", "restore v1 a b", "rollback a --steps 2", "rollback", "undo --list", "undo op",
    "versions a.wasm --all", "version 3 a.wasm", "version -1 a.wasm", "audit a -n 5 --since yesterday",
    "commit v1", "log --oneline --graph -n3 --skip 1 main", "tag", "tag v1 main --delete", "status",
    "config get wasmstore.gc.keepLast --show-origin", "completions bash", "branch x y --rename --from v1",
    "status --color never --verbosity debug --no-pager --no-progress --no-input --progress",
    "add a -m one -m two --root x --root y", "diff", "log", "validate", "branch --list", "config list",
    "restore v1",
    "search --import env.* --export a --export b --feature simd --producer rustc --kind core --larger 1k -0",
    "search kind:core --all --smaller 2k --rev v1", "compare v1:a v2:a --require minor",
    "list --verbosity app", "search --kind core --kind component --feature simd --smaller 2k --smaller 1MiB",
    "set 00ff a.wasm --expect absent", "completions fish", "audit --since @5", "list --sort size --sort path",
  ])
  func `reads what ArgumentParser reads`(line: String) throws {
    let invocation = try Invocation(line.split(separator: " ").map(String.init))
    let type = try #require(invocation.command).type
    try compare(type, invocation)
  }

  private func compare<Command: StoreCommand>(_ type: Command.Type, _ invocation: Invocation) throws {
    let read = try ArgumentReader.read(type, options: invocation.options, operands: invocation.operands)
    var (text, expected) = ("", "")
    dump(read, to: &text)
    dump(try type.parse(invocation.arguments), to: &expected)
    #expect(text == expected)
  }

  @Test(arguments: [
    ("add", "missing expected argument '<file> ...'"),
    ("can-run wasip1", "missing expected argument '<module> ...'"),
    ("find", "missing expected argument '<module>'"), ("version 1", "missing expected argument '<path>'"),
    ("find a b", "unexpected argument 'b'"), ("status a b", "2 unexpected arguments: 'a', 'b'"),
    ("version x a", "N must be a whole number, not 'x'"),
    ("completions csh", "SHELL must be bash, zsh or fish, not 'csh'"),
    ("log -n x", "--max-count must be a number from 0, not 'x'"),
    ("log --skip=-1", "--skip must be a number from 0, not '-1'"),
    ("rollback --steps 0", "--steps must be a number from 1, not '0'"),
    ("rollback --steps 99999999999999999999", "--steps must be a number from 1, not '99999999999999999999'"),
    ("list --color blue", "--color must be auto, always or never, not 'blue'"),
    ("list --sort name", "--sort must be path, size or date, not 'name'"),
    ("compare a b --require major", "--require must be patch or minor, not 'major'"),
    ("merge b --pick a=mine", "--pick must be PATH=ours or PATH=theirs, not 'a=mine'"),
    ("set 00 a --expect x", "--expect must be a full hash or 'absent', not 'x'"),
    ("audit --since soon", "--since must be a date, not 'soon'"),
    (
      "search --larger big",
      "--larger must be a number of bytes, such as 1000, 64KiB or 1.5MB, not 'big'"
    ),
    ("search --kind wat", "--kind must be core or component, not 'wat'"),
    ("search --feature smid", "unknown feature 'smid': did you mean 'simd'?"),
    // The first error, in the order of the declarations.
    ("version x", "N must be a whole number, not 'x'"),
    ("list --sort name --color blue", "--sort must be path, size or date, not 'name'"),
  ])
  func `refuses`(line: String, message: String) throws {
    let invocation = try Invocation(line.split(separator: " ").map(String.init))
    let type = try #require(invocation.command).type
    let failure = #expect(throws: Failure.self) { try read(type, invocation) }
    #expect(failure?.message == message)
    #expect(failure?.code.status == 2)
  }

  private func read(_ type: (some StoreCommand).Type, _ invocation: Invocation) throws {
    _ = try ArgumentReader.read(type, options: invocation.options, operands: invocation.operands)
  }
}
