internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird

/// The web pages that may use the server from a browser (Fetch Standard, "CORS protocol").
public enum CrossOrigin: Hashable, Sendable {
  /// Only the server's own pages.
  case none
  /// All pages.
  case any
  /// The pages of these origins, such as `https://example.com`.
  case origins(Set<String>)

  /// Returns the value of `Access-Control-Allow-Origin` for an origin; nil if the origin is not allowed.
  func allowance(of origin: String) -> String? {
    switch self {
    case .none: nil
    case .any: "*"
    case .origins(let origins): origins.contains(origin) ? origin : nil
    }
  }

  /// Adds the header fields that let a page read a response.
  func amend(_ response: inout Response, for request: Request) {
    if case .origins = self { response.headers.append(HTTPField(name: .vary, value: "Origin")) }
    // The server of the older tool sends `*` even without `Origin`.
    let origin = request.headers[.origin] ?? ""
    guard let allowance = self == .any ? "*" : allowance(of: origin) else { return }
    response.headers[.accessControlAllowOrigin] = allowance
    response.headers[.accessControlExposeHeaders] =
      "Wasmstore-Hash, Wasmstore-Commit, ETag, Content-Range, Accept-Ranges, X-Request-Id"
  }

  /// Returns the response to a preflight request; nil if the request is not one.
  func preflight(_ request: Request) -> Response? {
    guard request.method == .options, let origin = request.headers[.origin],
      request.headers[.accessControlRequestMethod] != nil
    else { return nil }
    var response = Response(status: .noContent)
    guard allowance(of: origin) != nil else { return response }
    response.headers[.accessControlAllowMethods] = "GET, HEAD, POST, PUT, DELETE"
    response.headers[.accessControlAllowHeaders] =
      "Wasmstore-Auth, Wasmstore-Branch, Content-Type, If-Match, If-None-Match, Range"
    response.headers[.accessControlMaxAge] = "86400"
    return response
  }

  /// Refuses a request that a page of another origin makes through a browser.
  ///
  /// A browser sends some requests without asking whether the page may read the response. Without this check, any page
  /// could change an open store.
  ///
  /// - Throws: `HTTPFailure` with 403 if the origin is not allowed.
  func requireAdmission(of request: Request) throws(HTTPFailure) {
    guard let origin = request.headers[.origin] else { return }
    let isWebSocket = request.headers[.upgrade] != nil
    let isRead = request.method == .get || request.method == .head || request.method == .options
    guard !isRead || isWebSocket, allowance(of: origin) == nil else { return }
    throw HTTPFailure(.forbidden, "refused", "pages of \(origin) are not allowed to do this")
  }
}

/// The host names that a request may use for a server.
///
/// Another site can let its name resolve to this machine (DNS rebinding). Without the check, its pages would have the
/// same origin as an open server.
struct HostNames: Sendable {
  /// The host that the server listens on; nil if every name is allowed.
  let own: String?

  /// Checks the host name of a request.
  ///
  /// - Throws: `HTTPFailure` with 403 if the name is not one of this server.
  func requireAdmission(of request: Request) throws(HTTPFailure) {
    guard let own, let authority = request.head.authority else { return }
    let host = HostNames.host(in: authority).lowercased()
    let isAddress = host.hasPrefix("[") || host.allSatisfy { $0.isNumber || $0 == "." }
    guard !isAddress, host != "localhost", host != own.lowercased() else { return }
    throw HTTPFailure(.forbidden, "refused", "this server is not \(host)")
  }

  /// Returns the host without the port.
  private static func host(in authority: String) -> Substring {
    if let bracket = authority.firstIndex(of: "]") { return authority[...bracket] }
    return authority.prefix { $0 != ":" }
  }
}
