import Identifiers
import Support
import Testing

@testable import ModuleStore

@Suite struct NamingTests {
  @Test(arguments: ["a", "/a", "a/", "//a//"])
  func emptyStepsAreDropped(text: String) throws {
    #expect(try ModulePath(text).description == "/a")
  }

  static let refused: [(String, String)] = [
    ("", "it is empty"), ("/", "it is empty"), ("a/../b", "\"..\" is not allowed"),
    ("./a", "\".\" is not allowed"), ("a\u{0}b", "it has a control character"),
    ("a\nb", "it has a control character"), ("a\u{85}b", "it has a control character"),
    (".git/config", "git reserves the name \".git\""), ("x/.GIT", "git reserves the name \".GIT\""),
    ("git~1", "git reserves the name \"git~1\""), (".git. ", "git reserves the name \".git. \""),
    (".g\u{200c}it", "git reserves the name \".g\u{200c}it\""),
    (".git:\u{301}x", "git reserves the name \".git:\u{301}x\""),
    (".git\\\u{301}x", "git reserves the name \".git\\\u{301}x\""),
    (".git::$DATA", "git reserves the name \".git::$DATA\""),
    (".gitmodules", "git reserves the name \".gitmodules\""), ("a\u{fffd}", "it is not valid UTF-8"),
    (String(repeating: "a", count: 256), "a segment is longer than 255 bytes"),
    (String(repeating: "a/", count: 65), "it has more than 64 levels"),
    (
      Array(repeating: String(repeating: "b", count: 200), count: 6).joined(separator: "/"),
      "it is longer than 1024 bytes"
    ),
    (String(repeating: "a", count: 64), "a name of 64 hexadecimal digits is a module's hash"),
  ]

  @Test(arguments: [
    (Array("/a b".utf8), "/a b"), (Array("/\"a\\".utf8), #""/\"a\\""#),
    ([0x2f, 0x09, 0x0a, 0x0d, 0x01, 0x7f], #""/\t\n\r\001\177""#),
    ([0x2f, 0xff, 0x31, 0x80, 0x22], #""/\3771\200\"""#), (Array("/\u{e9}\n".utf8), "\"/\u{e9}\\n\""),
    (Array("\"".utf8), #""\"""#),
  ])
  func oddPathsAreQuoted(path: [UInt8], text: String) {
    #expect(RawPath(path).spelled == text)
    #expect(RawPath(path).spelledBytes == Array(text.utf8))
  }

  @Test(arguments: refused)
  func pathsThatAreRefused(text: String, reason: String) {
    #expect(throws: StoreError.invalidPath(text, reason: reason)) { try ModulePath(text) }
  }

  @Test(arguments: refused)
  func pathsOfATreeThatAreRefused(text: String, reason: String) {
    #expect(ModulePath(bytes: Array(text.utf8)) == nil)
    #expect(ModulePath(bytes: [0x2f] + Array(text.utf8)) == nil)
  }

  @Test(
    arguments: [[0x61, 0xff], Array("a//b".utf8), Array("a/".utf8), Array("a/\u{85}".utf8)] as [[UInt8]])
  func namesThatNoTextSpells(bytes: [UInt8]) {
    #expect(ModulePath(bytes: bytes) == nil)
  }

  @Test(arguments: [
    "a.wasm", "git", ".gitignore", "ü/ß.wasm", "e\u{301}", "a b", "-", String(repeating: "a", count: 63),
  ])
  func pathsThatAreTaken(text: String) throws {
    #expect(try ModulePath(text).description == "/" + text)
    #expect(ModulePath(bytes: Array("/\(text)".utf8)) == (try ModulePath(text)))
  }

  @Test func unicodeFormsStayApart() throws {
    #expect(try ModulePath("\u{e9}").names != ModulePath("e\u{301}").names)
  }

  /// A line begins after a line feed, whatever byte is before that.
  @Test(arguments: [
    ("Import\n\nWasmstore-Rollback-To: none\n", true), ("x\r\nWasmstore-Rollback-To: none", true),
    ("Import\n\nWasmstore-Rollback-To: none\nWasmstore-Rollback-To: abc", false),
    ("Wasmstore-Rollback-To: none\r\n", false), ("x Wasmstore-Rollback-To: none", false),
  ])
  func rollbackTrailers(message: String, isThere: Bool) {
    #expect(RollbackTrailer.target(in: message) == (isThere ? .nothing : nil))
  }

  static let patterns: [(String, String, Bool)] = [
    ("*.wasm", "dir/a.wasm", true), ("*.wasm", "a.txt", false), ("dir/*", "dir/a", true),
    ("dir/*", "dir/x/a", false),
    ("dir/**", "dir/x/a", true), ("**/a", "x/y/a", true), ("**/a", "a", true), ("a?c", "abc", true),
    ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("a*b*c", "aXbYbZc", true), ("dir", "dir/a", true),
    ("dir", "dirty", false), ("x/**/z", "x/z", true), ("x/**/z", "x/1/2/z", true),
    ("x/**/z", "x/1/2/y", false),
    ("/", "a/b", true),
  ]

  @Test(arguments: patterns)
  func filters(pattern: String, path: String, isMatch: Bool) throws {
    #expect(try PathFilter(pattern).matches(Array("/\(path)".utf8)) == isMatch)
  }

  static let refusedNames = [
    "main~1", "HEAD", "@", "a@{b", "a:b", "a..b", "-x", "a b", "", "a.lock", "-\u{301}x", "a^\u{301}", "a//b",
    String(repeating: "a", count: 251), "x/" + String(repeating: "a", count: 255),
    String(repeating: "a/", count: 512) + "a", String(repeating: "0123456789", count: 4),
  ]

  @Test(arguments: refusedNames)
  func namesThatAreRefused(name: String) {
    #expect(throws: StoreError.self) { try BranchName(name) }
    #expect(throws: StoreError.self) { try TagName(name) }
  }

  /// Names created by tools for continuous integration.
  static let takenNames = [
    "renovate/@types/node-20.x", "1234", "20261130", "abcd", "deadbeef", "user@host", "@x", "x@", "a{b}",
    "a@\u{301}b",
    "feature/#12", String(repeating: "a", count: 250), String(repeating: "a", count: 250) + "/b",
    String(repeating: "0123456789", count: 4) + "0", "dependabot/npm_and_yarn/@babel/core-7.0.0",
  ]

  @Test(arguments: takenNames)
  func namesThatAreTaken(name: String) throws {
    #expect(try BranchName(name).name == name)
    #expect(try TagName(name).name == name)
    try run(["git", "check-ref-format", "--branch", name])
  }

  static let splits: [(String, String?, String?)] = [
    ("main:a.wasm", "main", "a.wasm"), ("main:a:b.wasm", "main", "a:b.wasm"), ("v1~2:/a", "v1~2", "/a"),
    ("main@{2026-01-01T12:00}:a:b", "main@{2026-01-01T12:00}", "a:b"), ("@{1}:a", "@{1}", "a"),
    ("@:a@{b:c}", "@", "a@{b:c}"), ("x/@y@{12:00}:a", "x/@y@{12:00}", "a"), ("@types/x:a", "@types/x", "a"),
    ("a:\u{301}b", "a", "\u{301}b"), (":a", "", "a"), ("main:", "main", ""),
    ("main@{2026-01-01T12:00", "main@{2026-01-01T12", "00"), ("main@{12:00}", nil, nil), ("a.wasm", nil, nil),
  ]

  @Test(arguments: splits)
  func revisionsEndAtTheFirstColonOutsideBraces(text: String, revision: String?, path: String?) {
    let split = ModuleReference.place(in: text)
    #expect(split?.revision == revision)
    #expect(split?.path == path)
  }

  @Test(arguments: [
    ("Ada", "Ada", "wasmstore@localhost"), ("Ada <ada@example.org>", "Ada", "ada@example.org"),
    (" Ada L. <a@b> ", "", ""),
  ])
  func authors(text: String, name: String, mail: String) {
    guard !name.isEmpty else { return #expect(Author(text) == nil) }
    #expect(Author(text) == Author(name: name, mail: mail))
  }

  @Test func oddNamesAreQuotedAsGitQuotesThem() throws {
    let folder = try TemporaryFolder()
    let odd: [[UInt8]] = [Array("a\"b".utf8), Array("tab\t".utf8), [0x78, 0xff], Array("back\\slash".utf8)]
    for name in odd {
      let git = try run(
        [
          "sh", "-c",
          "cd '\(folder.path)' && rm -rf r && git init -q r && cd r && xargs -0 touch -- && git ls-files -o",
        ], input: name + [0])
      #expect(git.text == RawPath(name).spelled)
    }
  }
}

@Suite struct TimestampTests {
  static let spellings: [(Int64, String, String)] = [
    (0, "1970-01-01T00:00:00Z", "Thu Jan  1 00:00:00 1970"),
    (1_795_237_787, "2026-11-21T05:09:47Z", "Sat Nov 21 05:09:47 2026"),
    (951_782_400, "2000-02-29T00:00:00Z", "Tue Feb 29 00:00:00 2000"),
    (-1, "1969-12-31T23:59:59Z", "Wed Dec 31 23:59:59 1969"),
    (4_102_444_799, "2099-12-31T23:59:59Z", "Thu Dec 31 23:59:59 2099"),
    (-30_610_224_000, "1000-01-01T00:00:00Z", "Wed Jan  1 00:00:00 1000"),
  ]

  @Test(arguments: spellings)
  func spelling(seconds: Int64, rfc3339: String, asctime: String) throws {
    let timestamp = Timestamp(seconds: seconds)
    #expect(timestamp.rfc3339 == rfc3339)
    #expect(timestamp.asctime == asctime)
    #expect(try run(["date", "-u", "-d", "@\(seconds)", "+%Y-%m-%dT%H:%M:%SZ"]).text == rfc3339)
    #expect(DateExpression(rfc3339)?.timestamp(now: timestamp) == timestamp)
  }

  static let dates: [(String, Int64)] = [
    ("2026-11-21", 1_795_219_200), ("2026-11-21T12:00", 1_795_262_400),
    ("2026-11-21T12:00:30+02:00", 1_795_255_230), ("@5", 5), ("2 hours ago", 1_000_000_000 - 7_200),
    ("3.days.ago", 1_000_000_000 - 259_200), ("now", 1_000_000_000), ("yesterday", 1_000_000_000 - 86_400),
    ("today", 1_000_000_000 - 6_400), ("2016-12-31T23:59:60Z", 1_483_228_800), ("2000-02-29", 951_782_400),
    ("1969-12-31T23:59:59.9Z", -1), ("0000-01-01", -62_167_219_200), ("9999-12-31 23:59:59", 253_402_300_799),
  ]

  @Test(arguments: dates)
  func reading(text: String, seconds: Int64) {
    #expect(DateExpression(text)?.timestamp(now: Timestamp(seconds: 1_000_000_000)).seconds == seconds)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-02-30", "2026-01-01T25:00", "tomorrow", "x ago", "@x", "-5 days ago",
    "1900-02-29", "10000-01-01", "-1-01-01", "2026-01-01T23:59:61", "@253402300800",
    "@-9223372036854775808",
  ])
  func whatIsNoDate(text: String) {
    #expect(DateExpression(text) == nil)
  }
}
