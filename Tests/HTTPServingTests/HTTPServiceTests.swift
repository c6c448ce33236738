import FileSystem
import Hummingbird
import Logging
import Support
import SystemPackage
import Testing

@testable import HTTPServing

@Suite struct HTTPServiceTests {
  private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private static func service(at host: String, port: UInt16 = 0) async throws -> HTTPService {
    try await service(at: ListeningAddress.named(host, port: port))
  }

  private static func service(at addresses: [ListeningAddress]) async throws -> HTTPService {
    let answer = CallbackResponder<BasicRequestContext> { _, _ in Response(status: .ok) }
    return try await HTTPService(listeningAt: addresses, responder: answer, logger: logger)
  }

  /// Runs a service while something is tried.
  private static func serving<Value: Sendable>(
    _ service: HTTPService, _ trial: @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await service.run(until: .cancellation) }
      let value = try await trial()
      group.cancelAll()
      return value
    }
  }

  @Test func `all addresses of localhost have one port`() async throws {
    let service = try await Self.service(at: "localhost")
    try await Self.serving(service) {
      #expect(Set(service.addresses.map(\.port)).count == 1)
      #expect(service.addresses[0].port != 0)
      #expect(service.addresses[0].host == "127.0.0.1")
    }
  }

  @Test func `a port in use is refused`() async throws {
    let first = try await Self.service(at: "127.0.0.1")
    let port = try #require(UInt16(exactly: first.addresses[0].port))
    try await Self.serving(first) {
      let failure = await #expect(throws: ListeningFailure.self) {
        _ = try await Self.service(at: "127.0.0.1", port: port)
      }
      #expect(failure == .refused("127.0.0.1:\(port)", "Address already in use"))
    }
  }

  @Test func `an error of the first call ends the service`() async throws {
    struct Refused: Error {}
    let service = try await Self.service(at: "127.0.0.1")
    await #expect(throws: Refused.self) { try await service.run(until: .cancellation) { throw Refused() } }
  }

  @Test func `a Unix socket has a name while somebody listens`() async throws {
    let folder = try TemporaryFolder()
    let path = FilePath("\(folder.path)/socket")
    let address = try ListeningAddress.unix(path)
    let first = try await Self.service(at: [address])
    try await Self.serving(first) {
      let kind = try FileStatus(path)?.kind
      #expect(kind == .socket)
      let failure = await #expect(throws: ListeningFailure.self) { _ = try await Self.service(at: [address]) }
      #expect(failure == .refused(path.string, "Address already in use"))
    }
    #expect(try !fileExists(path))
  }

  @Test(arguments: [("file", "File exists"), ("none/socket", "No such file or directory")])
  func `a name that is no socket's is refused`(name: String, reason: String) async throws {
    let folder = try TemporaryFolder()
    let path = FilePath("\(folder.path)/\(name)")
    try run(["touch", "\(folder.path)/file"])
    let failure = await #expect(throws: ListeningFailure.self) {
      _ = try await Self.service(at: [ListeningAddress.unix(path)])
    }
    #expect(failure == .refused(path.string, reason))
    #expect(folder.files() == ["file"])
  }
}
