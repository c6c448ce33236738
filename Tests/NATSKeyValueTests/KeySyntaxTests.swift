import Testing

@testable import NATSKeyValue

@Suite struct KeySyntaxTests {
  private func flaw(_ body: () throws(KeyValueError) -> Void) -> KeyValueError.InvalidKey? {
    do throws(KeyValueError) {
      try body()
      return nil
    } catch {
      switch error {
      case .invalidKey(_, let reason), .invalidPattern(_, let reason): return reason
      default: return nil
      }
    }
  }

  @Test(arguments: ["a", "a.b", "lib/a.wasm", "-/_=Z9", "=2Egitignore", "a_kv", "A.B.C"])
  func `a key may have letters, digits and some marks`(key: String) {
    #expect(flaw { () throws(KeyValueError) in try KeySyntax.check(key) } == nil)
  }

  @Test(arguments: [
    ("", KeyValueError.InvalidKey.empty), (".", .dot), (".a", .dot), ("a.", .dot), ("a..b", .dot),
    ("a b", .character),
    ("a\n", .character), ("ünï", .character), ("a.*", .character), (">", .character), ("a$", .character),
    ("a:b", .character), ("_kv", .reserved), ("_kv.a", .reserved), ("_kva", .reserved),
  ])
  func `anything else is no key`(key: String, reason: KeyValueError.InvalidKey) {
    #expect(flaw { () throws(KeyValueError) in try KeySyntax.check(key) } == reason)
  }

  @Test(arguments: ["*", ">", "a.*", "*.a.>", "a", "a.*.b", "*.*"])
  func `a pattern may have wildcards`(pattern: String) {
    #expect(flaw { () throws(KeyValueError) in try KeySyntax.check(pattern: pattern) } == nil)
  }

  @Test(arguments: [
    ("a*", KeyValueError.InvalidKey.wildcard), ("*a", .wildcard), ("**", .wildcard), (">.a", .wildcard),
    ("a.>b", .wildcard), ("lib/>", .wildcard), (">>", .wildcard), ("", .empty), ("a..*", .dot), ("a.", .dot),
  ])
  func `wildcards are tokens`(pattern: String, reason: KeyValueError.InvalidKey) {
    #expect(flaw { () throws(KeyValueError) in try KeySyntax.check(pattern: pattern) } == reason)
  }

  @Test(arguments: [
    (["a", "a"], ["a"]), (["a", ">"], [">"]), (["a.*", "a.b", "b"], ["a.*", "b"]), (["a.b", "a.*"], ["a.*"]),
    (["a.*", "a.>"], ["a.>"]), (["a.>", "a"], ["a.>", "a"]), (["*.b", "a.*"], ["*.b", "a.*"]),
    (["*", ">", "a"], [">"]),
  ])
  func `patterns that others cover are left out`(patterns: [String], expected: [String]) {
    #expect(KeySyntax.independent(patterns) == expected)
  }
}
