internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import Logging
internal import SQLite

/// The route table of the server.
typealias KVRoutes = RouteTable<BasicRequestContext>

/// The entry point of all requests.
///
/// It checks access, and turns errors into responses: in the envelope of Workers KV, or as an error object.
struct KVResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let tokens: AccessTokens?
  let values: RouterResponder<BasicRequestContext>
  let heads: RouterResponder<BasicRequestContext>

  /// The prefix of the paths of the REST interface.
  static let valuesPrefix = "/client/v4/"

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    let isForValues = request.uri.path.hasPrefix(KVResponder.valuesPrefix)
    do {
      return try await admitted(request, context, isForValues ? values : heads)
    } catch {
      let response =
        isForValues
        ? try KVResponder.envelope(of: error, context)
        : try KVResponder.failure(error, context).response(prefersJSON: true)
      return request.method == .head ? response.createHeadResponse() : response
    }
  }

  private func admitted(
    _ request: Request, _ context: BasicRequestContext, _ routes: RouterResponder<BasicRequestContext>
  ) async throws -> Response {
    if let tokens, !tokens.admit(request.headers[.authorization]) {
      throw KVFailure.unauthorized
    }
    // Web pages must not use the server, and without this check a page of any origin could.
    guard request.headers[.origin] == nil else {
      throw KVFailure(.forbidden, KVFailure.generalCode, "requests from web pages are not allowed")
    }
    let response = try await routes.respond(to: KVRoutes.routed(request), context: context)
    // If there is no route, the router makes a response of its own, and sets no path.
    guard context.endpointPath?.hasPrefix("/") == true else {
      throw HTTPFailure.notFound("there is no such route")
    }
    return response
  }

  // MARK: Failures

  /// Returns the response to a failed request of the REST interface.
  ///
  /// - Throws: The error again if the connection must handle it, such as an incomplete body.
  private static func envelope(of error: any Error, _ context: BasicRequestContext) throws -> Response {
    switch error {
    case let failure as KVFailure: return .envelope(failure)
    case let failure as HTTPFailure:
      let hasNoRoute = failure.status == .notFound || failure.status == .methodNotAllowed
      var response = Response.envelope(
        KVFailure(
          failure.status, hasNoRoute ? KVFailure.noRouteCode : KVFailure.generalCode,
          hasNoRoute ? "No route for that URI" : failure.message))
      for field in failure.headers { response.headers.append(field) }
      return response
    case let error as HTTPError:
      return .envelope(
        error.status == .notFound
          ? KVFailure(.notFound, KVFailure.noRouteCode, "No route for that URI")
          : .invalid(error.status.reasonPhrase, error.status))
    case let error as DatabaseError:
      let failure = databaseFailure(error, context)
      var response = Response.envelope(KVFailure(failure.status, KVFailure.generalCode, failure.message))
      for field in failure.headers { response.headers.append(field) }
      return response
    default: throw error
    }
  }

  /// Returns the failure of a request for heads.
  ///
  /// - Throws: The error again if the connection must handle it.
  private static func failure(_ error: any Error, _ context: BasicRequestContext) throws -> HTTPFailure {
    switch error {
    case let failure as HTTPFailure: return failure
    case let failure as KVFailure where failure == .unauthorized:
      return HTTPFailure(.unauthorized, "refused", "the request has no token, or an unknown token")
    case let failure as KVFailure:
      return HTTPFailure(
        failure.status, failure.status == .forbidden ? "refused" : HTTPFailure.invalidInput, failure.message)
    case let error as HTTPError:
      return HTTPFailure(error.status, HTTPFailure.invalidInput, error.status.reasonPhrase)
    case let error as DatabaseError: return databaseFailure(error, context)
    default: throw error
    }
  }

  private static func databaseFailure(_ error: DatabaseError, _ context: BasicRequestContext) -> HTTPFailure {
    context.logger.error("a request failed", metadata: ["error": "\(error.message)"])
    guard error.code == .busy else {
      return HTTPFailure(.internalServerError, "failed", "the database cannot be used")
    }
    var failure = HTTPFailure(.serviceUnavailable, "locked", "the database is locked")
    failure.headers[.retryAfter] = "1"
    return failure
  }
}

extension Response {
  /// Returns a response in the envelope of Cloudflare's interfaces.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - info: The information about a list, such as its count; nil if the result is not a list.
  /// - Returns: The response.
  static func envelope(_ result: JSONValue, info: JSONValue? = nil) -> Response {
    var members: [(String, JSONValue)] = [
      ("success", .boolean(true)), ("errors", .array([])), ("messages", .array([])), ("result", result),
    ]
    if let info { members.append(("result_info", info)) }
    return .json(.object(members))
  }

  /// Returns a failure in the envelope.
  static func envelope(_ failure: KVFailure) -> Response {
    .json(
      .object([
        ("success", .boolean(false)),
        ("errors", .array([.object([("code", .count(failure.code)), ("message", .text(failure.message))])])),
        ("messages", .array([])), ("result", .null),
      ]), status: failure.status)
  }
}
