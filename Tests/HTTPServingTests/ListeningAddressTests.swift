import SystemPackage
import Testing

@testable import HTTPServing

@Suite struct ListeningAddressTests {
  @Test(arguments: [
    ("127.0.0.1", ["127.0.0.1:0"]),
    ("0.0.0.0", ["0.0.0.0:0"]),
    ("::", ["[::]:0"]),
    ("::1", ["[::1]:0"]),
    ("[2001:db8::1]", ["[2001:db8::1]:0"]),
    ("localhost", ["127.0.0.1:0", "[::1]:0"]),
    ("LocalHost", ["127.0.0.1:0", "[::1]:0"]),
  ])
  func `a host names addresses`(host: String, addresses: [String]) throws {
    #expect(try ListeningAddress.named(host, port: 0).map(\.description) == addresses)
  }

  @Test(arguments: [
    "", "example.com", "localhost.", "127.1", "1.2.3.4.5", "[127.0.0.1", ":::", "fe80::1%none",
  ])
  func `a name is refused`(host: String) {
    let failure = #expect(throws: ListeningFailure.self) { try ListeningAddress.named(host, port: 0) }
    #expect(failure == .notAnAddress(host))
    #expect(failure?.hint?.hasPrefix("give an IPv4 or IPv6 address, or localhost;") == true)
  }

  @Test func `a path is a Unix socket`() throws {
    let address = try ListeningAddress.unix("/run/socket")
    #expect(address.path == "/run/socket")
    #expect(address.description == "/run/socket")
    #expect(address.with(port: address.port + 1) == address)
    #expect(!address.isLoopback)
  }

  @Test(arguments: [
    ("", "cannot listen on '': the path of a socket is empty"),
    (
      String(repeating: "a", count: 104),
      "cannot listen on \(String(repeating: "a", count: 104)): the path of a socket must not be longer than 103 bytes"
    ),
  ])
  func `a name that no socket can have is refused`(path: String, message: String) {
    let failure = #expect(throws: ListeningFailure.self) { try ListeningAddress.unix(FilePath(path)) }
    #expect(failure?.description == message)
  }
}
