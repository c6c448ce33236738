internal import NIOCore

/// An address of this machine at which a server listens.
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

  /// The port, which is 0 as long as the system has not chosen one.
  public var port: Int { socketAddress.port ?? 0 }

  /// Whether this machine alone can reach it.
  public var isLoopback: Bool { host.hasPrefix("127.") || host == "::1" }

  /// The address without the port.
  public var host: String { socketAddress.ipAddress ?? "" }

  /// The same address with another port.
  func with(port: Int) -> ListeningAddress {
    var address = socketAddress
    address.port = port
    return ListeningAddress(address, isOptional: isOptional)
  }
}

extension ListeningAddress: CustomStringConvertible {
  /// The address and the port as they stand in a URL: `127.0.0.1:80`, `[::1]:80`.
  public var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
