internal import JSONText

/// The client's description of itself (`CONNECT`).
enum Login {
  static func line(_ options: NATSOptions, _ info: ServerInfo) throws(NATSError) -> String {
    var members: [(String, JSONValue)] = [
      ("verbose", .boolean(false)), ("pedantic", .boolean(false)), ("lang", .text("swift")),
      ("version", .text("1.0.0")), ("name", .text(options.name)), ("protocol", .number(1)),
      ("headers", .boolean(true)), ("no_responders", .boolean(true)), ("echo", .boolean(true)),
      ("tls_required", .boolean(options.tls != .whereRequired)),
    ]
    switch options.authentication {
    case .nobody: break
    case .user(let user, let password): members += [("user", .text(user)), ("pass", .text(password))]
    case .token(let token): members.append(("auth_token", .text(token)))
    case .key(let key):
      members += [("nkey", .text(try key.publicKey)), ("sig", .text(try signature(key, info)))]
    case .credentials(let jwt, let key):
      members += [("jwt", .text(jwt)), ("sig", .text(try signature(key, info)))]
    }
    return "CONNECT " + JSONValue.object(members).serialized
  }

  private static func signature(_ key: NATSKeyPair, _ info: ServerInfo) throws(NATSError) -> String {
    guard let nonce = info.nonce else { throw .unsupported("logins with a key") }
    return try key.signature(of: nonce)
  }
}
