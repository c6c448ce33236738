internal import HTTPTypes
internal import Hummingbird

/// Answers requests as the server does, with injected faults.
struct FaultInjectingResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let inner: KVResponder
  let faults: Faults

  /// The error that cuts off a response.
  private struct Reset: Error {}

  func respond(to request: Request, context: Context) async throws -> Response {
    if let delay = faults.delay() { try await Task.sleep(for: delay) }
    switch faults.fate() {
    case .answered: return try await inner.respond(to: request, context: context)
    case .refused:
      var response = Response.envelope(
        KVFailure(.tooManyRequests, KVFailure.generalCode, "too many requests"))
      response.headers[.retryAfter] = String(faults.plan.retryAfter)
      return response
    case .failed(let status, let isDone):
      if isDone { _ = try await inner.respond(to: request, context: context) }
      return .envelope(KVFailure(status, KVFailure.generalCode, "simulated failure"))
    case .reset(let isDone):
      var response = Response(status: .ok)
      if isDone { response = try await inner.respond(to: request, context: context) }
      response.body = ResponseBody(contentLength: 1) { _ in throw Reset() }
      return response
    }
  }
}
