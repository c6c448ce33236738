internal import ClientConnections
internal import JSONText

/// A context of the `nats` program: connection settings in a JSON file below `~/.config/nats/context`.
public struct NATSContext: Sendable {
  private let json: JSONValue

  /// Parses the bytes of the file.
  ///
  /// - Throws: `NATSError.credentials` if they are not a context.
  public init(parsing bytes: [UInt8]) throws(NATSError) {
    guard let json = JSONValue(parsing: bytes), case .object = json else {
      throw .credentials("the context", reason: "it is not valid JSON")
    }
    self.json = json
  }

  private func text(_ name: String) -> String? {
    json[name]?.text.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The domain of JetStream; nil for the server's domain.
  public var domain: String? { text("jetstream_domain") }
  /// The prefix of the subjects of JetStream's requests; nil for the prefix that follows from the domain.
  public var apiPrefix: String? { text("jetstream_api_prefix") }

  /// Returns the connection options of the context.
  ///
  /// - Parameters:
  ///   - home: The folder that replaces `~` at the beginning of a file name; nil if it is not known.
  ///   - read: Reads the text of a file that the context names.
  /// - Returns: The options.
  /// - Throws: `NATSError`, and what `read` throws.
  public func options(
    home: String? = nil, reading read: (String) throws(NATSError) -> String
  ) throws(NATSError) -> NATSOptions {
    func file(_ name: String) -> String? {
      guard let path = text(name), path.hasPrefix("~/"), let home else { return text(name) }
      return home + path.dropFirst()
    }
    var options = try NATSOptions(urls: text("url") ?? "nats://127.0.0.1:\(NATSServerAddress.standardPort)")
    if let user = text("user") { options.authentication = .user(user, password: text("password") ?? "") }
    if let token = text("token") { options.authentication = .token(token) }
    if let path = file("nkey") {
      let seed = try read(path).split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("S") }
      options.authentication = .key(try NATSKeyPair(seed: seed.map(String.init) ?? ""))
    }
    if let path = file("creds") { options.authentication = try .credentials(file: try read(path)) }
    if let path = file("ca") { options.authorities = .file(path) }
    if let chain = file("cert"), let key = file("key") {
      options.clientCertificate = NATSOptions.ClientCertificate(chainFile: chain, keyFile: key)
    }
    if let prefix = text("inbox_prefix") {
      guard SubjectSyntax.isPublishable(prefix) else {
        throw .credentials("the context", reason: "its inbox_prefix is not a valid subject")
      }
      options.inboxPrefix = prefix
    }
    if case .boolean(true)? = json["tls_first"] { options.tls = .first }
    return options
  }
}
