internal import Glibc
public import NIOSSL
internal import SystemPackage

/// The certificate authorities that a connection trusts.
public enum TrustedAuthorities: Sendable, Hashable {
  /// The authorities that the system trusts.
  case system
  /// Only the authorities in a file of PEM certificates.
  case file(String)

  /// The known places of the system's trusted certificates, in the order of the search: Debian and its derivatives,
  /// Fedora and its derivatives.
  private static let systemFiles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]

  /// The path of the file with the certificates.
  ///
  /// - Throws: `TLSFailure.noAuthorities` if the system has no such file in a known place.
  public var path: String {
    get throws(TLSFailure) {
      switch self {
      case .file(let path): return path
      case .system:
        guard let path = Self.systemFiles.first(where: { access($0, R_OK) == 0 }) else {
          throw .noAuthorities
        }
        return path
      }
    }
  }

  /// Reads the certificates.
  ///
  /// - Throws: `TLSFailure` if the file does not exist or contains no certificate.
  public func certificates() throws(TLSFailure) -> [NIOSSLCertificate] {
    let path = try path
    let found: [NIOSSLCertificate]
    do {
      found = try NIOSSLCertificate.fromPEMFile(path)
    } catch {
      guard access(path, R_OK) != 0 else {
        throw .unreadableAuthorities(path, "it has no certificate in PEM format")
      }
      throw .unreadableAuthorities(path, "\(Errno(rawValue: errno))")
    }
    guard !found.isEmpty else { throw .unreadableAuthorities(path, "it has no certificate in PEM format") }
    return found
  }
}

extension TLSConfiguration {
  /// Returns the TLS configuration for an outgoing connection: TLS 1.2 or later.
  ///
  /// The peer's certificate must be from a trusted authority and for the requested host.
  ///
  /// - Parameter authorities: The authorities to trust.
  /// - Returns: The configuration.
  /// - Throws: `TLSFailure` if the certificates of the authorities cannot be read. Without this error, the connection
  ///   would trust nobody and report the peer's certificate as untrusted.
  public static func client(trusting authorities: TrustedAuthorities) throws(TLSFailure) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.trustRoots = .certificates(try authorities.certificates())
    return configuration
  }
}
