internal import NIOCore
internal import NIOPosix
internal import SystemPackage

/// Why a connection that we opened came to nothing.
public enum ConnectionFailure: Error, Hashable, Sendable {
  /// Neither the hosts file nor the name servers know the host; what the system says of it.
  case unknownHost(String, String)
  /// The system could not connect to any address of the host: what it says of the last one.
  case unreachable(String)
  /// The connection is not secure.
  case insecure(TLSFailure)
  /// Something took too long.
  case timedOut
}

extension ConnectionFailure {
  /// Translates an error of a connection; nil for any other error.
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
      self = .unreachable("no address of \(error.host) answers")
    }
  }

  private init?(channelError error: any Error) {
    guard case ChannelError.connectTimeout = error else { return nil }
    self = .timedOut
  }
}

extension ConnectionFailure: CustomStringConvertible {
  /// The failure in words that follow the name of a host, without a full stop.
  public var description: String {
    switch self {
    case .unknownHost(let host, let reason): "no address of \(host) is known: \(reason)"
    case .unreachable(let reason): reason
    case .insecure(let failure): failure.description
    case .timedOut: "it does not answer in time"
    }
  }
}
