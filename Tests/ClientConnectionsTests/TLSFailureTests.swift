import NIOCore
import NIOSSL
import Testing

@testable import ClientConnections

@Suite struct TLSFailureTests {
  private static let library =
    "Error: 268435581 error:1000007d:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED at /a b/c.cc:298"

  @Test(arguments: [
    (Self.library, "CERTIFICATE_VERIFY_FAILED"),
    ("Error:  EOF during handshake", "Error:  EOF during handshake"),
  ])
  func `a reason is told without the library's source`(text: String, reason: String) {
    #expect(TLSFailure.reason(in: text) == reason)
  }

  @Test(arguments: [
    (["CERTIFICATE_VERIFY_FAILED"], "the server's certificate is not trusted"),
    (["WRONG_VERSION_NUMBER"], "the server does not use TLS on this port"),
    (["TLSV1_ALERT_PROTOCOL_VERSION"], "the server does not support TLS 1.2 or later"),
    (["TLSV1_ALERT_CERTIFICATE_REQUIRED"], "the server requires a client certificate"),
    (["BAD_DECRYPT", "CERTIFICATE_VERIFY_FAILED"], "the server's certificate is not trusted"),
    (
      ["BAD_DECRYPT", "SSLV3_ALERT_HANDSHAKE_FAILURE"],
      "TLS failed: bad decrypt, sslv3 alert handshake failure"
    ),
  ])
  func `reasons become words`(reasons: [String], words: String) {
    #expect(TLSFailure(reasons: reasons).description == words)
  }

  @Test func `errors of the library are translated, others are not`() {
    #expect(TLSFailure(NIOSSLError.handshakeFailed(.sslError([.eofDuringHandshake]))) == .ended)
    #expect(TLSFailure(NIOSSLExtraError.failedToValidateHostname) == .wrongHost)
    #expect(TLSFailure(ChannelError.eof) == nil)
  }
}
