internal import NIOCore
public import SystemPackage

/// An address on which a server listens: an IP address with a port, or the path of a Unix socket.
public struct ListeningAddress: Hashable, Sendable {
  /// The address and the port in the form of the system.
  let socketAddress: SocketAddress
  /// Whether the server starts even if this address is not available. `localhost` is two addresses, and some machines
  /// have only one.
  let isOptional: Bool

  /// Returns the addresses of a host: an IPv4 address, an IPv6 address with or without brackets, or `localhost`, which
  /// is 127.0.0.1 and ::1.
  ///
  /// Other names are not resolved: a name can have any address, and the resolver of a static program knows fewer
  /// sources than the system.
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

  /// Returns the address of a Unix socket.
  ///
  /// - Parameter path: The path of the socket.
  /// - Returns: The address.
  /// - Throws: `ListeningFailure.refused` if the path is empty or too long.
  public static func unix(_ path: FilePath) throws(ListeningFailure) -> ListeningAddress {
    guard !path.isEmpty else { throw .refused("''", "the path of a socket is empty") }
    do {
      return ListeningAddress(try SocketAddress(unixDomainSocketPath: path.string), isOptional: false)
    } catch {
      throw .refused(path.string, "the path of a socket must not be longer than \(longestPath) bytes")
    }
  }

  /// The maximum length of a Unix socket's path in bytes, on all systems that `SocketAddress` supports.
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

  /// The path of a Unix socket; nil for an IP address.
  public var path: FilePath? { socketAddress.pathname.map { FilePath($0) } }

  /// The port; 0 before the system has chosen one, and for a Unix socket.
  public var port: Int { socketAddress.port ?? 0 }

  /// Whether only this machine can connect to the address.
  public var isLoopback: Bool { host.hasPrefix("127.") || host == "::1" }

  /// The address without the port; empty for a Unix socket.
  public var host: String { socketAddress.ipAddress ?? "" }

  /// Returns the address with another port; unchanged for a Unix socket.
  func with(port: Int) -> ListeningAddress {
    guard path == nil else { return self }
    var address = socketAddress
    address.port = port
    return ListeningAddress(address, isOptional: isOptional)
  }
}

extension ListeningAddress: CustomStringConvertible {
  /// The address and the port as in a URL, `127.0.0.1:80` or `[::1]:80`; or the path.
  public var description: String {
    if let path { return path.string }
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
