import ModuleStore
import Testing

@Suite struct GlobPatternTests {
  @Test(arguments: [
    ("env", "env"), ("*", ""), ("*", "wasi:io/streams@0.2.0"), ("wasi:http/*", "wasi:http/types@0.2.0"),
    ("*.fd_*", "wasi_snapshot_preview1.fd_write"), ("memor?", "memory"), ("[a-c]b[!x]", "bby"), ("[^a]", "b"),
    ("\\*", "*"), ("a**b", "ab"), ("*a*b*c", "xaybzc"), ("", ""), ("[", "["), ("[]a]", "]"),
    ("?", "é"), ("[à-ü]", "é"), ("[!a]", "é"), ("a?c", "a€c"), ("*?", "€"), ("a[!]]b", "a-b"),
    ("a[^]x]b", "a-b"), ("[method]output-stream.write", "[method]output-stream.write"), ("\\*", "\\*"),
    ("wasi:io/*.[method]*", "wasi:io/streams@0.2.0.[method]output-stream.write"), ("[a-c]", "[a-c]"),
  ])
  func matches(pattern: String, name: String) {
    #expect(GlobPattern(pattern).matches(name))
  }

  @Test(arguments: [
    ("env", "environment"), ("env", "Env"), ("?", ""), ("?", "ab"), ("wasi:http/*", "wasi:io/streams@0.2.0"),
    ("*a*b*c", "xaybzcx"), ("[a-c]", "d"), ("[!a]", "a"), ("\\*", "a"), ("", "a"), ("a\\", "a"),
    ("??", "é"), ("*??", "€"), ("[à-ü]", "Ã"), ("a[!]]b", "a]b"), ("[é]", "è"),
  ])
  func refuses(pattern: String, name: String) {
    #expect(!GlobPattern(pattern).matches(name))
  }

  /// A pattern on which a naive matcher backtracks for an extremely long time.
  @Test func isNotLedInCircles() {
    let pattern = String(repeating: "a*", count: 100) + "b"
    #expect(!GlobPattern(pattern).matches(String(repeating: "a", count: 2_000)))
  }
}
