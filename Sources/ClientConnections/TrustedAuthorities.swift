internal import Glibc
public import NIOSSL
internal import SystemPackage

/// Whose certificates a connection trusts.
public enum TrustedAuthorities: Sendable, Hashable {
  /// Those that the system trusts.
  case system
  /// Those of a file of certificates in PEM, and no others.
  case file(String)

  /// The places in which systems keep the certificates that they trust, in the order in which they are looked for:
  /// Debian and its kin, then Fedora and its kin.
  private static let systemFiles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]

  /// The file that is read.
  ///
  /// - Throws: `TLSFailure.noAuthorities` where the system keeps none in a place known here.
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
  /// - Throws: `TLSFailure` where there is no file, or no certificate in it.
  public func certificates() throws(TLSFailure) -> [NIOSSLCertificate] {
    let path = try path
    let found: [NIOSSLCertificate]
    do {
      found = try NIOSSLCertificate.fromPEMFile(path)
    } catch {
      guard access(path, R_OK) != 0 else {
        throw .unreadableAuthorities(path, "it holds no certificate in PEM")
      }
      throw .unreadableAuthorities(path, "\(Errno(rawValue: errno))")
    }
    guard !found.isEmpty else { throw .unreadableAuthorities(path, "it holds no certificate in PEM") }
    return found
  }
}

extension TLSConfiguration {
  /// The settings of a connection that we open: TLS 1.2 or later; the certificate must be of a trusted authority and
  /// for the host that was asked for.
  ///
  /// - Parameter authorities: Whom to trust.
  /// - Returns: The settings.
  /// - Throws: `TLSFailure` where their certificates cannot be read. A connection would otherwise trust nobody, and
  ///   blame the other side for it.
  public static func client(trusting authorities: TrustedAuthorities) throws(TLSFailure) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.trustRoots = .certificates(try authorities.certificates())
    return configuration
  }
}
