internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird

/// Which pages of the web may use the server from a browser (Fetch Standard, "CORS protocol").
public enum CrossOrigin: Hashable, Sendable {
  /// None but the server's own.
  case none
  /// All.
  case any
  /// Those of these origins, such as `https://example.com`.
  case origins(Set<String>)

  /// What `Access-Control-Allow-Origin` says to a page of an origin; nil where nothing is allowed.
  func allowance(of origin: String) -> String? {
    switch self {
    case .none: nil
    case .any: "*"
    case .origins(let origins): origins.contains(origin) ? origin : nil
    }
  }

  /// Adds the fields that let a page read a response.
  func amend(_ response: inout Response, for request: Request) {
    if case .origins = self { response.headers.append(HTTPField(name: .vary, value: "Origin")) }
    // The older tool's server says so to everybody.
    let origin = request.headers[.origin] ?? ""
    guard let allowance = self == .any ? "*" : allowance(of: origin) else { return }
    response.headers[.accessControlAllowOrigin] = allowance
    response.headers[.accessControlExposeHeaders] =
      "Wasmstore-Hash, Wasmstore-Commit, ETag, Content-Range, Accept-Ranges, X-Request-Id"
  }

  /// The answer to a browser that asks what it may send; nil where a request asks something else.
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

  /// Refuses a request that a foreign page has a browser make.
  ///
  /// A browser lets a page send some requests before it asks whether that page may read the answer, so that any page
  /// could change an open store.
  ///
  /// - Throws: `HTTPFailure` with 403.
  func requireAdmission(of request: Request) throws(HTTPFailure) {
    guard let origin = request.headers[.origin] else { return }
    let isWebSocket = request.headers[.upgrade] != nil
    let isRead = request.method == .get || request.method == .head || request.method == .options
    guard !isRead || isWebSocket, allowance(of: origin) == nil else { return }
    throw HTTPFailure(.forbidden, "refused", "pages of \(origin) may not do this")
  }
}

/// The names by which a server may be called.
///
/// A name that a foreign page's host lets lead to this machine would make an open server part of that page's origin.
struct HostNames: Sendable {
  /// The host that the server was told to listen at; nil where every name will do.
  let own: String?

  /// - Throws: `HTTPFailure` with 403 where a request calls the server by a foreign name.
  func requireAdmission(of request: Request) throws(HTTPFailure) {
    guard let own, let authority = request.head.authority else { return }
    let host = HostNames.host(in: authority).lowercased()
    let isAddress = host.hasPrefix("[") || host.allSatisfy { $0.isNumber || $0 == "." }
    guard !isAddress, host != "localhost", host != own.lowercased() else { return }
    throw HTTPFailure(.forbidden, "refused", "this server is not \(host)")
  }

  /// The host without the port.
  private static func host(in authority: String) -> Substring {
    if let bracket = authority.firstIndex(of: "]") { return authority[...bracket] }
    return authority.prefix { $0 != ":" }
  }
}
