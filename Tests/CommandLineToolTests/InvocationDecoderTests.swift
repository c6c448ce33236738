import ArgumentParser
import Testing

@testable import CommandLineTool

/// What a command reads from its invocation, held against what ArgumentParser reads.
@Suite struct InvocationDecoderTests {
  @Test(arguments: [
    "add app.wasm", "add app.wasm lib/app.wasm -m why --if-absent --dry-run",
    "add -r build x --to plugins -vv",
    "add - a.wasm --features wasm3,-simd --json --root /r --branch b --author me --lock-timeout 5",
    "find a.wasm -o- --force", "filename abcdef0", "hash a.wasm --short", "contains a --exit-code -q",
    "list", "list plugins --rev v1 -l0 --sort date", "list -- -x", "remove a b --ignore-missing",
    "set 00ff a.wasm --expect 11ff -m text", "validate a b --features all", "inspect ./a.wasm --section name",
    "can-run wasip1 a b", "merge other --ours --pick /a=theirs --pick b=ours",
    "snapshot --short", "restore v1 a b", "rollback a --steps 2", "rollback", "undo --list", "undo op",
    "versions a.wasm --all", "version 3 a.wasm", "version -1 a.wasm", "audit a -n 5 --since yesterday",
    "commit v1", "log --oneline --graph -n3 --skip 1 main", "tag", "tag v1 main --delete", "status",
    "config get wasmstore.gc.keepLast --show-origin", "completions bash", "branch x y --rename --from v1",
    "status --color never --verbosity debug --no-pager --no-progress --no-input --progress",
    "add a -m one -m two --root x --root y", "diff", "log", "validate", "branch --list", "config list",
    "restore v1",
    "search --import env.* --export a --export b --feature simd --producer rustc --kind core --larger 1k -0",
    "search kind:core --all --smaller 2k --rev v1",
  ])
  func `reads what ArgumentParser reads`(line: String) throws {
    try compare(line, isDecided: true)
  }

  /// What is wrong, ArgumentParser alone knows; and rare kinds of options.
  @Test(arguments: [
    "add", "remove", "can-run wasip1", "find", "find a b", "version x a", "version 1", "log -n x",
    "status extra", "list --color blue", "list --lock-timeout=-1", "rollback --steps two",
    "compare v1:a v2:a --require minor",
  ])
  func `leaves to ArgumentParser`(line: String) throws {
    try compare(line, isDecided: false)
  }

  private func compare(_ line: String, isDecided: Bool) throws {
    let invocation = try Invocation(line.split(separator: " ").map(String.init))
    let type = try #require(invocation.command).type
    try compare(type, invocation, isDecided: isDecided)
  }

  private func compare<Command: StoreCommand>(
    _ type: Command.Type, _ invocation: Invocation, isDecided: Bool
  ) throws {
    let decoded = InvocationDecoder.decode(type, from: invocation)
    #expect((decoded != nil) == isDecided)
    guard let decoded else { return }
    var (text, expected) = ("", "")
    dump(decoded, to: &text)
    dump(try type.parse(invocation.arguments), to: &expected)
    #expect(text == expected)
  }
}
