internal import NIOSSL
internal import NIOHTTP2

/// The certificate of a server, as files.
public struct ServerCertificate: Hashable, Sendable {
  /// The path of the private key, in PEM.
  public let key: String
  /// The path of the certificate and its intermediate certificates, in PEM.
  public let chain: String

  /// Creates a value for two files, and reads nothing yet.
  public init(key: String, chain: String) {
    self.key = key
    self.chain = chain
  }

  /// Reads the files.
  ///
  /// - Returns: The TLS context: TLS 1.2 and later, with HTTP/2 and HTTP/1.1.
  /// - Throws: `CertificateFailure`.
  func context() throws(CertificateFailure) -> NIOSSLContext {
    let certificates: [NIOSSLCertificate]
    do { certificates = try NIOSSLCertificate.fromPEMFile(chain) } catch {
      throw CertificateFailure(file: chain, reason: "the file has no readable certificate in PEM format")
    }
    guard !certificates.isEmpty else {
      throw CertificateFailure(file: chain, reason: "the file has no certificate in PEM format")
    }
    let privateKey: NIOSSLPrivateKey
    do { privateKey = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
      throw CertificateFailure(file: key, reason: "the file has no readable private key in PEM format")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = NIOHTTP2SupportedALPNProtocols
    do { return try NIOSSLContext(configuration: configuration) } catch {
      throw CertificateFailure(
        file: chain, reason: "the certificate does not match the private key in \(key)")
    }
  }
}

/// The reason why a certificate cannot be used.
public struct CertificateFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file with the error.
  public let file: String
  /// The reason, without a full stop.
  public let reason: String

  /// The message, without a full stop.
  public var description: String { "cannot use \(file): \(reason)" }
}
