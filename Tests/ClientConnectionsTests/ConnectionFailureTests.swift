import NIOCore
import NIOSSL
import Testing

@testable import ClientConnections

@Suite struct ConnectionFailureTests {
  @Test func `errors of a connection become words`() {
    let refused = ConnectionFailure(IOError(errnoCode: 111, reason: "connect"))
    #expect(refused?.description == "Connection refused")
    #expect(
      ConnectionFailure(ChannelError.connectTimeout(.seconds(1)))?.description == "the connection timed out"
    )
    let insecure = ConnectionFailure(NIOSSLExtraError.failedToValidateHostname)
    #expect(insecure?.description == "the server's certificate is for another host")
  }

  @Test func `other errors are not translated`() {
    #expect(ConnectionFailure(ChannelError.eof) == nil)
    #expect(ConnectionFailure(CancellationError()) == nil)
  }
}
