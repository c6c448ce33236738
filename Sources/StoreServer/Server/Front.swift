internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import ModuleStore

/// What every request goes through, whatever its route: it gets a name, its failures become responses, and all responses
/// get the fields that all have.
struct Front: HTTPResponder {
  typealias Context = StoreRequestContext

  let served: ServedStore
  let routes: RouterResponder<StoreRequestContext>

  func respond(to request: Request, context: StoreRequestContext) async throws -> Response {
    var context = context
    context.requestID = Front.newID()
    var response: Response
    do {
      response = try await routes.respond(to: request, context: context)
    } catch {
      response = try failure(error, request, context).response(prefersJSON: request.prefersJSON)
      if request.method == .head { response = response.createHeadResponse() }
    }
    response.headers[.requestID] = context.requestID
    response.headers[.vary] = "Wasmstore-Branch, Wasmstore-Auth, Accept-Encoding"
    return response
  }

  /// What a failed request is told.
  ///
  /// - Throws: What the connection has to deal with, such as a body that breaks off.
  private func failure(_ error: any Error, _ request: Request, _ context: StoreRequestContext) throws
    -> HTTPFailure
  {
    switch error {
    case let failure as HTTPFailure: return failure
    case let error as StoreError:
      let failure = HTTPFailure(error)
      if failure.status.kind == .serverError {
        context.logger.error(
          "a request failed", metadata: ["request": "\(context.requestID)", "error": "\(failure.message)"])
      }
      return failure
    case let error as HTTPError:
      return HTTPFailure(error.status, "invalid_input", error.status.reasonPhrase).saying("")
    default: throw error
    }
  }

  private static func newID() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
