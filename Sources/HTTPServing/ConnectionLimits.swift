public import NIOCore

/// What a server puts up with.
public struct ConnectionLimits: Sendable {
  /// The most connections at a time; those beyond are closed at once.
  public var connections = 16_384
  /// The most bytes of a request's header fields.
  public var headerBytes = 64 << 10
  /// How long a connection may have no request: before the first one is read whole, and between two.
  public var idleTime = TimeAmount.seconds(60)
  /// Whoever sends or takes fewer bytes of a body a second than this is cut off, once that has lasted `paceTime`.
  public var bytesPerSecond = 1024
  /// How long a client may be slower than that.
  public var paceTime = TimeAmount.seconds(30)
  /// How long a body that was refused is still read, so that the client gets to read why.
  public var lingeringTime = TimeAmount.seconds(1)
  /// How many bytes of it are read.
  public var lingeringBytes = 1 << 20

  /// Makes the limits of a server that is open to the world.
  public init() {}
}
