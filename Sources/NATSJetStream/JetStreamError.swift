public import NATSCore

/// An error of JetStream.
public enum JetStreamError: Error, Hashable, Sendable {
  /// The client or the connection failed.
  case client(NATSError)
  /// The server refused the request.
  case refused(APIFailure)
  /// JetStream is not available, or not for this account.
  case unavailable
  /// No stream stores messages of the subject.
  case noStream(String)
  /// The stream does not exist: its name.
  case streamNotFound(String)
  /// The last message is not the expected one: the sequence of the actual one, if the server reports it.
  case wrongLastSequence(Int64?)
  /// A reply cannot be read: what it belongs to.
  case unreadable(String)
  /// The server ignored parts of the request, for example because it is too old: the fields of the configuration.
  case ignored([String])
  /// A name is not valid for a stream or consumer.
  case invalidName(String)
}

extension JetStreamError {
  /// Whether the request may have been executed or may still be: no reply says that it was not.
  public var leavesOpen: Bool {
    switch self {
    case .client(let error):
      switch error {
      case .invalidURL, .invalidSubject, .invalidHeader, .payloadTooLarge, .unreachable, .refused,
        .unauthorized,
        .forbidden, .unsupported, .credentials, .noResponders:
        false
      case .malformed, .reported, .disconnected, .closed, .timedOut, .slowConsumer, .cancelled: true
      }
    case .unreadable: true
    case .refused, .unavailable, .noStream, .streamNotFound, .wrongLastSequence, .ignored, .invalidName: false
    }
  }
}

/// The server's report of a request that it refused.
public struct APIFailure: Hashable, Sendable {
  /// The status, as in HTTP.
  public let status: Int
  /// The number of the failure in the server's list; 0 if it has none.
  public let number: Int
  /// The server's words.
  public let words: String

  /// The code of the failure; nil if it has no name here.
  public var code: APIErrorCode? { APIErrorCode(rawValue: number) }
}

/// The failures that the server reports, with the names of the server's list.
public enum APIErrorCode: Int, Sendable {
  case badRequest = 10_003
  case consumerNotFound = 10_014
  case invalidJSON = 10_025
  case mirrorWithSubjects = 10_034
  case noMessageFound = 10_037
  case notEnabledForAccount = 10_039
  case invalidConfiguration = 10_052
  case messageTooLarge = 10_054
  case messageDeleteDenied = 10_057
  case streamNameInUse = 10_058
  case streamNotFound = 10_059
  case subjectOverlap = 10_065
  case wrongLastSequence = 10_071
  case replicasNotSupported = 10_074
  case notEnabled = 10_076
  case storeFailed = 10_077
  case filterRequired = 10_094
  case overlappingFilters = 10_138
  /// As `wrongLastSequence`, if another write was stored first.
  case wrongLastSequenceConstant = 10_164
  case invalidTTL = 10_165
  case ttlDisabled = 10_166
  case atomicPublishDisabled = 10_174
  case atomicPublishMissingSequence = 10_175
  case atomicPublishIncomplete = 10_176
  case atomicPublishUnsupportedHeader = 10_177
  case atomicPublishInvalidID = 10_179
  case atomicPublishTooLarge = 10_199
  case atomicPublishDuplicate = 10_201
}

extension JetStreamError: CustomStringConvertible {
  /// The reason, without a full stop.
  public var description: String {
    switch self {
    case .client(let error): error.description
    case .refused(let failure): "the server returned an error: \(failure.words) (\(failure.number))"
    case .unavailable: "JetStream is not available for this account"
    case .noStream(let subject): "no stream stores \(subject)"
    case .streamNotFound(let name): "there is no stream \(name)"
    case .wrongLastSequence: "another message was stored first"
    case .unreadable(let what): "cannot read the server's response: \(what)"
    case .ignored(let fields): "the server ignored \(fields.joined(separator: ", "))"
    case .invalidName(let name): "not a valid name: \(name)"
    }
  }
}
