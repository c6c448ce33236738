package import HTTPTypes
package import Hummingbird
package import JSONText

/// Why a request is not done, as its response says it.
package struct HTTPFailure: Error, Sendable {
  /// The status of the response.
  package let status: HTTPResponse.Status
  /// The word that stands in JSON for it.
  package let code: String
  /// What happened, without a full stop.
  package let message: String
  /// What can be done about it; nil where the message says all.
  package var hint: String?
  /// What else the error has in JSON.
  package var details: [(String, JSONValue)] = []
  /// What stands beside the error in JSON.
  package var members: [(String, JSONValue)] = []
  /// What follows the text, a line each.
  package var lines: [String] = []
  /// The body for a client that asks for no JSON; the older tool's clients know it. The message where nil.
  package var text: String?
  /// Fields of the response.
  package var headers = HTTPFields()

  /// The code of a request that breaks a rule.
  package static let invalidInput = "invalid_input"
  /// The code where something is not there.
  package static let notFound = "not_found"

  /// Makes a failure of a status, its code and a message.
  package init(_ status: HTTPResponse.Status, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  /// A request that breaks a rule.
  package static func badRequest(_ message: String, text: String? = nil) -> HTTPFailure {
    HTTPFailure(.badRequest, invalidInput, message).saying(text)
  }

  /// What is asked for is not there. The body is empty but for clients that ask for JSON.
  package static func notFound(_ message: String, text: String? = "") -> HTTPFailure {
    HTTPFailure(.notFound, notFound, message).saying(text)
  }

  /// The same failure with another body for clients that ask for no JSON.
  package func saying(_ text: String?) -> HTTPFailure {
    var failure = self
    failure.text = text
    return failure
  }

  /// Says it in a response.
  ///
  /// - Parameter prefersJSON: Whether the client asks for JSON.
  /// - Returns: The response.
  package func response(prefersJSON: Bool) -> Response {
    var response: Response
    if prefersJSON {
      var error: [(String, JSONValue)] = [("code", .text(code)), ("message", .text(message))]
      if let hint { error.append(("hint", .text(hint))) }
      response = .json(.object([("error", .object(error + details))] + members), status: status)
    } else {
      response = .text(([text ?? message] + lines).joined(separator: "\n"), status: status)
      // An empty one is a text too, so that every failure has a type.
      response.headers[.contentType] = "text/plain; charset=utf-8"
    }
    for field in headers { response.headers.append(field) }
    return response
  }
}
