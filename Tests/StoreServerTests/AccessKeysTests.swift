import ModuleStore
import Testing

@testable import StoreServer

@Suite("Keys of a server")
struct AccessKeysTests {
  private func methods(_ keys: AccessKeys, _ secret: String) -> [String]? {
    keys.key(for: secret.utf8)?.methods.names
  }

  @Test func `reads what the older tool takes`() throws {
    let keys = try AccessKeys(specification: "one:GET,POST;two:GET;all:*;one:HEAD;a key=:GET")
    #expect(methods(keys, "one") == ["HEAD"], "of equal keys the last counts")
    #expect(methods(keys, "two") == ["GET"])
    #expect(methods(keys, "a key=") == ["GET"])
    #expect(keys.key(for: "all".utf8)?.allows(method: "PATCH") == true)
    #expect(keys.key(for: "two".utf8)?.allows(method: "HEAD") == false)
    #expect(keys.key(for: "two".utf8)?.author == nil)
    for unknown in ["", "on", "one ", "ONE", "one:HEAD"] { #expect(methods(keys, unknown) == nil) }
    #expect(keys.keys.count == 4)
  }

  @Test(arguments: [
    ("", 1, "it is empty"), ("a:GET;", 2, "it is empty"), ("a:GET;hidden", 2, "it has no colon"),
    (":GET", 1, "the key is empty"), ("a:", 1, "it has no method"),
    (" a:GET", 1, "the key begins or ends with a blank"),
    ("a:GET;hidden\n:GET", 2, "the key has a control character"),
    ("hidden:GET:POST", 1, "'GET:POST' is not a method in upper case"),
  ])
  func `refuses, without telling the key`(text: String, number: Int, reason: String) {
    let error = #expect(throws: AccessError.self) { try AccessKeys(specification: text) }
    #expect(error == .invalidEntry(number: number, reason: reason))
    #expect(error?.description.contains("hidden") == false)
  }

  @Test func `finds each of many`() throws {
    let specification = (0..<100).map { "key\($0):M\(String(repeating: "X", count: $0))" }.joined(
      separator: ";")
    let keys = try AccessKeys(specification: specification)
    for number in 0..<100 {
      #expect(methods(keys, "key\(number)") == ["M" + String(repeating: "X", count: number)])
    }
    #expect(methods(keys, "key100") == nil)
    #expect(methods(AccessKeys(), "") == nil)
  }

  @Test func `a key is limited by path, branch and time`() throws {
    var key = try #require(AccessKey(name: "ci <ci@example.org>", methods: .reading))
    #expect(key.isForWholeStore)
    #expect(key.author?.mail == "ci@example.org")
    key.path = try ModulePath("/plugins/a")
    key.branch = "release/*"
    key.expiry = Timestamp(seconds: 100)
    #expect(!key.isForWholeStore)
    for (path, isAllowed) in [
      ("/plugins/a", true), ("/plugins/a/b.wasm", true), ("/plugins/ab", false), ("/plugins", false),
      ("/x/plugins/a", false),
    ] {
      #expect(try key.allows(path: ModulePath(path)) == isAllowed, "\(path)")
    }
    for (branch, isAllowed) in [
      ("release/1", true), ("release/1/x", true), ("release", false), ("main", false),
    ] {
      #expect(try key.allows(branch: BranchName(branch)) == isAllowed, "\(branch)")
    }
    #expect(!key.isExpired(at: Timestamp(seconds: 99)))
    #expect(key.isExpired(at: Timestamp(seconds: 100)))
  }

  @Test(arguments: ["", "<>", "a\nb"])
  func `a name is that of an author`(name: String) {
    #expect(AccessKey(name: name, methods: .all) == nil)
  }

  @Test func `a secret does not show by accident`() {
    let secret = Secret("hidden")
    struct Holder { let secret: Secret }
    var dumped = ""
    dump(Holder(secret: secret), to: &dumped)
    let texts = ["\(secret)", String(reflecting: secret), "\(Holder(secret: secret))", "\([secret])", dumped]
    for text in texts { #expect(!text.contains("hidden"), "\(text)") }
    #expect(secret.revealed == "hidden")
  }

  @Test func `new secrets are random and of one form`() {
    let secrets = Set((0..<50).map { _ in Secret().revealed })
    #expect(secrets.count == 50)
    for secret in secrets {
      #expect(secret.hasPrefix("wsk_"))
      #expect(secret.utf8.count == 68)
      #expect(secret.dropFirst(4).allSatisfy { "0123456789abcdef".contains($0) })
    }
  }
}
