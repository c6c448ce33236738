internal import AsyncHTTPClient
internal import ClientConnections
internal import JSONText
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Sends requests, with retries. Only this type adds tokens, counts requests, waits and retries.
final class KVTransport: Sendable {
  /// An answer.
  struct Reply: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    /// The body as JSON; nil if it is not JSON.
    var json: JSONValue? { JSONValue(parsing: body) }

    /// The error of an unsuccessful answer, with the service's text.
    func failure(_ what: String) -> KVError {
      if status == 401 || status == 403 { return .refused(what) }
      var words = json?["error"]?["message"]?.text
      if case .array(let errors)? = json?["errors"] { words = words ?? errors.first?["message"]?.text }
      return status == 404
        ? .notFound(what) : .failed(what: what, status: status, reason: words ?? "without a reason")
    }
  }

  /// A body and its media type.
  struct Body: Sendable {
    fileprivate let content: HTTPClientRequest.Body
    fileprivate let type: String
    fileprivate let length: Int

    init(_ bytes: ByteBuffer, type: String) {
      content = .bytes(bytes)
      self.type = type
      length = bytes.readableBytes
    }

    /// Creates a body of JSON.
    init(_ json: JSONValue) { self.init(ByteBuffer(string: json.serialized), type: "application/json") }

    /// Creates a body of values, which are read while they are sent.
    init(_ bulk: BulkBody) {
      content = .stream(bulk, length: .known(Int64(bulk.length)))
      type = "application/json"
      length = bulk.length
    }
  }

  /// A request.
  struct Request: Sendable {
    var method: HTTPMethod
    var url: String
    /// The token that authenticates the client; nil for none. It is sent only to this URL: redirects are not followed.
    var token: String?
    var body: Body?
    /// No try starts after it; nil for no limit.
    var deadline: ContinuousClock.Instant?
    /// Whether the time limit grows with the size of the body; if not, the caller should send less at a time.
    var isPatient = false
  }

  /// The result of a try.
  enum Attempt: Sendable {
    /// An answer was received.
    case answered(Reply)
    /// The try failed, but another one may succeed.
    case failed(Reply?, KVError)
  }

  private let client: HTTPClient
  private let budget: RequestBudget?
  let retries: RetryPolicy
  private let sent = Atomic(0)
  private let lastDate = Atomic<Int64>(0)

  /// The maximum size of an answer, in bytes.
  private static let replyLimit = 64 << 20
  private static let timeLimit = TimeAmount.seconds(60)
  /// A patient request gets one more second for each of this number of bytes.
  private static let patientBytesPerSecond = 100_000

  init(_ connections: KVConnections, _ retries: RetryPolicy, _ budget: RequestBudget? = nil) {
    client = connections.client
    self.retries = retries
    self.budget = budget
  }

  /// The number of requests sent, including retries.
  var count: Int { sent.load(ordering: .relaxed) }

  /// The time in the service's last answer, in seconds since 1970; nil if there was none.
  var time: Int64? {
    let date = lastDate.load(ordering: .relaxed)
    return date == 0 ? nil : date
  }

  /// Sends a request until there is an answer that a retry would not change.
  ///
  /// - Returns: The answer, whatever its status.
  /// - Throws: `KVError.unreachable` if there is no answer.
  func send(_ request: Request) async throws -> Reply {
    var attempt = 0
    while true {
      attempt += 1
      switch try await self.attempt(request) {
      case .answered(let reply): return reply
      case .failed(let reply, let error):
        guard attempt < retries.tries else {
          if let reply { return reply }
          throw error
        }
        try await wait(after: attempt, reply)
      }
    }
  }

  /// Sends a request once, as soon as the budget allows it.
  ///
  /// - Throws: The errors of reading the body, and `CancellationError`.
  func attempt(_ request: Request) async throws -> Attempt {
    while let wait = budget?.take(at: retries.now()) { try await retries.sleep(wait) }
    if let deadline = request.deadline, retries.now() >= deadline { throw KVError.late }
    do {
      let reply = try await sendOnce(request)
      if let date = reply.headers.first(name: "Date").flatMap({ HTTPDate.seconds($0) }) {
        lastDate.store(date, ordering: .relaxed)
      }
      guard RetryPolicy.isPassing(reply.status) else { return .answered(reply) }
      return .failed(
        reply,
        .failed(what: KVTransport.host(request.url), status: reply.status, reason: "all attempts failed"))
    } catch let error as CancellationError {
      throw error
    } catch let failure as BulkBody.ReadFailure {
      throw failure.underlying
    } catch {
      return .failed(
        nil, .unreachable(KVTransport.host(request.url), reason: KVTransport.words(error)))
    }
  }

  /// Waits before the next try.
  func wait(after attempt: Int, _ reply: Reply?) async throws {
    let said = reply?.headers.first(name: "Retry-After").flatMap { Int($0) }
    let wait = retries.wait(after: attempt, said)
    // Other requests to the service wait as well.
    if said != nil { budget?.pause(until: retries.now() + wait) }
    try await retries.sleep(wait)
  }

  private func sendOnce(_ request: Request) async throws -> Reply {
    var outgoing = HTTPClientRequest(url: request.url)
    outgoing.method = request.method
    if let token = request.token { outgoing.headers.add(name: "Authorization", value: "Bearer \(token)") }
    var limit = KVTransport.timeLimit
    if let body = request.body {
      outgoing.headers.add(name: "Content-Type", value: body.type)
      outgoing.body = body.content
      if request.isPatient {
        limit = limit + .seconds(Int64(body.length / KVTransport.patientBytesPerSecond))
      }
    }
    sent.wrappingAdd(1, ordering: .relaxed)
    let response = try await client.execute(outgoing, timeout: limit)
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
