internal import HTTPTypes
internal import JSONText

/// What a method of a route takes and answers, as OpenAPI describes it.
struct OperationDescription: Sendable {
  /// What an answer is.
  struct Answer: Sendable {
    let about: String
    /// The content by its media type; empty where there is no body.
    var content: [(String, Schema)] = []
    /// The header fields that it has besides those that all have.
    var fields: [(String, String)] = []

    /// A body of JSON.
    static func json(_ about: String, _ schema: Schema) -> Answer {
      Answer(about: about, content: [("application/json", schema)])
    }

    /// A body of text.
    static func text(_ about: String, _ schema: Schema = .text) -> Answer {
      Answer(about: about, content: [("text/plain", schema)])
    }

    /// No body.
    static func empty(_ about: String) -> Answer { Answer(about: about) }
  }

  let method: HTTPRequest.Method
  let path: String
  /// The name by which programs call it.
  let name: String
  let about: String
  var parameters: [ParameterDescription] = []
  /// The media types of the request's body; empty where it has none.
  var bodyTypes: [String] = []
  /// The answers to a request that is done, by status.
  var answers: [(Int, Answer)]
  /// The statuses of requests that are not done, beside those that any request can get.
  var failures: [Int] = []
  /// Whether it needs a key where the server has keys.
  var needsKey = true

  /// What any request can get: it is malformed; it has no key; it may not be made; the store is damaged, or cannot be used
  /// now.
  private static let commonFailures = [400, 403, 500, 503]

  /// What each status says of a request that is not done.
  private static let meanings: [Int: String] = [
    400: "The request is malformed, or what it brings is.", 401: "No key that is known is for this.",
    403: "The key, the origin or the host is not for this.", 404: "It is not there.",
    409: "The state of the store forbids it.", 412: "Something else stands there than the request wants.",
    413: "The body is too large.", 415: "The body is of another type than the route takes.",
    416: "None of the parts is there.", 500: "The store is damaged, or the disk fails.",
    503: "The store is locked or cannot be used now.",
  ]

  /// The same for HEAD, which is GET without a body.
  var head: OperationDescription {
    OperationDescription(
      method: .head, path: path, name: name + "Head", about: "As GET, without a body.",
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
    let fields = fields + [("X-Request-Id", "The name of the request in the log.")]
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
