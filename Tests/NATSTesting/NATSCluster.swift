internal import NATSCore
internal import NIOCore
internal import NIOPosix

/// Three servers that keep what they are told together, on this machine.
public struct NATSCluster: Sendable {
  /// The servers, named `n0`, `n1` and `n2`.
  public let servers: [NATSServer]

  /// Starts the servers. JetStream answers once they have found each other.
  ///
  /// - Throws: `NATSServerError`, and `ProcessError`.
  public static func start() async throws -> NATSCluster {
    // Somebody else may take a port between the moment in which it is chosen and that in which a server listens there.
    for _ in 1..<attempts {
      do { return try await startOnce() } catch is NATSServerError { continue }
    }
    return try await startOnce()
  }

  private static let attempts = 5

  private static func startOnce() async throws -> NATSCluster {
    // The servers must know each other's ports before they begin.
    let ports = try await freePorts(3)
    let routes = ports.map { "\"nats://127.0.0.1:\($0)\"" }.joined(separator: ", ")
    return NATSCluster(
      servers: try ports.enumerated().map { number, port in
        try NATSServer(
          """
          server_name: n\(number)
          cluster { name: C, host: 127.0.0.1, port: \(port), routes: [\(routes)] }
          """)
      })
  }

  /// Ports that nobody listens on now.
  ///
  /// - Throws: What the system says.
  public static func freePorts(_ count: Int) async throws -> [Int] {
    // All are held until the last one is known.
    var channels: [any Channel] = []
    for _ in 0..<count {
      channels.append(
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(
          host: "127.0.0.1", port: 0
        ).get())
    }
    let ports = channels.compactMap { $0.localAddress?.port }
    for channel in channels { try await channel.close() }
    return ports
  }

  /// Which server has a name.
  public func place(of name: String) -> Int? { servers.indices.first { "n\($0)" == name } }
}
