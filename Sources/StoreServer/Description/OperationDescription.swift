internal import HTTPTypes
internal import JSONText

/// The request and the responses of one method of a route, as OpenAPI describes them.
struct OperationDescription: Sendable {
  /// A response of an operation.
  struct Answer: Sendable {
    let about: String
    /// The content by media type; empty if there is no body.
    var content: [(String, Schema)] = []
    /// The header fields besides those that every response has.
    var fields: [(String, String)] = []

    /// Returns a response with a JSON body.
    static func json(_ about: String, _ schema: Schema) -> Answer {
      Answer(about: about, content: [("application/json", schema)])
    }

    /// Returns a response with a text body.
    static func text(_ about: String, _ schema: Schema = .text) -> Answer {
      Answer(about: about, content: [("text/plain", schema)])
    }

    /// Returns a response without a body.
    static func empty(_ about: String) -> Answer { Answer(about: about) }
  }

  let method: HTTPRequest.Method
  let path: String
  /// The `operationId` of OpenAPI.
  let name: String
  let about: String
  var parameters: [ParameterDescription] = []
  /// The media types of the request's body; empty if it has none.
  var bodyTypes: [String] = []
  /// The responses to a request that succeeds, by status.
  var answers: [(Int, Answer)]
  /// The statuses of requests that fail, besides `commonFailures`.
  var failures: [Int] = []
  /// Whether a request needs a key if the server has keys.
  var needsKey = true

  /// The failures that every request can have: it is malformed (400) or not allowed (403), the store is damaged (500)
  /// or temporarily unusable (503).
  private static let commonFailures = [400, 403, 500, 503]

  /// The meaning of each status of a failed request.
  private static let meanings: [Int: String] = [
    400: "The request or its body is not valid.", 401: "The request has no key, or an unknown key.",
    403: "The key, the origin or the host does not allow this request.", 404: "It does not exist.",
    409: "The state of the store does not allow it.", 412: "A condition of the request does not hold.",
    413: "The body is too large.", 415: "The route does not accept the body's content type.",
    416: "The module has none of the byte ranges.", 500: "The store is damaged, or the disk has failed.",
    503: "The store is locked or temporarily unavailable.",
  ]

  /// The operation with HEAD instead of GET: the same without a body.
  var head: OperationDescription {
    OperationDescription(
      method: .head, path: path, name: name + "Head", about: "Like GET, without the body.",
      parameters: parameters,
      answers: answers.map { ($0.0, Answer(about: $0.1.about, fields: $0.1.fields)) }, failures: failures,
      needsKey: needsKey)
  }

  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("operationId", .text(name)), ("summary", .text(about)), ("parameters", .array(parameters.map(\.json))),
    ]
    if !bodyTypes.isEmpty {
      let content = bodyTypes.map { ($0, JSONValue.object([("schema", Schema.bytes.json)])) }
      members.append(("requestBody", .object([("required", .boolean(true)), ("content", .object(content))])))
    }
    if !needsKey { members.append(("security", .array([]))) }
    let statuses = Set(failures + OperationDescription.commonFailures + (needsKey ? [401] : []))
    members.append(
      (
        "responses",
        .object(
          answers.map { (String($0.0), $0.1.json) } + statuses.sorted().map { (String($0), failure($0)) })
      ))
    return .object(members)
  }

  private func failure(_ status: Int) -> JSONValue {
    let about = OperationDescription.meanings[status] ?? ""
    guard method != .head else { return Answer.empty(about).json }
    return Answer(
      about: about, content: [("text/plain", .text), ("application/json", .named("Error"))]
    ).json
  }
}

extension OperationDescription.Answer {
  var json: JSONValue {
    var members: [(String, JSONValue)] = [("description", .text(about))]
    let fields = fields + [("X-Request-Id", "The id of the request in the access log.")]
    members.append(
      (
        "headers",
        .object(
          fields.map { name, about in
            (name, .object([("description", .text(about)), ("schema", Schema.text.json)]))
          })
      ))
    if !content.isEmpty {
      members.append(
        ("content", .object(content.map { ($0.0, .object([("schema", $0.1.json)])) })))
    }
    return .object(members)
  }
}
