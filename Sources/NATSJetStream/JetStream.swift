public import JSONText
public import NATSCore
internal import NIOCore

/// JetStream: streams, which keep messages, as a client sees them.
///
/// Each call is one request, which fails after `timeout`. Nothing is asked twice: a call that ended without an answer
/// may have been done.
public struct JetStream: Sendable {
  /// The connection.
  public let client: NATSClient
  /// Begins the subjects of all requests, without the dot.
  public let prefix: String
  /// How long a request waits for its answer.
  public var timeout: Duration

  /// The subjects' beginning where none is named.
  public static var standardPrefix: String { "$JS.API" }

  /// Uses JetStream over a connection.
  ///
  /// - Parameters:
  ///   - client: The connection.
  ///   - domain: The domain; nil for that of the server.
  ///   - prefix: Begins the subjects of all requests, where another account offers JetStream; nil for what follows from
  ///     the domain.
  public init(_ client: NATSClient, domain: String? = nil, prefix: String? = nil) {
    self.client = client
    self.prefix = prefix ?? domain.map { "$JS.\($0).API" } ?? JetStream.standardPrefix
    timeout = client.options.requestTimeout
  }

  /// Asks the server.
  ///
  /// - Parameters:
  ///   - subject: The subject behind the prefix.
  ///   - body: The body; nil for none.
  /// - Returns: The answer, which is no error.
  /// - Throws: `JetStreamError`.
  public func request(_ subject: String, _ body: JSONValue? = nil) async throws(JetStreamError) -> JSONValue {
    let payload = body.map { ByteBuffer(string: $0.serialized) } ?? ByteBuffer()
    let reply = try await message("\(prefix).\(subject)", payload)
    guard let json = JSONValue(parsing: reply.payload.readableBytesView) else { throw .unreadable(subject) }
    if let failure = APIFailure(json) { throw JetStreamError(failure) }
    return json
  }

  /// Asks the server, and answers what it says as it stands.
  func message(
    _ subject: String, _ payload: ByteBuffer, headers: NATSHeaders? = nil
  ) async throws(JetStreamError) -> NATSMessage {
    do throws(NATSError) {
      return try await client.request(subject, payload, headers: headers, timeout: timeout)
    } catch {
      switch error {
      case .noResponders: throw .unavailable
      default: throw .client(error)
      }
    }
  }

  /// The level of the interface that the server has; 0 where it says none.
  ///
  /// - Throws: `JetStreamError`.
  public func apiLevel() async throws(JetStreamError) -> Int {
    Int(clamping: try await request("INFO")["api"]?["level"]?.number ?? 0)
  }

  /// Checks a name that stands as one token in subjects.
  static func check(_ name: String) throws(JetStreamError) {
    guard !name.isEmpty, name.utf8.count <= 255,
      name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && !".*>/\\".utf8.contains($0) })
    else { throw .invalidName(name) }
  }
}

extension APIFailure {
  /// Reads the error of an answer; nil where there is none.
  init?(_ json: JSONValue) {
    guard case .object? = json["error"], let error = json["error"] else { return nil }
    status = Int(clamping: error["code"]?.number ?? 0)
    number = Int(clamping: error["err_code"]?.number ?? 0)
    words = error["description"]?.text ?? ""
  }
}

extension JetStreamError {
  /// Says what the server refused.
  init(_ failure: APIFailure) {
    switch failure.code {
    case .wrongLastSequence?, .wrongLastSequenceConstant?:
      self = .wrongLastSequence(failure.words.split(separator: " ").last.flatMap { Int64($0) })
    case .notEnabled?, .notEnabledForAccount?: self = .unavailable
    default: self = .refused(failure)
    }
  }

  /// Which failure the server reported; nil where it is another.
  public var code: APIErrorCode? {
    switch self {
    case .refused(let failure): failure.code
    case .streamNotFound: .streamNotFound
    case .wrongLastSequence: .wrongLastSequence
    case .unavailable: .notEnabled
    case .client, .noStream, .unreadable, .ignored, .invalidName: nil
    }
  }
}
