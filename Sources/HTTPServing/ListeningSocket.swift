internal import Glibc
internal import NIOCore
internal import NIOExtras
internal import NIOPosix
internal import SystemPackage

/// A listening socket that can be closed without aborting running requests.
struct ListeningSocket: Sendable {
  typealias Connections = NIOAsyncChannel<ConnectionSetup.Value, Never>

  let address: ListeningAddress
  let connections: Connections
  let quiescing: ServerQuiescingHelper
  /// The file of a Unix socket; nil for an IP address.
  let file: SocketFile?

  /// The maximum number of attempts if the port that the system chose for one address is in use at another.
  private static let attempts = 8

  /// Opens a socket for each address.
  ///
  /// If the system chooses the port, all sockets have the same one.
  ///
  /// - Parameters:
  ///   - addresses: The addresses. Optional ones may be unavailable, but not all.
  ///   - setup: Sets up the connections.
  ///   - group: The event loops that serve the connections.
  /// - Returns: The sockets, in the order of the addresses.
  /// - Throws: `ListeningFailure.refused`. In this case no socket is left open.
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

  /// Opens all sockets or none.
  ///
  /// Returns nil if `mayCollide` is true and the port of the first socket is in use at another address.
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
      // The maximum size of a body part, so that buffered parts need little memory.
      .childChannelOption(
        .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2048, maximum: 32 << 10)
      )
      .bind(to: address.socketAddress) { channel in setup.setup(channel) }
    let port = connections.channel.localAddress?.port ?? address.port
    return ListeningSocket(
      address: address.with(port: port), connections: connections, quiescing: quiescing, file: file)
  }

  /// Stops accepting connections.
  ///
  /// Open connections are closed after their responses.
  func quiesce() {
    // The file is removed first: after the socket is closed, another server may create a file with this name.
    file?.remove()
    quiescing.initiateShutdown(promise: nil)
  }

  /// Closes a socket whose connections were never served.
  func close() async throws {
    file?.remove()
    try await connections.executeThenClose { _ in }
  }
}
