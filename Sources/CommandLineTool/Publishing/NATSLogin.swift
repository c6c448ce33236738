internal import ClientConnections
internal import FileSystem
internal import NATSCore
internal import StoreJSON
internal import SystemPackage

/// The credentials for a NATS server, from the variables that the `nats` program uses too.
struct NATSLogin: Equatable, Sendable {
  /// `NATS_CREDS`: the file of credentials.
  var credentialsFile: String?
  /// `NATS_NKEY`: the file of the seed of a key.
  var keyFile: String?
  /// `NATS_USER` and `NATS_PASSWORD`.
  var user: String?
  var password: String?
  /// `NATS_CA`: the file of the trusted certificates.
  var authoritiesFile: String?
  /// `NATS_CERT` and `NATS_KEY`: the files of the client's certificate and its key.
  var certificateFile: String?
  var certificateKeyFile: String?
  /// `NATS_CONTEXT`: the context for a target without a server.
  var context: String?
  /// The user's home and settings folders.
  var home: String?
  var settingsFolder: String?

  /// Reads the variables.
  init(
    home: String?, settingsFolder: String?, _ variable: (String) throws(Failure) -> String?
  ) throws(Failure) {
    (self.home, self.settingsFolder) = (home, settingsFolder)
    context = try variable("NATS_CONTEXT")
    credentialsFile = try variable("NATS_CREDS")
    keyFile = try variable("NATS_NKEY")
    user = try variable("NATS_USER")
    password = try variable("NATS_PASSWORD")
    authoritiesFile = try variable("NATS_CA")
    certificateFile = try variable("NATS_CERT")
    certificateKeyFile = try variable("NATS_KEY")
  }

  /// Creates empty credentials.
  init() {}

  /// Adds the credentials to the options of a client.
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

  // MARK: Contexts

  /// The way to connect to a target.
  struct Way: Sendable {
    var options: NATSOptions
    var domain: String?
    var apiPrefix: String?
  }

  /// Determines how to connect to a target: by the target itself, otherwise by the context of an option, of a variable,
  /// or of the `nats` program. Variables override the credentials of a context.
  ///
  /// - Throws: `Failure` if the context does not exist, and `NATSError`.
  func way(to target: NATSTarget) throws -> Way {
    var way: Way
    if let options = target.options {
      way = Way(options: options)
    } else {
      let context = try readContext(target.context ?? self.context ?? selectedContext())
      let options = try context.options(home: home) { path throws(NATSError) in try NATSLogin.text(path) }
      way = Way(options: options, domain: context.domain, apiPrefix: context.apiPrefix)
    }
    try apply(to: &way.options)
    return way
  }

  private var contextFolder: FilePath {
    get throws(Failure) {
      guard let settingsFolder else {
        throw Failure(
          .failed, "cannot find the folder of NATS contexts", hint: "set HOME or XDG_CONFIG_HOME")
      }
      return FilePath(settingsFolder).appending("nats")
    }
  }

  private func selectedContext() throws -> String {
    let file = try contextFolder.appending("context.txt")
    let name = try contents(of: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard let name = name.split(whereSeparator: \.isWhitespace).first else {
      throw Failure(
        .notFound, "TARGET has no server, and no NATS context is selected",
        hint: "give --nats-context NAME, or set NATS_CONTEXT")
    }
    return String(name)
  }

  private func readContext(_ name: String) throws -> NATSContext {
    guard !name.isEmpty, !name.contains("/"), !name.contains("..") else {
      throw Failure.usage("'\(name)' is not a valid name of a NATS context")
    }
    let file = try contextFolder.appending("context").appending(name + ".json")
    guard let bytes = try contents(of: file) else {
      throw Failure(.notFound, "no NATS context \(name): \(file) does not exist")
    }
    return try NATSContext(parsing: bytes)
  }

  private static func text(_ path: String) throws(NATSError) -> String {
    let bytes: [UInt8]?
    do throws(FileError) { bytes = try contents(of: FilePath(path)) } catch {
      throw .credentials(path, reason: "it cannot be read")
    }
    guard let bytes else { throw .credentials(path, reason: "it does not exist") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
