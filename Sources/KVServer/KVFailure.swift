internal import HTTPTypes

/// Why a request of the REST interface is not done: a status, and what the envelope says.
struct KVFailure: Error, Hashable, Sendable {
  let status: HTTPResponse.Status
  /// The number that clients of Workers KV know it by.
  let code: Int
  let message: String

  init(_ status: HTTPResponse.Status, _ code: Int, _ message: String) {
    (self.status, self.code, self.message) = (status, code, message)
  }

  /// What has no number of its own.
  static let generalCode = 10_001
  /// There is no such route.
  static let noRouteCode = 7_003

  static let unauthorized = KVFailure(.unauthorized, 10_000, "Authentication error")
  static let keyNotFound = KVFailure(.notFound, 10_009, "get: 'key not found'")
  static let namespaceNotFound = KVFailure(.notFound, 10_013, "namespace not found")
  static let titleTaken = KVFailure(
    .badRequest, 10_014, "a namespace with this account ID and title already exists")

  /// A request that breaks a rule.
  static func invalid(_ message: String, _ status: HTTPResponse.Status = .badRequest) -> KVFailure {
    KVFailure(status, generalCode, message)
  }
}
