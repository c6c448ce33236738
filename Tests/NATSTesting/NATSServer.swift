internal import Glibc
internal import JSONText
public import NATSCore
public import Support
internal import Synchronization

/// A server of NATS with JetStream, in a temporary folder, on a port that the system chose. It ends with this value.
public final class NATSServer: Sendable {
  /// How long it may take to begin, and how long it may live if the tests die, in seconds.
  private static let patience = 20
  private static let longestLife = 300

  private let folder: TemporaryFolder
  private let settings: String
  private let life: Int32
  private let process: Int32
  private let isOver = Atomic(false)
  /// Where clients connect.
  public let port: Int

  /// The project's folder, and the programs that `scripts/nats-server --install` puts there.
  static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
  static let tools = root + "/.build/tools/nats/bin"

  /// Debian's server, of version 2.9, which `scripts/test` unpacks; nil if it does not exist.
  public static var old: String? {
    let path = root + "/.build/tools/nats-2.9/usr/sbin/nats-server"
    return access(path, X_OK) == 0 ? path : nil
  }

  /// Starts a server.
  ///
  /// - Parameters:
  ///   - settings: Lines of its configuration.
  ///   - port: The port; nil for one that the system chooses.
  ///   - folder: Where it keeps its data; nil for a folder of its own.
  ///   - program: Which server; nil for the one that `scripts/nats-server` installs.
  ///   - domain: Its domain of JetStream; nil for none.
  /// - Throws: `NATSServerError` where it does not begin, and `ProcessError`.
  public init(
    _ settings: String = "", port: Int? = nil, folder: TemporaryFolder? = nil, program: String? = nil,
    domain: String? = nil
  ) throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    self.settings = settings
    let places = folder.path + "/places-\(UInt32.random(in: 0 ... .max))"
    try run(["mkdir", places])
    let configuration = """
      host: 127.0.0.1
      port: \(port ?? -1)
      ports_file_dir: "\(places)"
      jetstream { store_dir: "\(folder.path)/data", max_file_store: 4GB, max_memory_store: 256MB
        \(domain.map { "domain: \($0)" } ?? "") }
      \(settings)
      """
    try run(["tee", folder.path + "/server.conf"], input: Array(configuration.utf8))
    let server = try RunningProcess(
      [
        "timeout", "\(NATSServer.longestLife)", program ?? NATSServer.tools + "/nats-server", "-c",
        folder.path + "/server.conf",
      ])
    life = server.id
    for _ in 0..<NATSServer.patience * 200 {
      // The file is not there yet, or not all of it.
      if let file = try run(["ls", places]).text.split(separator: "\n").first,
        let json = try? JSONValue(parsing: contents(ofFile: "\(places)/\(file)")),
        case .array(let urls)? = json["nats"],
        let port = urls.first?.text?.split(separator: ":").last.flatMap({ Int($0) }),
        let process = Int32(file.split(separator: "_").last?.split(separator: ".").first ?? "")
      {
        self.port = port
        self.process = process
        return
      }
      _ = poll(nil, 0, 5)
    }
    server.signal(SIGTERM)
    throw NATSServerError(words: try server.wait().errors)
  }

  deinit { kill() }

  /// How a client connects.
  public var options: NATSOptions { NATSOptions([NATSServerAddress(host: "127.0.0.1", port: port)]) }

  /// Ends the server at once.
  public func kill() { end(SIGKILL) }

  /// Ends the server, and starts another one in its place, with its data and on its port.
  ///
  /// - Parameter isOrderly: Whether it is asked to end, or ends at once.
  /// - Returns: The other one.
  /// - Throws: `NATSServerError` where it does not begin, and `ProcessError`.
  public func restarted(isOrderly: Bool) throws -> NATSServer {
    end(isOrderly ? SIGTERM : SIGKILL)
    return try NATSServer(settings, port: port, folder: folder)
  }

  private func end(_ signal: Int32) {
    // Once it was waited for, its number may be that of any other process.
    guard !isOver.exchange(true, ordering: .relaxed) else { return }
    _ = Glibc.kill(process, signal)
    _ = waitpid(life, nil, 0)
  }

  /// Stops the server as it is, or has it go on.
  public func suspend(_ isSuspended: Bool) { _ = Glibc.kill(process, isSuspended ? SIGSTOP : SIGCONT) }

  /// Asks the server to tell its clients to go elsewhere.
  public func announceEnd() { _ = Glibc.kill(process, SIGUSR2) }
}

/// Says that a server did not begin.
public struct NATSServerError: Error {
  /// What it said.
  public let words: String
}
