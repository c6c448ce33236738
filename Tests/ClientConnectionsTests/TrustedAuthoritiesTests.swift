import NIOSSL
import Support
import Testing

@testable import ClientConnections

@Suite struct TrustedAuthoritiesTests {
  @Test func `a file that is not there is told`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/none.pem"
    #expect(throws: TLSFailure.unreadableAuthorities(path, "No such file or directory")) {
      try TLSConfiguration.client(trusting: .file(path))
    }
  }

  @Test func `a file without certificates is told`() throws {
    let path = "/dev/null"
    #expect(throws: TLSFailure.unreadableAuthorities(path, "it has no certificate in PEM format")) {
      try TrustedAuthorities.file(path).certificates()
    }
  }
}
