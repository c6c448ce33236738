internal import AsyncHTTPClient
public import ClientConnections
internal import HTTPServing
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// Tests the parts of this machine's network that servers and clients of this program need.
public struct NetworkProbe: Sendable {
  private let urls: [String]
  private let authorities: TrustedAuthorities
  /// The time limit for a connection, and for a response.
  private let timeLimit: TimeAmount

  /// Creates a probe.
  ///
  /// - Parameters:
  ///   - urls: Further URLs to request.
  ///   - authorities: The certificate authorities to trust.
  public init(urls: [String], trusting authorities: TrustedAuthorities) {
    self.init(urls: urls, trusting: authorities, timeLimit: .seconds(10))
  }

  init(urls: [String], trusting authorities: TrustedAuthorities, timeLimit: TimeAmount) {
    self.urls = urls
    self.authorities = authorities
    self.timeLimit = timeLimit
  }

  /// Tests the loopback addresses, name resolution and the trusted certificates, and requests each URL.
  public func findings() async -> [NetworkFinding] {
    var findings = await loopback()
    findings.append(await finding("certificates") { try certificates() })
    for url in urls { findings.append(await finding(url) { "\(try await status(of: url))" }) }
    return findings
  }

  /// Tests whether a server can listen on `localhost`, and a client can connect to it by address and by name.
  private func loopback() async -> [NetworkFinding] {
    do {
      let silent = Logger(label: "wasmstore") { _ in SwiftLogNoOpLogHandler() }
      let service = try await EchoServer.service(at: ListeningAddress.named("localhost", port: 0), silent)
      return await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await service.run(until: .cancellation) }
        let addresses = service.addresses
        let loopback = await finding("loopback") {
          for address in addresses { _ = try await status(of: "http://\(address)/") }
          return addresses.map(\.host).joined(separator: ", ")
        }
        let names = await finding("names") {
          _ = try await status(of: "http://localhost:\(addresses[0].port)/")
          return "localhost is found"
        }
        group.cancelAll()
        return [loopback, names]
      }
    } catch {
      return [NetworkFinding(name: "loopback", works: false, detail: Self.words(error))]
    }
  }

  private func certificates() throws -> String {
    let count = try authorities.certificates().count
    return "\(try authorities.path): \(count)"
  }

  /// Requests a URL and returns the status of the response, even if it is an error.
  private func status(of url: String) async throws -> UInt {
    var configuration = HTTPClient.Configuration()
    if url.lowercased().hasPrefix("https:") {
      configuration.tlsConfiguration = try TLSConfiguration.client(trusting: authorities)
    }
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = timeLimit
    // The probe reports the first failure, not the last of several retries.
    configuration.connectionPool.retryConnectionEstablishment = false
    return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
      UInt(try await client.execute(HTTPClientRequest(url: url), timeout: timeLimit).status.code)
    }
  }

  private func finding(_ name: String, _ look: () async throws -> String) async -> NetworkFinding {
    do {
      return NetworkFinding(name: name, works: true, detail: try await look())
    } catch {
      return NetworkFinding(name: name, works: false, detail: Self.words(error))
    }
  }

  private static let timeouts: [HTTPClientError] = [
    .connectTimeout, .deadlineExceeded, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout,
  ]

  private static func words(_ error: any Error) -> String {
    switch error {
    case let error as HTTPClientError where timeouts.contains(error): "\(ConnectionFailure.timedOut)"
    case let error as HTTPClientError: error.shortDescription.lowercased()
    default: ConnectionFailure(error).map { "\($0)" } ?? "\(error)"
    }
  }
}
