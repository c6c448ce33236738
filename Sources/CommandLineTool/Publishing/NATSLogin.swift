internal import ClientConnections
internal import FileSystem
internal import NATSCore
internal import SystemPackage

/// How a NATS server learns who we are, by the variables that the `nats` program goes by as well.
struct NATSLogin: Equatable, Sendable {
  /// `NATS_CREDS`: the file of credentials.
  var credentialsFile: String?
  /// `NATS_NKEY`: the file of the seed of a key.
  var keyFile: String?
  /// `NATS_USER` and `NATS_PASSWORD`.
  var user: String?
  var password: String?
  /// `NATS_CA`: the file of the certificates that are trusted.
  var authoritiesFile: String?
  /// `NATS_CERT` and `NATS_KEY`: the files of our own certificate and its key.
  var certificateFile: String?
  var certificateKeyFile: String?

  /// Reads the variables.
  init(_ variable: (String) throws(Failure) -> String?) throws(Failure) {
    credentialsFile = try variable("NATS_CREDS")
    keyFile = try variable("NATS_NKEY")
    user = try variable("NATS_USER")
    password = try variable("NATS_PASSWORD")
    authoritiesFile = try variable("NATS_CA")
    certificateFile = try variable("NATS_CERT")
    certificateKeyFile = try variable("NATS_KEY")
  }

  /// Begins with nothing.
  init() {}

  /// Adds what is known to how a client connects.
  ///
  /// - Throws: `NATSError.credentials`.
  func apply(to options: inout NATSOptions) throws(NATSError) {
    if let user { options.authentication = .user(user, password: password ?? "") }
    if let keyFile {
      let words = try NATSLogin.text(keyFile).split(whereSeparator: \.isWhitespace)
      options.authentication = .key(try NATSKeyPair(seed: String(words.first { $0.hasPrefix("S") } ?? "")))
    }
    if let credentialsFile {
      options.authentication = try .credentials(file: try NATSLogin.text(credentialsFile))
    }
    if let authoritiesFile { options.authorities = .file(authoritiesFile) }
    if let certificateFile, let certificateKeyFile {
      options.clientCertificate = NATSOptions.ClientCertificate(
        chainFile: certificateFile, keyFile: certificateKeyFile)
    }
  }

  private static func text(_ path: String) throws(NATSError) -> String {
    let bytes: [UInt8]?
    do throws(FileError) { bytes = try contents(of: FilePath(path)) } catch {
      throw .credentials(path, reason: "it cannot be read")
    }
    guard let bytes else { throw .credentials(path, reason: "it is not there") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
