internal import HTTPTypes

/// The reason why a request to the REST interface failed: a status, and the error in the envelope.
struct KVFailure: Error, Hashable, Sendable {
  let status: HTTPResponse.Status
  /// The error code of Workers KV.
  let code: Int
  let message: String

  init(_ status: HTTPResponse.Status, _ code: Int, _ message: String) {
    (self.status, self.code, self.message) = (status, code, message)
  }

  /// The code of errors without a code of their own.
  static let generalCode = 10_001
  /// The code for a route that does not exist.
  static let noRouteCode = 7_003

  static let unauthorized = KVFailure(.unauthorized, 10_000, "Authentication error")
  static let keyNotFound = KVFailure(.notFound, 10_009, "get: 'key not found'")
  static let namespaceNotFound = KVFailure(.notFound, 10_013, "namespace not found")
  static let titleTaken = KVFailure(
    .badRequest, 10_014, "a namespace with this account ID and title already exists")

  /// Returns the failure for an invalid request.
  static func invalid(_ message: String, _ status: HTTPResponse.Status = .badRequest) -> KVFailure {
    KVFailure(status, generalCode, message)
  }
}
