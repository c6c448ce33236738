public import NIOCore

/// The limits of a server for its connections.
public struct ConnectionLimits: Sendable {
  /// The maximum number of open connections.
  ///
  /// Further ones are closed at once.
  public var connections = 16_384
  /// The maximum size of a request's header fields in bytes.
  public var headerBytes = 64 << 10
  /// The time within which the header of the first request, and of each further request, must arrive.
  public var idleTime = TimeAmount.seconds(60)
  /// The minimum rate of a body in bytes per second.
  ///
  /// A client that is slower for `paceTime` is disconnected.
  public var bytesPerSecond = 1024
  /// The time for which a client may be slower than `bytesPerSecond`.
  public var paceTime = TimeAmount.seconds(30)
  /// The time for which a refused body is still read, so that the client gets the response.
  public var lingeringTime = TimeAmount.seconds(1)
  /// The maximum number of bytes of a refused body that are read.
  public var lingeringBytes = 1 << 20

  /// Creates the limits for a server that is reachable from the Internet.
  public init() {}
}
