public import NATSCore

/// Why JetStream did not do something.
public enum JetStreamError: Error, Hashable, Sendable {
  /// The client or the connection failed.
  case client(NATSError)
  /// The server refused it.
  case refused(APIFailure)
  /// JetStream is not there, or not for this account.
  case unavailable
  /// No stream keeps what is published to the subject.
  case noStream(String)
  /// There is no such stream: its name.
  case streamNotFound(String)
  /// The message before is another one than was expected: the sequence of the one that is there, where the server says
  /// so.
  case wrongLastSequence(Int64?)
  /// An answer is none that this program can read: of what.
  case unreadable(String)
  /// The server left out what was asked for, as one does that is too old for it: the fields of the configuration.
  case ignored([String])
  /// A name cannot be that of a stream or consumer.
  case invalidName(String)
}

extension JetStreamError {
  /// Whether what was asked for may have been done, or may still be: there was no answer that says that it was not.
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

/// What the server says of a request that it refused.
public struct APIFailure: Hashable, Sendable {
  /// The status, as in HTTP.
  public let status: Int
  /// The number of the failure in the server's list; 0 where it is in none.
  public let number: Int
  /// The server's words.
  public let words: String

  /// Which failure it is; nil for one that has no name here.
  public var code: APIErrorCode? { APIErrorCode(rawValue: number) }
}

/// Which failure the server reports, by the names of its own list.
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
  /// As `wrongLastSequence`, of a write that another overtook on its way.
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
  /// What is wrong, without a full stop.
  public var description: String {
    switch self {
    case .client(let error): error.description
    case .refused(let failure): "the server refuses it: \(failure.words) (\(failure.number))"
    case .unavailable: "the server has no JetStream for us"
    case .noStream(let subject): "no stream keeps \(subject)"
    case .streamNotFound(let name): "there is no stream \(name)"
    case .wrongLastSequence: "another message was stored meanwhile"
    case .unreadable(let what): "cannot read what the server answers: \(what)"
    case .ignored(let fields): "the server ignored \(fields.joined(separator: ", "))"
    case .invalidName(let name): "not a name: \(name)"
    }
  }
}
