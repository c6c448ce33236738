internal import NIOSSL
internal import NIOHTTP2

/// The files with which a server shows who it is.
public struct ServerCertificate: Hashable, Sendable {
  /// The file of the private key, in PEM.
  public let key: String
  /// The file of the certificate and those that vouch for it, in PEM.
  public let chain: String

  /// Names the files.
  public init(key: String, chain: String) {
    self.key = key
    self.chain = chain
  }

  /// Reads the files.
  ///
  /// - Returns: What makes connections secure: TLS 1.2 and later, with HTTP/2 and HTTP/1.1.
  /// - Throws: `CertificateFailure`.
  func context() throws(CertificateFailure) -> NIOSSLContext {
    let certificates: [NIOSSLCertificate]
    do { certificates = try NIOSSLCertificate.fromPEMFile(chain) } catch {
      throw CertificateFailure(file: chain, reason: "it has no certificate in PEM that can be read")
    }
    guard !certificates.isEmpty else {
      throw CertificateFailure(file: chain, reason: "it has no certificate in PEM")
    }
    let privateKey: NIOSSLPrivateKey
    do { privateKey = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
      throw CertificateFailure(file: key, reason: "it has no private key in PEM that can be read")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = NIOHTTP2SupportedALPNProtocols
    do { return try NIOSSLContext(configuration: configuration) } catch {
      throw CertificateFailure(file: chain, reason: "it is not for the key in \(key)")
    }
  }
}

/// Why a certificate cannot be used.
public struct CertificateFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file that is at fault.
  public let file: String
  /// What is wrong with it, without a full stop.
  public let reason: String

  /// The failure in words, without a full stop.
  public var description: String { "cannot use \(file): \(reason)" }
}
