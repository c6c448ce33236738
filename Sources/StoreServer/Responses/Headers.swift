internal import HTTPTypes

extension HTTPField.Name {
  /// The branch that a request uses.
  static let wasmstoreBranch = named("Wasmstore-Branch")
  /// The key of a request.
  static let wasmstoreAuth = named("Wasmstore-Auth")
  /// The hash of the module in a response.
  static let wasmstoreHash = named("Wasmstore-Hash")
  /// The commit that a change made.
  static let wasmstoreCommit = named("Wasmstore-Commit")
  /// The id of a request in the access log.
  static let requestID = named("X-Request-Id")

  private static func named(_ name: StaticString) -> HTTPField.Name {
    guard let name = HTTPField.Name("\(name)") else {
      // Each name above consists of letters and hyphens.
      preconditionFailure("\(name) is not the name of a header field")
    }
    return name
  }
}
