internal import NIOSSL

/// The reason why a TLS connection failed.
public enum TLSFailure: Error, Hashable, Sendable {
  /// The file of the system's trusted certificates was not found in any known place.
  case noAuthorities
  /// A file of certificates cannot be used: its path and the reason.
  case unreadableAuthorities(String, String)
  /// The peer's certificate is not from a trusted authority, is not valid at this time, or is not for this use.
  case untrustedCertificate
  /// The peer's certificate is for another host.
  case wrongHost
  /// The peer's response is not TLS.
  case notTLS
  /// The two sides have no common version of TLS.
  case noCommonVersion
  /// The peer requires a client certificate.
  case certificateRequired
  /// The peer closed the connection during the handshake.
  case ended
  /// Another error, with the message of the TLS library.
  case failed(String)
}

extension TLSFailure {
  /// Translates an error of the TLS library; nil if it is any other error.
  ///
  /// The library gives reasons only as texts that end with a path in its source, so this function compares texts.
  public init?(_ error: any Error) {
    switch error {
    case let failure as TLSFailure: self = failure
    case NIOSSLError.handshakeFailed(let error), NIOSSLError.shutdownFailed(let error): self.init(error)
    case let error as BoringSSLError: self.init(error)
    case NIOSSLError.unableToValidateCertificate: self = .wrongHost
    case let error as NIOSSLExtraError
    where [.failedToValidateHostname, .serverHostnameImpossibleToMatch].contains(error):
      self = .wrongHost
    case NIOSSLError.uncleanShutdown: self = .ended
    case let error as NIOSSLError: self = .failed("\(error)")
    case let error as NIOSSLExtraError: self = .failed("\(error)")
    default: return nil
    }
  }

  private init(_ error: BoringSSLError) {
    switch error {
    case .sslError([.eofDuringHandshake]): self = .ended
    case .sslError(let stack), .unknownError(let stack), .invalidSNIName(let stack),
      .failedToSetALPN(let stack):
      self.init(reasons: stack.map { Self.reason(in: $0.description) })
    case .zeroReturn, .syscallError: self = .ended
    case .noError, .wantRead, .wantWrite, .wantConnect, .wantAccept, .wantX509Lookup, .wantCertificateVerify:
      self = .failed("\(error)")
    }
  }

  /// Returns the reason in a text such as `Error: 268435581 error:1000007d:SSL routines:OPENSSL_internal:REASON at
  /// FILE:LINE`.
  static func reason(in text: String) -> String {
    guard let mark = text.firstRange(of: "OPENSSL_internal:") else { return text }
    return String(text[mark.upperBound...].prefix { $0 != " " })
  }

  /// Creates the failure for the first reason that has its own case, or `failed` with all reasons.
  init(reasons: [String]) {
    let words = reasons.map { $0.lowercased().replacing("_", with: " ") }
    self = reasons.lazy.compactMap(Self.init(reason:)).first ?? .failed(words.joined(separator: ", "))
  }

  /// Creates the failure for a reason; nil if the reason has no case of its own.
  private init?(reason: String) {
    switch reason {
    case "CERTIFICATE_VERIFY_FAILED": self = .untrustedCertificate
    case "WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "UNEXPECTED_MESSAGE": self = .notTLS
    case "UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "NO_SUPPORTED_VERSIONS_ENABLED":
      self = .noCommonVersion
    case "TLSV1_ALERT_CERTIFICATE_REQUIRED", "TLSV1_CERTIFICATE_REQUIRED": self = .certificateRequired
    default: return nil
    }
  }
}

extension TLSFailure: CustomStringConvertible {
  /// The message, to follow the name of a host, without a full stop.
  public var description: String {
    switch self {
    case .noAuthorities: "the system's trusted certificates are missing"
    case .unreadableAuthorities(let path, let reason): "\(path): \(reason)"
    case .untrustedCertificate: "the server's certificate is not trusted"
    case .wrongHost: "the server's certificate is for another host"
    case .notTLS: "the server does not use TLS on this port"
    case .noCommonVersion: "the server does not support TLS 1.2 or later"
    case .certificateRequired: "the server requires a client certificate"
    case .ended: "the server closed the connection during the TLS handshake"
    case .failed(let reason): "TLS failed: \(reason)"
    }
  }
}
