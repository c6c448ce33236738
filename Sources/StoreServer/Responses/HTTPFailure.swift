internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import Wasm

/// Why a request is not done, as its response says it.
struct HTTPFailure: Error, Sendable {
  let status: HTTPResponse.Status
  /// The word that stands in JSON for it.
  let code: String
  /// What happened, without a full stop.
  let message: String
  var hint: String?
  /// The paths that a merge could not decide on.
  var conflicts: [MergeConflict] = []
  /// The body for a client that asks for no JSON; the older tool's clients know it. The message where nil.
  var text: String?
  var headers = HTTPFields()

  init(_ status: HTTPResponse.Status, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  /// A request that breaks a rule.
  static func badRequest(_ message: String, text: String? = nil) -> HTTPFailure {
    HTTPFailure(.badRequest, ErrorCode.invalidInput.rawValue, message).saying(text)
  }

  /// What is asked for is not there. The body is empty but for clients that ask for JSON.
  static func notFound(_ message: String, text: String? = "") -> HTTPFailure {
    HTTPFailure(.notFound, ErrorCode.notFound.rawValue, message).saying(text)
  }

  /// The same failure with another body for clients that ask for no JSON.
  func saying(_ text: String?) -> HTTPFailure {
    var failure = self
    failure.text = text
    return failure
  }

  /// Says it in a response.
  ///
  /// - Parameter prefersJSON: Whether the client asks for JSON.
  /// - Returns: The response.
  func response(prefersJSON: Bool) -> Response {
    var response: Response
    if prefersJSON {
      var members: [(String, JSONValue)] = [("code", .text(code)), ("message", .text(message))]
      if let hint { members.append(("hint", .text(hint))) }
      if !conflicts.isEmpty { members.append(("conflicts", .array(conflicts.map(\.json)))) }
      response = .json(.object([("error", .object(members))]), status: status)
    } else {
      let lines = [text ?? message] + conflicts.map(\.path.spelled)
      response = .text(lines.joined(separator: "\n"), status: status)
      // An empty one is a text too, so that every failure has a type.
      response.headers[.contentType] = "text/plain; charset=utf-8"
    }
    for field in headers { response.headers.append(field) }
    return response
  }
}

extension HTTPFailure {
  /// Says what a store could not do.
  init(_ error: StoreError) {
    let code = ErrorCode(error)
    self.init(HTTPFailure.status(code), code.rawValue, error.message)
    hint = error.hint
    switch error {
    // What the older tool's clients show their users.
    case .invalidModule(_, let problem, let format): text = problem.description + StoreError.remark(format)
    case .moduleNotFound: text = ""
    case .mergeConflict(let found): conflicts = found.conflicts
    case .locked: headers[.retryAfter] = "1"
    // The archive is the client's.
    case .damagedArchive: self = HTTPFailure(.badRequest, code.rawValue, error.message)
    case .readOnly: self = HTTPFailure(.forbidden, code.rawValue, error.message)
    default: break
    }
  }

  private static func status(_ code: ErrorCode) -> HTTPResponse.Status {
    switch code {
    case .notFound: .notFound
    case .ambiguous, .invalidModule, .invalidInput, .usage: .badRequest
    case .exists, .refused, .conflict, .notFastForward, .moved: .conflict
    case .expectationFailed: .preconditionFailed
    case .locked, .interrupted, .notAStore, .newerFormat: .serviceUnavailable
    case .failed, .damaged, .remoteFailed, .remoteRefused: .internalServerError
    }
  }
}
