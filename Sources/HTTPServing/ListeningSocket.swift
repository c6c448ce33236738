internal import Glibc
internal import NIOCore
internal import NIOExtras
internal import NIOPosix
internal import SystemPackage

/// A socket that listens, and what it takes to close it without cutting off who is being answered.
struct ListeningSocket: Sendable {
  typealias Connections = NIOAsyncChannel<ConnectionSetup.Value, Never>

  let address: ListeningAddress
  let connections: Connections
  let quiescing: ServerQuiescingHelper
  /// The name of a Unix socket; nil for one of the network.
  let file: SocketFile?

  /// How many ports are tried where the system chooses one that is in use at another of the addresses.
  private static let attempts = 8

  /// Opens a socket for each address. Where the system chooses the port, all have the same.
  ///
  /// - Parameters:
  ///   - addresses: The addresses; those that are optional may be missing, but not all.
  ///   - setup: What becomes of a connection.
  ///   - group: The threads that serve the connections.
  /// - Returns: The sockets, in the order of the addresses.
  /// - Throws: `ListeningFailure.refused`; no socket is left open then.
  static func open(
    _ addresses: [ListeningAddress], for setup: ConnectionSetup, on group: any EventLoopGroup
  ) async throws -> [ListeningSocket] {
    for _ in 1..<attempts where addresses.contains(where: { $0.port == 0 }) {
      if let sockets = try await openOnce(addresses, mayCollide: true, for: setup, on: group) {
        return sockets
      }
    }
    return try await openOnce(addresses, mayCollide: false, for: setup, on: group) ?? []
  }

  /// Opens the sockets, or none: nil where `mayCollide` and the port of the first is in use at another address.
  private static func openOnce(
    _ addresses: [ListeningAddress], mayCollide: Bool, for setup: ConnectionSetup,
    on group: any EventLoopGroup
  ) async throws -> [ListeningSocket]? {
    var sockets: [ListeningSocket] = []
    var missing: ListeningFailure?
    for address in addresses {
      let chosen = sockets.first?.address.port
      let address = address.port == 0 ? address.with(port: chosen ?? 0) : address
      do {
        sockets.append(try await open(address, for: setup, on: group))
      } catch let error as IOError {
        let failure = ListeningFailure.refused("\(address)", "\(Errno(rawValue: error.errnoCode))")
        if address.isOptional, [EADDRNOTAVAIL, EAFNOSUPPORT].contains(error.errnoCode) {
          missing = failure
          continue
        }
        for socket in sockets { try await socket.close() }
        if mayCollide, chosen != nil, error.errnoCode == EADDRINUSE { return nil }
        throw failure
      }
    }
    if sockets.isEmpty, let missing { throw missing }
    return sockets
  }

  private static func open(
    _ address: ListeningAddress, for setup: ConnectionSetup, on group: any EventLoopGroup
  ) async throws -> ListeningSocket {
    guard let path = address.path else { return try await bind(address, nil, for: setup, on: group) }
    return try await SocketFile.claim(path, address.socketAddress, on: group) { file in
      try await bind(address, file, for: setup, on: group)
    }
  }

  private static func bind(
    _ address: ListeningAddress, _ file: SocketFile?, for setup: ConnectionSetup, on group: any EventLoopGroup
  ) async throws -> ListeningSocket {
    let quiescing = ServerQuiescingHelper(group: group)
    let connections = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            quiescing.makeServerChannelHandler(channel: channel))
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      // The largest part of a body, so that those that wait to be taken need little memory.
      .childChannelOption(
        .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2048, maximum: 32 << 10)
      )
      .bind(to: address.socketAddress) { channel in setup.setup(channel) }
    let port = connections.channel.localAddress?.port ?? address.port
    return ListeningSocket(
      address: address.with(port: port), connections: connections, quiescing: quiescing, file: file)
  }

  /// Takes no more connections; those that are open end after their responses.
  func quiesce() {
    // The name first: once nobody listens, it may be that of another server.
    file?.remove()
    quiescing.initiateShutdown(promise: nil)
  }

  /// Closes a socket that was never served.
  func close() async throws {
    file?.remove()
    try await connections.executeThenClose { _ in }
  }
}
