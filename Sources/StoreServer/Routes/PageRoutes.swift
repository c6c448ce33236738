internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import ModuleStore
internal import NIOCore
internal import StoreJSON

/// The routes of the web pages (Documentation/pages.md).
///
/// A browser sends a key as the password of HTTP Basic.
struct PageRoutes: Sendable {
  let served: ServedStore

  func register(in routes: StoreRoutes) {
    for kind in PageRequest.Kind.allCases {
      routes.add("/" + kind.rawValue, [.get: page], rest: kind.takesSteps ? .any : .none)
    }
  }

  private func page(
    _ request: Request, _ context: StoreRequestContext, _ path: RequestPath
  ) async throws -> Response {
    guard let asked = PageRequest(path: request.uri.path, query: request.uri.query) else { return .done }
    let key = context.rights.key
    let branch = try await served.defaultBranch
    do {
      let page = try await served.retryingOnce {
        try await served.viewers.run(on: branch) { (session) throws(StoreError) in
          try Pages.respond(to: asked, in: session, as: key)
        }
      }
      return PageRoutes.response(page, isPrivate: context.rights.isPrivate)
    } catch let error as StoreError {
      context.logger.error(
        "a page failed", metadata: ["request": "\(context.requestID)", "error": "\(error.message)"])
      return PageRoutes.response(Pages.failure(error), isPrivate: true)
    }
  }

  private static func response(_ page: Page, isPrivate: Bool) -> Response {
    var response = Response(
      status: HTTPResponse.Status(code: page.status),
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: page.body)))
    response.headers[.contentType] = page.contentType
    response.headers[.cacheControl] =
      page.isPublic ? "public, max-age=300" : isPrivate ? "private, no-cache" : "no-cache"
    for (name, value) in Page.headers {
      if let name = HTTPField.Name(name) { response.headers[name] = value }
    }
    return response
  }

  // MARK: Keys

  /// Returns the key that a browser sent; nil if the request is not for a page, or has no key.
  static func secret(of request: Request) -> String? {
    guard PageRequest.isPage(request.uri.path) else { return nil }
    return request.headers[.authorization].flatMap { BasicCredentials($0) }?.password
  }

  /// Returns the response to a request for a page without a valid key; nil for other requests.
  static func challenge(_ request: Request) -> Response? {
    guard PageRequest.isPage(request.uri.path) else { return nil }
    var response = response(Pages.keyNeeded, isPrivate: true)
    response.headers[.wwwAuthenticate] = "Basic realm=\"wasmstore\", charset=\"UTF-8\""
    return request.method == .head ? response.createHeadResponse() : response
  }

  /// Returns whether a path is public.
  ///
  /// The page that asks for a key needs the style sheet.
  static func isPublic(_ path: String) -> Bool { path == "/" + PageRequest.Kind.styleSheet.rawValue }
}
