internal import Support

/// The Python client, which `scripts/nats-server --install` installs, on a server.
public struct NATSPeer: Sendable {
  private let url: String

  /// Names the server.
  public init(_ server: NATSServer) { url = "nats://127.0.0.1:\(server.port)" }

  /// Runs a command of `scripts/lib/nats_peer.py`.
  ///
  /// - Parameters:
  ///   - words: The command and its arguments.
  ///   - input: Its standard input.
  /// - Returns: Its standard output.
  /// - Throws: `ProcessError` with its own words where it fails.
  @discardableResult
  public func run(_ words: String..., input: [UInt8] = []) throws -> [UInt8] {
    let script = NATSServer.root + "/scripts/lib/nats_peer.py"
    return try Support.run([NATSServer.tools + "/python", script, url] + words, input: input).output
  }
}
