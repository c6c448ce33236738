package import HTTPTypes
package import Hummingbird
package import JSONText

/// The reason why a request failed, with the content of its response.
package struct HTTPFailure: Error, Sendable {
  /// The status of the response.
  package let status: HTTPResponse.Status
  /// The error code in JSON.
  package let code: String
  /// The message, without a full stop.
  package let message: String
  /// A hint on what to do; nil if the message is sufficient.
  package var hint: String?
  /// Further members of the error object in JSON.
  package var details: [(String, JSONValue)] = []
  /// Further members beside the error object in JSON.
  package var members: [(String, JSONValue)] = []
  /// The lines after the text.
  package var lines: [String] = []
  /// The body for a client that does not ask for JSON, which clients of the older tool expect; nil for the message.
  package var text: String?
  /// Further header fields of the response.
  package var headers = HTTPFields()

  /// The code for an invalid request.
  package static let invalidInput = "invalid_input"
  /// The code for something that does not exist.
  package static let notFound = "not_found"

  /// Creates a failure with a status, a code and a message.
  package init(_ status: HTTPResponse.Status, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  /// Returns the failure for an invalid request.
  package static func badRequest(_ message: String, text: String? = nil) -> HTTPFailure {
    HTTPFailure(.badRequest, invalidInput, message).withText(text)
  }

  /// Returns the failure for something that does not exist.
  ///
  /// The body is empty unless the client asks for JSON.
  package static func notFound(_ message: String, text: String? = "") -> HTTPFailure {
    HTTPFailure(.notFound, notFound, message).withText(text)
  }

  /// Returns the failure with another body for clients that do not ask for JSON.
  package func withText(_ text: String?) -> HTTPFailure {
    var failure = self
    failure.text = text
    return failure
  }

  /// Creates the response.
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
      // Set even for an empty body, so that every failure has a content type.
      response.headers[.contentType] = "text/plain; charset=utf-8"
    }
    for field in headers { response.headers.append(field) }
    return response
  }
}
