internal import AsyncHTTPClient
internal import ClientConnections
internal import JSONText
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Sends requests, each as often as it takes: the one place that shows tokens, counts and tries again.
final class KVTransport: Sendable {
  /// An answer.
  struct Reply: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    /// The body as JSON; nil where it is none.
    var json: JSONValue? { JSONValue(parsing: body) }

    /// Why what was asked was not done, in the words of the service.
    func failure(_ what: String) -> KVError {
      if status == 401 || status == 403 { return .refused(what) }
      var words = json?["error"]?["message"]?.text
      if case .array(let errors)? = json?["errors"] { words = words ?? errors.first?["message"]?.text }
      return status == 404
        ? .notFound(what) : .failed(what: what, status: status, reason: words ?? "without a reason")
    }
  }

  /// A body, and what it is.
  struct Body: Sendable {
    let bytes: ByteBuffer
    let type: String

    init(_ bytes: ByteBuffer, type: String) {
      self.bytes = bytes
      self.type = type
    }

    /// Sends JSON.
    init(_ json: JSONValue) { self.init(ByteBuffer(string: json.serialized), type: "application/json") }
  }

  private let client: HTTPClient
  private let retries: RetryPolicy
  private let sent = Atomic(0)

  /// The largest answer that is read.
  private static let replyLimit = 64 << 20
  private static let timeLimit = TimeAmount.seconds(60)

  init(_ connections: KVConnections, _ retries: RetryPolicy) {
    client = connections.client
    self.retries = retries
  }

  /// The requests that were sent, each try counted.
  var count: Int { sent.load(ordering: .relaxed) }

  /// Sends a request until it has an answer that another try would not change.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - url: The URL.
  ///   - token: What proves who asks; nil for nobody. It goes to this URL alone: no redirect is followed.
  ///   - body: The body.
  /// - Returns: The answer, whatever its status.
  /// - Throws: `KVError.unreachable` where none came.
  func send(_ method: HTTPMethod, _ url: String, token: String?, _ body: Body? = nil) async throws -> Reply {
    var attempt = 0
    while true {
      attempt += 1
      var failure: KVError?
      var said: Int?
      do {
        let reply = try await sendOnce(method, url, token, body)
        guard RetryPolicy.isPassing(reply.status), attempt < retries.tries else { return reply }
        said = reply.headers.first(name: "Retry-After").flatMap { Int($0) }
      } catch let error as CancellationError {
        throw error
      } catch {
        failure = .unreachable(KVTransport.host(url), reason: KVTransport.words(error))
      }
      if let failure, attempt >= retries.tries { throw failure }
      try await retries.sleep(retries.wait(after: attempt, said))
    }
  }

  private func sendOnce(
    _ method: HTTPMethod, _ url: String, _ token: String?, _ body: Body?
  ) async throws -> Reply {
    var request = HTTPClientRequest(url: url)
    request.method = method
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
    if let body {
      request.headers.add(name: "Content-Type", value: body.type)
      request.body = .bytes(body.bytes)
    }
    sent.wrappingAdd(1, ordering: .relaxed)
    let response = try await client.execute(request, timeout: KVTransport.timeLimit)
    let bytes = try await response.body.collect(upTo: KVTransport.replyLimit)
    return Reply(
      status: Int(response.status.code), headers: response.headers, body: Array(bytes.readableBytesView))
  }

  private static func host(_ url: String) -> String {
    url.firstRange(of: "://").map { String(url[$0.upperBound...].prefix { $0 != "/" }) } ?? url
  }

  private static func words(_ error: any Error) -> String {
    switch error {
    case let error as HTTPClientError: error.shortDescription.lowercased()
    default: ConnectionFailure(error).map { "\($0)" } ?? "\(error)"
    }
  }
}
