internal import NIOCore
internal import NIOPosix
internal import SystemPackage

/// The reason why an outgoing connection failed.
public enum ConnectionFailure: Error, Hashable, Sendable {
  /// The host name cannot be resolved: the host, and the system's message.
  case unknownHost(String, String)
  /// No address of the host accepts a connection: the system's message for the last one.
  case unreachable(String)
  /// TLS failed.
  case insecure(TLSFailure)
  /// A timeout expired.
  case timedOut
}

extension ConnectionFailure {
  /// Translates an error of a connection; nil if it is any other error.
  public init?(_ error: any Error) {
    switch error {
    case let failure as ConnectionFailure: self = failure
    case let error as NIOConnectionError: self.init(error)
    case let error as SocketAddressError.UnknownHost:
      self = .unknownHost(error.host, error.errorDescription)
    case let error as IOError: self = .unreachable("\(Errno(rawValue: error.errnoCode))")
    case is ChannelError: self.init(channelError: error)
    default:
      guard let failure = TLSFailure(error) else { return nil }
      self = .insecure(failure)
    }
  }

  private init(_ error: NIOConnectionError) {
    if let failure = error.connectionErrors.last.flatMap({ ConnectionFailure($0.error) }) {
      self = failure
    } else if let failure = (error.dnsAError ?? error.dnsAAAAError).flatMap({ ConnectionFailure($0) }) {
      self = failure
    } else {
      self = .unreachable("no address of \(error.host) accepts a connection")
    }
  }

  private init?(channelError error: any Error) {
    guard case ChannelError.connectTimeout = error else { return nil }
    self = .timedOut
  }
}

extension ConnectionFailure: CustomStringConvertible {
  /// The message, to follow the name of a host, without a full stop.
  public var description: String {
    switch self {
    case .unknownHost(let host, let reason): "cannot resolve \(host): \(reason)"
    case .unreachable(let reason): reason
    case .insecure(let failure): failure.description
    case .timedOut: "the connection timed out"
    }
  }
}
