internal import JSONText

/// What a client says of itself (`CONNECT`).
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
    }
    return "CONNECT " + JSONValue.object(members).serialized
  }
}
