internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import ModuleStore
internal import NIOCore

/// The entry point of all requests.
///
/// It assigns an id, checks access, turns errors into responses, and adds the common header fields.
struct StoreResponder: HTTPResponder {
  typealias Context = StoreRequestContext

  let served: ServedStore
  let routes: RouterResponder<StoreRequestContext>
  let access: AccessControl
  let crossOrigin: CrossOrigin
  let hosts: HostNames
  let log: AccessLog?

  func respond(to request: Request, context: StoreRequestContext) async throws -> Response {
    let start = ContinuousClock.now
    var context = context
    context.requestID = StoreResponder.newID()
    served.metrics.begin()
    var response: Response
    do {
      response = try await admitted(request, &context)
    } catch {
      do {
        response = try failure(error, request, context).response(prefersJSON: request.prefersJSON)
      } catch {
        // The connection handles this error, and gets no response from here.
        note(request, context, status: 400, bytes: 0, since: start)
        throw error
      }
      if request.method == .head { response = response.createHeadResponse() }
    }
    response.headers[.requestID] = context.requestID
    response.headers[.vary] = "Wasmstore-Branch, Wasmstore-Auth, Accept-Encoding"
    crossOrigin.amend(&response, for: request)
    let bytes = request.method == .head ? 0 : response.headers[.contentLength].flatMap { Int($0) }
    note(request, context, status: response.status.code, bytes: bytes, since: start)
    return response
  }

  /// Returns the handler for a connection that becomes a WebSocket; nil if it must not, so that the request gets a
  /// normal response.
  func watcher(for head: HTTPRequest) async -> WebSocketHandler? {
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    let watching = WatchRoutes(served: served)
    guard WatchRoutes.isTarget(request) else { return nil }
    do {
      try hosts.requireAdmission(of: request)
      try crossOrigin.requireAdmission(of: request)
      guard let rights = rights(of: request) else { return nil }
      let watcher = try await watching.watcher(for: request, rights)
      return { client in try await watcher.tell(client) }
    } catch {
      // The route will fail with the same error, and send it to the client.
      return nil
    }
  }

  private func rights(of request: Request) -> AccessRights? {
    access.rights(
      of: request.headers[.wasmstoreAuth] ?? PageRoutes.secret(of: request), method: request.method.rawValue,
      at: .now)
  }

  /// Checks whether a request is allowed, and answers it.
  private func admitted(_ request: Request, _ context: inout StoreRequestContext) async throws -> Response {
    try hosts.requireAdmission(of: request)
    if let response = crossOrigin.preflight(request) { return response }
    try crossOrigin.requireAdmission(of: request)
    if let rights = rights(of: request) {
      context.rights = rights
    } else if request.uri.path != ServerRoutes.health, !PageRoutes.isPublic(request.uri.path) {
      if let challenge = PageRoutes.challenge(request) { return challenge }
      throw HTTPFailure(.unauthorized, "refused", "the request has no key, or an unknown key").withText("")
    }
    let response = try await routes.respond(to: StoreRoutes.routed(request), context: context)
    // If there is no route, the router makes a response of its own, and sets no path.
    guard context.endpointPath?.hasPrefix("/") == true else {
      throw HTTPFailure.notFound("there is no such route")
    }
    return response
  }

  /// Returns the failure that a client gets for an error.
  ///
  /// - Throws: The error again if the connection must handle it, such as an incomplete body.
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
      return HTTPFailure(error.status, "invalid_input", error.status.reasonPhrase).withText("")
    default: throw error
    }
  }

  /// Counts a request, and writes it to the access log.
  private func note(
    _ request: Request, _ context: StoreRequestContext, status: Int, bytes: Int?,
    since start: ContinuousClock.Instant
  ) {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    let microseconds = Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
    served.metrics.end(
      method: request.method.rawValue, status: status, seconds: Double(microseconds) / 1_000_000,
      bytes: bytes ?? 0)
    guard let log else { return }
    log.write(
      AccessLog.Entry(
        time: .now, id: context.requestID, client: context.channel.remoteAddress?.ipAddress ?? "",
        key: context.rights.key?.name, method: request.method.rawValue, path: request.uri.path,
        branch: request.headers[.wasmstoreBranch], status: status, bytes: bytes, microseconds: microseconds))
  }

  private static func newID() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
