public import JSONText
public import NATSCore
internal import NIOCore

/// A client for JetStream, which stores messages in streams.
///
/// Each call is one request, which fails after `timeout`. Requests are never repeated. A call that ended without a
/// reply may have been executed.
public struct JetStream: Sendable {
  /// The connection.
  public let client: NATSClient
  /// The prefix of the subjects of all requests, without the dot.
  public let prefix: String
  /// How long a request waits for its reply.
  public var timeout: Duration

  /// The default prefix.
  public static var standardPrefix: String { "$JS.API" }

  /// Creates a client for JetStream on a connection.
  ///
  /// - Parameters:
  ///   - client: The connection.
  ///   - domain: The domain; nil for the server's domain.
  ///   - prefix: The prefix of the subjects of all requests, if another account provides JetStream; nil for the prefix
  ///     that follows from the domain.
  public init(_ client: NATSClient, domain: String? = nil, prefix: String? = nil) {
    self.client = client
    self.prefix = prefix ?? domain.map { "$JS.\($0).API" } ?? JetStream.standardPrefix
    timeout = client.options.requestTimeout
  }

  /// Sends a request to the server.
  ///
  /// - Parameters:
  ///   - subject: The subject after the prefix.
  ///   - body: The body; nil for none.
  /// - Returns: The reply, which is not an error.
  /// - Throws: `JetStreamError`.
  public func request(_ subject: String, _ body: JSONValue? = nil) async throws(JetStreamError) -> JSONValue {
    let payload = body.map { ByteBuffer(string: $0.serialized) } ?? ByteBuffer()
    let reply = try await message("\(prefix).\(subject)", payload)
    guard let json = JSONValue(parsing: reply.payload.readableBytesView) else { throw .unreadable(subject) }
    if let failure = APIFailure(json) { throw JetStreamError(failure) }
    return json
  }

  /// Sends a request to the server, and returns the unparsed reply.
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

  /// Returns the level of the API that the server supports; 0 if it reports none.
  ///
  /// - Throws: `JetStreamError`.
  public func apiLevel() async throws(JetStreamError) -> Int {
    Int(clamping: try await request("INFO")["api"]?["level"]?.number ?? 0)
  }

  /// Checks a name that is used as one token of subjects.
  static func check(_ name: String) throws(JetStreamError) {
    guard !name.isEmpty, name.utf8.count <= 255,
      name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && !".*>/\\".utf8.contains($0) })
    else { throw .invalidName(name) }
  }
}

extension APIFailure {
  /// Parses the error of a reply; nil if there is none.
  init?(_ json: JSONValue) {
    guard case .object? = json["error"], let error = json["error"] else { return nil }
    status = Int(clamping: error["code"]?.number ?? 0)
    number = Int(clamping: error["err_code"]?.number ?? 0)
    words = error["description"]?.text ?? ""
  }
}

extension JetStreamError {
  /// Creates the error for a failure that the server reported.
  init(_ failure: APIFailure) {
    switch failure.code {
    case .wrongLastSequence?, .wrongLastSequenceConstant?:
      self = .wrongLastSequence(failure.words.split(separator: " ").last.flatMap { Int64($0) })
    case .notEnabled?, .notEnabledForAccount?: self = .unavailable
    default: self = .refused(failure)
    }
  }

  /// The code of the failure that the server reported; nil if it is another error.
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
