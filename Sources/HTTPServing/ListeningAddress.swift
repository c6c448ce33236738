internal import NIOCore
public import SystemPackage

/// An address of this machine, or a name in its file system, at which a server listens.
public struct ListeningAddress: Hashable, Sendable {
  /// The address and the port as the system takes them.
  let socketAddress: SocketAddress
  /// Whether a server can do without: `localhost` is two addresses, and not every machine has both.
  let isOptional: Bool

  /// The addresses that a host names: an IPv4 or IPv6 address, the latter in brackets or not, or `localhost`, which is
  /// 127.0.0.1 and ::1.
  ///
  /// Nobody is asked for a name: it might lead to any address, and what looks names up in a static program does not
  /// know all that the system does.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - port: The port; 0 lets the system choose.
  /// - Returns: One address, or the two of `localhost`.
  /// - Throws: `ListeningFailure.notAnAddress`.
  public static func named(_ host: String, port: UInt16) throws(ListeningFailure) -> [ListeningAddress] {
    if host.lowercased() == "localhost" {
      return [
        try ListeningAddress(ip: "127.0.0.1", port, isOptional: true),
        try ListeningAddress(ip: "::1", port, isOptional: true),
      ]
    }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    return [try ListeningAddress(ip: isBracketed ? String(host.dropFirst().dropLast()) : host, port)]
  }

  /// The address of a Unix socket, which is a name in the file system.
  ///
  /// - Parameter path: The name.
  /// - Returns: The address.
  /// - Throws: `ListeningFailure.refused` where no socket can have that name.
  public static func unix(_ path: FilePath) throws(ListeningFailure) -> ListeningAddress {
    guard !path.isEmpty else { throw .refused("''", "a socket needs a name") }
    do {
      return ListeningAddress(try SocketAddress(unixDomainSocketPath: path.string), isOptional: false)
    } catch {
      throw .refused(path.string, "the path of a socket has at most \(longestPath) bytes")
    }
  }

  /// The most bytes of a Unix socket's path, on every system that `SocketAddress` knows.
  private static let longestPath = 103

  private init(ip: String, _ port: UInt16, isOptional: Bool = false) throws(ListeningFailure) {
    do {
      socketAddress = try SocketAddress(ipAddress: ip, port: Int(port))
    } catch {
      throw .notAnAddress(ip)
    }
    self.isOptional = isOptional
  }

  private init(_ address: SocketAddress, isOptional: Bool) {
    socketAddress = address
    self.isOptional = isOptional
  }

  /// The path of a Unix socket; nil for an address of the network.
  public var path: FilePath? { socketAddress.pathname.map { FilePath($0) } }

  /// The port, which is 0 as long as the system has not chosen one, and for a Unix socket.
  public var port: Int { socketAddress.port ?? 0 }

  /// Whether this machine alone can reach it.
  public var isLoopback: Bool { host.hasPrefix("127.") || host == "::1" }

  /// The address without the port; empty for a Unix socket.
  public var host: String { socketAddress.ipAddress ?? "" }

  /// The same address with another port, which a Unix socket does not have.
  func with(port: Int) -> ListeningAddress {
    guard path == nil else { return self }
    var address = socketAddress
    address.port = port
    return ListeningAddress(address, isOptional: isOptional)
  }
}

extension ListeningAddress: CustomStringConvertible {
  /// The address and the port as they stand in a URL, `127.0.0.1:80`, `[::1]:80`; or the path.
  public var description: String {
    if let path { return path.string }
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
