internal import HTTPTypes
internal import Hummingbird

/// Answers as the server does, but for what goes wrong on purpose.
struct FaultyFront: HTTPResponder {
  typealias Context = BasicRequestContext

  let inner: KVFront
  let faults: Faults

  /// The answer is cut off.
  private struct Reset: Error {}

  /// What the service of Cloudflare answers when it cannot, too.
  private static let statuses: [HTTPResponse.Status] = [
    .internalServerError, .badGateway, .serviceUnavailable, .gatewayTimeout, HTTPResponse.Status(code: 524),
  ]

  func respond(to request: Request, context: Context) async throws -> Response {
    if let delay = faults.delay() { try await Task.sleep(for: delay) }
    switch faults.fate() {
    case .answered: return try await inner.respond(to: request, context: context)
    case .refused:
      var response = Response.envelope(
        KVFailure(.tooManyRequests, KVFailure.generalCode, "too many requests"))
      response.headers[.retryAfter] = String(faults.plan.retryAfter)
      return response
    case .failed(let isDone):
      if isDone { _ = try await inner.respond(to: request, context: context) }
      let status = FaultyFront.statuses.randomElement() ?? .internalServerError
      return .envelope(KVFailure(status, KVFailure.generalCode, "failed on purpose"))
    case .reset(let isDone):
      var response = Response(status: .ok)
      if isDone { response = try await inner.respond(to: request, context: context) }
      response.body = ResponseBody(contentLength: 1) { _ in throw Reset() }
      return response
    }
  }
}
