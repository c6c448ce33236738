internal import HTTPTypes

extension HTTPField.Name {
  /// Names the branch that a request uses.
  static let wasmstoreBranch = named("Wasmstore-Branch")
  /// The key of a request.
  static let wasmstoreAuth = named("Wasmstore-Auth")
  /// The hash of the module that a response carries.
  static let wasmstoreHash = named("Wasmstore-Hash")
  /// The commit that a change made, or that an answer was read from.
  static let wasmstoreCommit = named("Wasmstore-Commit")
  /// The name of a request in the access log.
  static let requestID = named("X-Request-Id")

  private static func named(_ name: StaticString) -> HTTPField.Name {
    guard let name = HTTPField.Name("\(name)") else {
      // Each name above is made of letters and hyphens.
      preconditionFailure("\(name) is no name of a header field")
    }
    return name
  }
}
