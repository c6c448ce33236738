/// The identity of a client.
public enum NATSAuthentication: Sendable, Hashable {
  case nobody
  case user(String, password: String)
  case token(String)
  /// A key whose public key the server knows.
  case key(NATSKeyPair)
  /// A user that an account has signed (JWT), and the user's key.
  case credentials(jwt: String, NATSKeyPair)

  /// Parses the text of a credentials file (`.creds`).
  ///
  /// - Throws: `NATSError.credentials`.
  public static func credentials(file text: String) throws(NATSError) -> NATSAuthentication {
    func block(_ name: String) throws(NATSError) -> String {
      var isInside = false
      for line in text.split(whereSeparator: \.isNewline) {
        if isInside { return line.filter { !$0.isWhitespace } }
        isInside = line.contains("BEGIN \(name)")
      }
      throw .credentials("the file of credentials", reason: "it has no \(name)")
    }
    return .credentials(
      jwt: try block("NATS USER JWT"), try NATSKeyPair(seed: try block("USER NKEY SEED")))
  }
}
