public import NATSCore
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A TCP proxy before a server, which simulates faults of networks.
public final class FaultyProxy: Sendable {
  /// The treatment of bytes: those that the server sends, unless stated otherwise.
  public enum Fault: Sendable {
    /// They pass.
    case none
    /// Each byte is sent separately.
    case oneByOne
    /// They are dropped, and so are those of the client: a half-open connection.
    case silent
    /// Only the first message with this text in its line is dropped.
    case dropping(String)
    /// Only the first bytes of the client with this text are dropped.
    case droppingFromClient(String)
  }

  private struct State {
    var fault = Fault.none
    var channels: [any Channel] = []
  }

  private let state = Mutex(State())
  private let listener: any Channel
  /// The port to which clients connect.
  public let port: Int

  /// Listens before a server.
  ///
  /// - Parameter server: The server.
  /// - Throws: What the system says where it cannot listen.
  public init(before server: NATSServer) async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let box = ProxyBox()
    listener = try await ServerBootstrap(group: group)
      .childChannelOption(.autoRead, value: false)
      .childChannelInitializer { client in
        ClientBootstrap(group: client.eventLoop)
          .channelInitializer { upstream in
            upstream.eventLoop.makeCompletedFuture {
              let forth = Relay(to: upstream, box, isFromServer: false)
              let back = Relay(to: client, box, isFromServer: true)
              try client.pipeline.syncOperations.addHandler(forth)
              try upstream.pipeline.syncOperations.addHandler(back)
            }
          }
          .connect(host: "127.0.0.1", port: server.port)
          .flatMap { upstream in
            box.proxy?.add(client, upstream)
            return client.setOption(.autoRead, value: true)
          }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = listener.localAddress?.port ?? 0
    box.set(self)
  }

  deinit {
    cut()
    listener.close(promise: nil)
  }

  /// How a client connects.
  public var options: NATSOptions { NATSOptions([NATSServerAddress(host: "127.0.0.1", port: port)]) }

  /// Has something happen from now on.
  public func set(_ fault: Fault) { state.withLock { $0.fault = fault } }

  /// Whether nothing happens: none was asked for, or what was to vanish has vanished.
  public var isPassing: Bool { state.withLock { if case .none = $0.fault { true } else { false } } }

  /// Ends all connections.
  public func cut() {
    let channels = state.withLock { state in
      defer { state.channels = [] }
      return state.channels
    }
    for channel in channels { channel.close(promise: nil) }
  }

  fileprivate func add(_ channels: any Channel...) { state.withLock { $0.channels += channels } }

  /// Whether bytes of the side that is meant have a text, which is looked for once.
  private func drops(_ text: String, _ bytes: ByteBuffer, _ isMeant: Bool, _ state: inout State) -> Bool {
    guard isMeant, String(buffer: bytes).contains(text) else { return false }
    state.fault = .none
    return true
  }

  /// Whether bytes pass, and whether one by one.
  fileprivate func pass(_ bytes: ByteBuffer, isFromServer: Bool) -> (isPassing: Bool, isSlow: Bool) {
    state.withLock { state in
      switch state.fault {
      case .none: return (true, false)
      case .oneByOne: return (true, isFromServer)
      case .silent: return (false, false)
      case .dropping(let text):
        return (!drops(text, bytes, isFromServer, &state), false)
      case .droppingFromClient(let text):
        return (!drops(text, bytes, !isFromServer, &state), false)
      }
    }
  }
}

/// Knows the proxy once it is there.
private final class ProxyBox: Sendable {
  private struct Weak { weak var proxy: FaultyProxy? }
  private let state = Mutex(Weak())
  var proxy: FaultyProxy? { state.withLock { $0.proxy } }
  func set(_ proxy: FaultyProxy) { state.withLock { $0.proxy = proxy } }
}

/// Passes bytes on from one side to the other.
private final class Relay: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let other: any Channel
  private let box: ProxyBox
  private let isFromServer: Bool

  init(to other: any Channel, _ box: ProxyBox, isFromServer: Bool) {
    self.other = other
    self.box = box
    self.isFromServer = isFromServer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    let (isPassing, isSlow) = box.proxy?.pass(bytes, isFromServer: isFromServer) ?? (true, false)
    guard isPassing else { return }
    guard isSlow else { return other.writeAndFlush(bytes, promise: nil) }
    while let byte = bytes.readSlice(length: 1) { other.writeAndFlush(byte, promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }
}
