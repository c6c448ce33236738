internal import Glibc

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

  /// Ports that nobody listens on now, below those that the system hands out by itself.
  ///
  /// - Throws: `NATSServerError` if no socket can be opened.
  public static func freePorts(_ count: Int) async throws -> [Int] {
    // All are held until the last one is known. A process that starts meanwhile does not inherit them.
    var held: [Int: CInt] = [:]
    defer { for socket in held.values { close(socket) } }
    while held.count < count {
      let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
      guard socket >= 0 else { throw NATSServerError(words: "no socket") }
      let port = Int.random(in: 20_000..<32_000)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
      let isFree = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      if isFree, held[port] == nil { held[port] = socket } else { close(socket) }
    }
    return held.keys.sorted()
  }

  /// Which server has a name.
  public func place(of name: String) -> Int? { servers.indices.first { "n\($0)" == name } }
}
